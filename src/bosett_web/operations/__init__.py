"""Floor 6: what runs the workspace: the launcher, the embedded database, rights in the database, health."""
