"""Settings, addresses and the web application's entry."""
