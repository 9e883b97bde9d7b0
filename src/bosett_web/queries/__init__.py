"""Floor 3: reading: frozen rows, one file per screen. Nothing here writes."""
