"""The need of a year, as it is shown."""
