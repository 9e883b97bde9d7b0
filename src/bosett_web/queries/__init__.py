"""Floor 3: reading: frozen rows, a folder for each noun. Nothing here writes."""
