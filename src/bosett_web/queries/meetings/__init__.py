"""Meetings: what they are made of, what the counties need to know, and the minutes."""
