"""Releases: what is public of a round now, what has been published of it, and that as the public reads it."""
