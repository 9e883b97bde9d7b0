"""Floor 5: open data for programs: reads what has been published and nothing else, so everybody reads the same."""
