"""Letters: written, approved, sent."""
