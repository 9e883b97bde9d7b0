"""The public pages: open to all, without scripts, in three languages, made of what has been published alone."""
