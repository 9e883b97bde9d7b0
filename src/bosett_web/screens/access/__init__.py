"""Logging in, roles, and who has access."""
