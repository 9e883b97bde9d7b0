"""Floor 5: work in the background. Each job may run twice and does the same."""
