"""County municipalities as receivers of letters: which there are on a day, and in which form each is written to.

Their language decisions are in no table: only Oslo's is known, as it is a municipality too. What a case worker has
chosen for one is proposed again.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from bosett.basis.languages import NORWEGIAN
from bosett.documents.letters.names import OSLO
from bosett.geography import County, counties
from bosett_web.queries.letters.letters import LetterRow
from bosett_web.records.choices import LetterKind

OSLO_MUNICIPALITY = "0301"
TO_COUNTIES = (
    LetterKind.CIRCULAR,
    LetterKind.INVITATION,
    LetterKind.CANCELLATION,
    LetterKind.AGENDA,
    LetterKind.MINUTES,
)
"""Kinds of letters that go to county municipalities."""


def county_municipalities(day: date) -> tuple[County, ...]:
    """Return the county municipalities that there are on a day: in a year of reform those that can get a letter now."""
    return tuple(counties(day.year))


def known_forms(languages: Mapping[str, str | None]) -> Mapping[str, str]:
    """Return the languages of the county municipalities that are known, from those of the municipalities."""
    form = languages.get(OSLO_MUNICIPALITY)
    return {OSLO: form} if form else {}


def chosen_forms(rows: Iterable[LetterRow]) -> Mapping[str, str]:
    """Return the form that was last chosen for each county municipality that has a letter."""
    letters = sorted((row for row in rows if row.kind in TO_COUNTIES), key=lambda row: row.id)
    return {row.receiver: row.language for row in letters}


def unknown_forms(codes: Iterable[str], forms: Mapping[str, str]) -> tuple[str, ...]:
    """Return those of the county municipalities for which no form is chosen or known."""
    return tuple(code for code in codes if forms.get(code, "") not in NORWEGIAN)
