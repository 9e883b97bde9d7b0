"""Floor 7: what comes from outside: fetch, parse, compare. Parsing has no network and no clock."""
