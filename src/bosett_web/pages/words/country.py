"""Words of the country’s desk and the municipality’s own page."""

Words = dict[str, tuple[str, str, str]]

COUNTRY: Words = {}
