"""Reading: frozen rows, one file per screen. Nothing here writes."""
