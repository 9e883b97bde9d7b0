"""Floor 4: the steps of the round, a module each; a stage never imports a stage."""
