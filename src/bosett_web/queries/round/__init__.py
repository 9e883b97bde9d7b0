"""The round as a whole: where it stands, what waits on whom, its documents."""
