"""Meetings: planned, held, their outcomes and minutes; what the counties need to know."""
