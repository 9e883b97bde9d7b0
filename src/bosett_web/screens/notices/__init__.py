"""What goes on beside the round, as it is shown."""
