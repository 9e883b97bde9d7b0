"""Organisation numbers: nine digits of which the last is a check by modulo 11.

Source: Brønnøysundregistrene, "Om organisasjonsnummeret": weights 3 2 7 6 5 4 3 2, and 11 less the remainder.
"""

import re

_NUMBER = re.compile(r"[0-9]{9}")
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def is_organisation_number(text: str) -> bool:
    """Return whether a text is nine digits with the right check."""
    if not _NUMBER.fullmatch(text):
        return False
    check = check_digit(text[:8])
    return check is not None and text[8] == str(check)


def check_digit(eight: str) -> int | None:
    """Return the check of eight digits; None when there is no number with them, as the check would be 10."""
    rest = sum(int(digit) * weight for digit, weight in zip(eight, _WEIGHTS, strict=True)) % 11
    check = (11 - rest) % 11
    return None if check == 10 else check
