"""The background jobs of letters: make them, and send them."""
