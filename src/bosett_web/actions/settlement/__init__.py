"""The settlement year."""
