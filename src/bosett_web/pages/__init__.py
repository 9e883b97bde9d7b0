"""Screens, forms and words in bokmål, nynorsk and English."""
