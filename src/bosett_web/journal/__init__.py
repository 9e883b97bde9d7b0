"""Floor 2: the append-only journal: one event per action, in one hash chain per round and organisation."""
