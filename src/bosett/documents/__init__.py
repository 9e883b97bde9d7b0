"""Floor 6: typed content of letters, sheets and explanations, before anything is drawn."""
