"""Which form of Norwegian a letter is in: the receiver's language decision (spraklova 15).

A neutral receiver leaves the choice to the state, which must use each form for at least a quarter over time
(spraklova 13). A receiver whose decision is not known has to be asked: nothing is guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bosett.geography import LanguageForm, NotToldOfPlace, language_form, municipalities

BOKMAAL, NYNORSK = "nb", "nn"
LEAST = Fraction(1, 4)
"""Least share of each form among the letters to neutral receivers (spraklova 13)."""

_DECIDED = {LanguageForm.BOKMAAL: BOKMAAL, LanguageForm.NYNORSK: NYNORSK}


@dataclass(frozen=True, slots=True)
class Shares:
    """How many receivers got each form."""

    bokmaal: int = 0
    nynorsk: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.bokmaal + self.nynorsk

    def of(self, language: str) -> Fraction | None:
        """Return the share of nb or nn; None when there are none at all."""
        if not self.total:
            return None
        return Fraction(self.bokmaal if language == BOKMAAL else self.nynorsk, self.total)

    @property
    def kept(self) -> bool:
        """Whether each form has its least share; of none or one receiver nothing can be asked."""
        least = min(self.bokmaal, self.nynorsk)
        return self.total < 2 or Fraction(least, self.total) >= LEAST

    def __add__(self, other: "Shares") -> "Shares":
        return Shares(self.bokmaal + other.bokmaal, self.nynorsk + other.nynorsk)


@dataclass(frozen=True, slots=True)
class SharesReport:
    """What was chosen.

    Attributes:
        decided: Receivers with a decision, by the form that they got.
        neutral: Neutral receivers, by the form that they got; this is what the law's quarter is about.
        unknown: Those that have to be asked, in rising order of their code.
    """

    decided: Shares
    neutral: Shares
    unknown: tuple[str, ...]


def forms_of(year: int) -> dict[str, LanguageForm | None]:
    """Return every municipality's language decision by code; None where none is known, as after some mergers."""
    return {place.code: _form(place.code, year) for place in municipalities(year)}


def choose(forms: Mapping[str, LanguageForm | None], prefer: str, before: Shares = Shares()) -> dict[str, str | None]:
    """Return the language of each receiver's letters: nb, nn, or None where it has to be asked.

    Args:
        forms: Language decisions by code; None is not known.
        prefer: nb or nn, for neutral receivers as far as the law's quarter allows.
        before: What neutral receivers got before, in the same running count.

    Returns:
        The same for the same input, whatever its order. Neutral receivers that get the other form lie evenly spread
        over the codes. If what went before leaves no room, the other form goes to all of them.
    """
    if prefer not in (BOKMAAL, NYNORSK):
        raise ValueError(f"{prefer!r} is no form of Norwegian: prefer nb or nn.")
    other = NYNORSK if prefer == BOKMAAL else BOKMAAL
    neutral = sorted(code for code, form in forms.items() if form is LanguageForm.NEUTRAL)
    others = _others(len(neutral), prefer, before)
    spread = {
        code: other if (place + 1) * others // len(neutral) > place * others // len(neutral) else prefer
        for place, code in enumerate(neutral)
    }
    return {code: spread.get(code) or (_DECIDED.get(form) if form else None) for code, form in forms.items()}


def shares(forms: Mapping[str, LanguageForm | None], chosen: Mapping[str, str | None]) -> SharesReport:
    """Report what each form got, apart for those that decided and those that are neutral.

    Args:
        forms: Language decisions by code.
        chosen: Languages by code, as from `choose`, or as letters were really sent.
    """
    return SharesReport(
        decided=_count(chosen[code] for code, form in forms.items() if form in _DECIDED),
        neutral=_count(chosen[code] for code, form in forms.items() if form is LanguageForm.NEUTRAL),
        unknown=tuple(sorted(code for code in forms if chosen[code] is None)),
    )


def _form(code: str, year: int) -> LanguageForm | None:
    try:
        return language_form(code, year)
    except NotToldOfPlace:
        return None


def _count(languages: Iterable[str | None]) -> Shares:
    choices = list(languages)
    return Shares(choices.count(BOKMAAL), choices.count(NYNORSK))


def _others(count: int, prefer: str, before: Shares) -> int:
    """Return how many of `count` neutral receivers get the form that is not preferred: as few as the quarter allows."""
    total = before.total + count
    if total < 2:
        return 0
    had = before.nynorsk if prefer == BOKMAAL else before.bokmaal
    return min(count, max(0, -(-total // 4) - had))
