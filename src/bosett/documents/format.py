"""Numbers in people's text: Norwegian or English, exactly rounded, no floats."""

from fractions import Fraction

NO_BREAK = "\u00a0"


def whole(number: int, language: str) -> str:
    """Return a whole number with thousands apart: 5 025 (no-break space) or 5,025 in English."""
    return f"{number:,}" if language == "en" else f"{number:,}".replace(",", NO_BREAK)


def decimal(value: Fraction, digits: int, language: str) -> str:
    """Return a number rounded to `digits` decimals, with the language's decimal sign."""
    scaled = round(abs(value) * 10**digits)
    sign = "−" if value < 0 and scaled else ""
    if not digits:
        return sign + whole(scaled, language)
    before, after = divmod(scaled, 10**digits)
    return f"{sign}{whole(before, language)}{'.' if language == 'en' else ','}{after:0{digits}d}"


def percent(value: Fraction, digits: int, language: str) -> str:
    """Return a part as percent: 23,5 % (no-break space) or 23.5% in English."""
    return decimal(100 * value, digits, language) + ("%" if language == "en" else f"{NO_BREAK}%")
