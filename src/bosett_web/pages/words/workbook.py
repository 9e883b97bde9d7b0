"""Words of workbooks out and in."""

Words = dict[str, tuple[str, str, str]]

WORKBOOK: Words = {}
