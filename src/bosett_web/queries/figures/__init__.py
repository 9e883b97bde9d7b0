"""Figures of one's own, as they are read in and accepted."""
