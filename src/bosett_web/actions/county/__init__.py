"""A county's sheet and recommendation."""
