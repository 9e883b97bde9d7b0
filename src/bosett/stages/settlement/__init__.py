"""Settlement through a year: who has been enquired about, agreed upon and settled."""
