"""Releases: publishing what has become public, and the counts of each month that is over."""
