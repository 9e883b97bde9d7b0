"""From the facts of each kind of letter to its typed document."""
