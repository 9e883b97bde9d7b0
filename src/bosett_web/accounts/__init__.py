"""Floor 1: organisations, people, the roles they hold and the grants that let them act."""
