"""Letters and addresses."""
