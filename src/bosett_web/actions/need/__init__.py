"""The need of a year: ordering a full run, and making it."""
