"""Help and glossary on the desk: what a page is for, what can be done on it and by whom, and the words on it."""
