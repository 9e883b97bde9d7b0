"""Alerts that the need has moved, and revisions that meet them, as they are read."""
