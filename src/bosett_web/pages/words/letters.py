"""Words of letters and their sending."""

Words = dict[str, tuple[str, str, str]]

LETTERS: Words = {}
