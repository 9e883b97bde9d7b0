"""The round as a whole: overview, criteria to proposal, documents, journal, and a municipality's own page."""
