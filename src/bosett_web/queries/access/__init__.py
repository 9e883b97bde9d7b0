"""Who holds which role."""
