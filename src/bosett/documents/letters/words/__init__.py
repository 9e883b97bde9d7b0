"""The words of letters, by language and code. They hold no numbers and no dates: those are facts, filled in."""
