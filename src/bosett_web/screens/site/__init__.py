"""The site: rules, search, faults."""
