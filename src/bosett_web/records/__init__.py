"""The tables of the round, with the constraints that the database itself upholds."""
