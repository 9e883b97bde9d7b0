"""The municipalities' decisions: as they stand, by when, and what has happened."""
