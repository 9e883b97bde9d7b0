"""Alerts that the need has moved, and revisions that meet them: what is done with them."""
