"""Preparedness and capacity: what municipalities have said that they can take, and what of it holds in a week."""
