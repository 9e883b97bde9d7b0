"""Words of the municipalities’ decisions."""

Words = dict[str, tuple[str, str, str]]

DECISIONS: Words = {}
