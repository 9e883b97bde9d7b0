"""Alerts that the need has moved, and revisions that meet them: the page."""
