"""Floor 4: the only writers: a folder for each noun, each action one transaction and one event."""
