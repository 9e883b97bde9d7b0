"""Floor 5: screens, forms and words in bokmål, nynorsk and English."""
