"""Floor 2: the tables of the round, with the constraints that the database itself upholds."""
