"""Preparedness and capacity, as they are read."""
