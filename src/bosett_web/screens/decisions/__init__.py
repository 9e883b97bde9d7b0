"""The municipalities' decisions."""
