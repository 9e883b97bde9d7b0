"""Floor 5: a computed, reproducible round: passes values from stage to stage."""
