"""Preparedness and capacity, as they are shown."""
