"""The need of a year as it is simulated in full, as it is read."""
