"""Floor 1: the words that every other package uses: refusals, steps, sources, structures, tables of figures."""
