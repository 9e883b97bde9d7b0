"""Letters: what they say, to whom, whether they are still true, and where they are."""
