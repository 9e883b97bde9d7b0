"""Meetings: calendar, minutes, meeting mode."""
