"""Floor 4: the only writers: one file per noun, each action one transaction and one event."""
