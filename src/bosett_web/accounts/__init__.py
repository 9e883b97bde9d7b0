"""Organisations, people, the roles they hold and the grants that let them act."""
