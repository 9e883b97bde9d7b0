"""Logging in to a role, and who may."""
