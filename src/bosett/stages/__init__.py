"""Floor 4: the steps of the round, one package each; a stage never imports a stage."""
