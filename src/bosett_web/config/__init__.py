"""Floor 7: settings, addresses and the web application's entry."""
