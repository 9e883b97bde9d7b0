"""Which of a round's letters are looked at: filters, samples, those that are marked, and the way to the next."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from bosett.rounds.states import LetterState
from bosett_web.queries.letters.changed import Change, changes_by_letter
from bosett_web.queries.letters.letters import LetterRow
from bosett_web.screens import formats
from bosett_web.screens.boxes import NumberBox
from bosett_web.screens.fields import PickField, TextField
from bosett_web.screens.forms import PageForm
from bosett_web.screens.place_names import LONGEST, is_meant
from bosett_web.screens.screen import View

FILTERS = ("kind", "state", "language", "county")
"""Filters by a column of the letter's row."""
SAMPLES = ("nth", "random", "seed")
ASKED = ("q", *FILTERS, "change", *SAMPLES)
ONLY = "only"
"""Letters that are marked, each by its identity."""
FIRST_SEED = "1"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a letter stands among those chosen, and the ones beside it."""

    place: int
    among: int
    before: int | None
    after: int | None


def chosen(view: View, rows: Sequence[LetterRow]) -> tuple[LetterRow, ...]:
    """Return the letters that the filters leave, of these the sample that is asked for, and of these the marked ones.

    `nth` takes every so manieth; `random` so many at random, the same for the same `seed` whatever becomes of them.
    """
    asked, marked = asked_for(view), marked_in(view)
    letters = [row for row in rows if all(not asked[name] or getattr(row, name) == asked[name] for name in FILTERS)]
    if asked["q"]:
        letters = [row for row in letters if is_meant(asked["q"], view.year, row.receiver, row.county)]
    if asked["change"]:
        changed = changes_by_letter(view.whole, letters, wording=asked["change"] in Change.of_wording())
        letters = [row for row in letters if asked["change"] in changed.get(row.id, ())]
    letters = letters[:: max(_number(asked["nth"]), 1)]
    if most := _number(asked["random"]):
        picked = sorted(letters, key=lambda row: _drawn(asked["seed"], row.reference))[:most]
        kept = {row.id for row in picked}
        letters = [row for row in letters if row.id in kept]
    return tuple(row for row in letters if not marked or row.id in marked)


def asked_for(view: View) -> Mapping[str, str]:
    """Return what the reader asked for, by filter and sample."""
    sent = _sent(view)
    given = {name: sent.get(name, "")[:LONGEST].strip() for name in ASKED}
    return {**given, "seed": given["seed"] or FIRST_SEED}


def marked_in(view: View) -> frozenset[int]:
    """Return the letters that the reader has marked."""
    return frozenset(
        int(each) for each in _sent(view).getlist(ONLY) if each.isascii() and each.isdigit() and len(each) < 18
    )


def narrowed(view: View) -> list[tuple[str, str]]:
    """Return the filters and the sample that are asked for, each with its value."""
    asked = asked_for(view)
    return [(name, asked[name]) for name in ASKED if asked[name] and (name != "seed" or asked["random"])]


def is_sampled(view: View) -> bool:
    """Tell whether a sample is asked for."""
    return any(name in SAMPLES for name, _ in narrowed(view))


def query(view: View) -> str:
    """Return filters, sample and marks as they stand in an address; empty when there are none."""
    parameters = QueryDict(mutable=True)
    for name, value in narrowed(view):
        parameters[name] = value
    parameters.setlist(ONLY, [str(each) for each in sorted(marked_in(view))])
    return parameters.urlencode()


class LettersFilter(PageForm):
    """Which letters are listed: filters, and a sample of what they leave."""

    q = TextField("letter_filter_name", explained="letter_filter_name_help")
    kind = PickField("letter_filter_kind")
    county = PickField("letter_filter_county")
    state = PickField("letter_filter_state")
    language = PickField("letter_filter_language")
    change = PickField("letter_filter_change")
    nth = TextField("letters_nth", widget=NumberBox())
    random = TextField("letters_random", widget=NumberBox())
    seed = TextField("letters_seed", explained="letters_seed_help")


def filter_form(view: View, rows: Sequence[LetterRow]) -> LettersFilter:
    """Return the form of the filters with what there is to choose among."""
    form = LettersFilter(language=view.language, initial=asked_for(view))
    form.begin_with("l")
    names = {each.code: each.name for each in view.counties}
    in_use: dict[str, set[str]] = {name: {getattr(row, name) for row in rows} for name in FILTERS}
    areas = [(code, names[code]) for code in names if code in in_use["county"]]
    words: dict[str, list[tuple[str, str]]] = {
        "kind": [(each, form.worded(f"letter_{each}")) for each in sorted(in_use["kind"])],
        "state": [(each, form.worded(f"letterstate_{each}")) for each in LetterState if each in in_use["state"]],
        "language": [(each, form.worded(f"form_{each}")) for each in sorted(in_use["language"])],
        "county": sorted(areas, key=lambda pair: formats.sort_key(pair[1])),
        "change": [(each.value, form.worded(f"letter_change_{each}")) for each in Change],
    }
    for name, choices in words.items():
        form.offer(name, [("", form.worded("letters_any")), *choices])
    for name in SAMPLES:
        form.field_of(name).look = "field narrow"
    return form


def neighbours(rows: Sequence[LetterRow], row: LetterRow) -> Neighbours | None:
    """Return the letters before and after one; None when it is not among those chosen."""
    ids = [each.id for each in rows]
    if row.id not in ids:
        return None
    place = ids.index(row.id)
    before = ids[place - 1] if place else None
    after = ids[place + 1] if place + 1 < len(ids) else None
    return Neighbours(place + 1, len(ids), before, after)


def _sent(view: View) -> QueryDict:
    """Return what was asked for: by the address, or by the form that was refused, which stood among those chosen."""
    refused = view.request.refused
    return QueryDict(refused.sent("query")) if refused else view.request.GET


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0


def _drawn(seed: str, reference: str) -> str:
    return hashlib.sha256(f"{seed}:{reference}".encode()).hexdigest()
