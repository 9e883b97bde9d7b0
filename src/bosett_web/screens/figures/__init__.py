"""Figures of one's own: reading in, looking, accepting."""
