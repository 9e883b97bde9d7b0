"""Figures of one's own: read in, accepted, refused, taken back."""
