"""What people tell of what goes on beside the round."""
