"""Numbers, days and plurals against CLDR, the forms that the world's programs share; where ours differ is told here."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from bosett.basis.counting import Count
from bosett.basis.languages import LANGUAGES
from bosett.documents.days import NO_BREAK, day_in, month_in
from bosett.documents.words import exact, percent, whole
from bosett_web.screens import formats

CLDR = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
MINUS = "\u2212"
numbers = st.integers(-(10**9), 10**9)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def ours_of(written: str) -> str:
    """Return a number of CLDR's with our sign: the minus sign in English too, where CLDR has a hyphen."""
    return written.replace("-", MINUS)


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=numbers)
def test_whole_numbers_and_decimals_are_written_as_cldr_has_them(language: str, number: int) -> None:
    assert whole(number, language) == ours_of(format_decimal(number, locale=CLDR[language]))
    thousandths = format_decimal(Decimal(number) / 1000, "#,##0.000", locale=CLDR[language])
    assert exact(Fraction(number, 1000), language) == ours_of(thousandths)


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=numbers)
def test_shares_are_written_as_cldr_has_them(language: str, number: int) -> None:
    pattern = str(Locale.parse(CLDR[language]).percent_formats[None].pattern).replace("##0", "##0.0")
    shown = format_percent(Decimal(number) / 1000, pattern, locale=CLDR[language])
    assert percent(Fraction(number, 1000), language) == ours_of(shown)


@given(number=st.integers(0, 10**9))
def test_a_page_writes_whole_numbers_as_bokmaal_does_in_all_languages(number: int) -> None:
    assert formats.number(number) == format_decimal(number, locale="nb_NO")


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=days)
def test_days_are_those_of_cldr_on_one_line(language: str, day: date) -> None:
    """Ours do not break before the month and the year."""
    assert day_in(day, language).replace(NO_BREAK, " ") == format_date(day, "long", locale=CLDR[language])
    month = format_date(day, "LLLL y", locale=CLDR[language])
    assert month_in(day.year, day.month, language).replace(NO_BREAK, " ") == month


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=st.integers(0, 10**6))
def test_a_count_chooses_between_the_forms_of_cldr(language: str, number: int) -> None:
    forms = Locale.parse(CLDR[language]).plural_form
    assert forms.tags == {"one"}
    assert f"{Count(number):one|other}" == forms(number)
