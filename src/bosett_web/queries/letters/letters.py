"""Letters as their pages show them: rows, how many there are of what, tries, and who may read one."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models.fields.json import KeyTextTransform, KeyTransform

from bosett.documents.letters.language import SharesReport, forms_of, shares
from bosett.geography import counties, municipalities
from bosett.rounds.moves import Situation
from bosett.rounds.parties import Who
from bosett.rounds.states import LetterState
from bosett.rounds.visibility import Thing, may_see
from bosett_web.queries.letters.references import is_joint, row_of
from bosett_web.queries.rows import rows_of
from bosett_web.queries.sight import JOINT, is_released
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing, WithheldRow
from bosett_web.records.choices import DocumentKind, LetterKind
from bosett_web.records.models import DeliveryTry, Letter, LetterSettings
from bosett_web.records.models.letters import CAME, NUMBERED, SENT

"""Name of the background task that makes letters; enqueued by name, so that no action imports a job."""
AT_A_TIME = 32
"""Files that are held in memory at once."""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter without its file.

    `rests_on` is what it rested on when it was written, and `answer_by` the day by which it asks for an answer: by both
    it is judged whether it is still true (`queries.truth`).
    """

    id: int
    kind: str
    receiver: str
    name: str
    county: str
    version: int
    state: str
    reference: str
    language: str
    day: date
    made_by: int
    approved_by: int | None
    request: int | None
    sha256: str
    delivered_at: datetime | None
    read_at: datetime | None
    channel: str
    external: str
    why: str
    rests_on: Mapping[str, Any]
    answer_by: date | None

    @property
    def has_come(self) -> bool:
        """Whether its receiver has got it: one that a service gave up after all has been there to be read."""
        return self.state in SENT or self.delivered_at is not None


_COLUMNS = (
    *("id", "kind", "receiver", "version", "state", "reference", "language", "day", "made_by", "approved_by"),
    *("request_id", "sha256", "delivered_at", "read_at", "channel", "external", "why"),
)


@dataclass(frozen=True, slots=True)
class TryRow:
    """One try: what was done, what came of it, and what the service said."""

    number: int
    at: datetime
    did: str
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the directorate has said of a round's letters."""

    answer_by: date | None = None
    how_to_answer: str = ""
    signers: str = ""
    neutral_form: str = ""


def settings_of(year: int) -> Settings:
    """Return what has been said of a round's letters; empty when nothing has."""
    return next(iter(rows_of(Settings, LetterSettings.objects.filter(round=year))), Settings())


def letter_rows(year: int, only: Iterable[int] | None = None, county: str = "") -> tuple[LetterRow, ...]:
    """Return a round's letters by receiver and version, in one query.

    Args:
        year: Settlement year.
        only: Those with these identities; None is all.
        county: Those of this county municipality alone.
    """
    rows = Letter.objects.filter(round=year)
    rows = rows if only is None else rows.filter(pk__in=list(only))
    rows = rows.filter(receiver=county) if county else rows
    places = {place.code: place for place in municipalities(year)}
    # Before a reform, letters have gone to counties that are no more.
    areas = {county.code: county.name for of in (year - 1, year) for county in counties(of)}
    kept = {"rests_on": KeyTransform("rests_on", "content"), "answer_by": KeyTextTransform("answer_by", "content")}
    letters = []
    for values in rows.order_by("receiver", "version").annotate(**kept).values(*_COLUMNS, *kept):
        place = places.get(values["receiver"])
        request, rests_on, answer_by = (values.pop(name) for name in ("request_id", *kept))
        name, area = (
            (place.display_name, place.county) if place else (areas.get(values["receiver"], ""), values["receiver"])
        )
        asked = date.fromisoformat(answer_by) if answer_by else None
        letters.append(
            LetterRow(**values, request=request, name=name, county=area, rests_on=rests_on or {}, answer_by=asked)
        )
    return tuple(letters)


def newest_references(year: int, receivers: Iterable[str]) -> frozenset[str]:
    """Return the newest reference in each row of letters to some receivers; one written anew counts up its end."""
    rows = Letter.objects.filter(round=year, receiver__in=list(receivers)).order_by("version")
    columns = rows.values_list("kind", "receiver", "reference")
    newest = {row_of(kind, receiver, reference): reference for kind, receiver, reference in columns}
    return frozenset(newest.values())


def digest_of(rows: Iterable[LetterRow]) -> str:
    """Return what changes when one of these letters is made anew."""
    contents = sorted(f"{row.id}:{row.sha256}" for row in rows)
    return hashlib.sha256(",".join(contents).encode()).hexdigest()


def tries(letter: int) -> tuple[TryRow, ...]:
    """Return the tries to deliver a letter, oldest first."""
    return rows_of(TryRow, DeliveryTry.objects.filter(letter=letter).order_by("number"))


def letter_situation(at: Standing, row: LetterRow) -> Situation:
    """Return the situation of a letter; who made it may not approve it."""
    return replace(new_situation(at), state=row.state, submitted_by=row.made_by)


def shares_of(year: int, rows: Iterable[LetterRow]) -> SharesReport:
    """Return the forms that receivers got, by their newest letter."""
    chosen: dict[str, str | None] = {row.receiver: row.language for row in rows if row.kind in NUMBERED}
    forms = {code: form for code, form in forms_of(year).items() if code in chosen}
    return shares(forms, chosen)


def may_read(who: Who, at: Standing, moment: datetime, row: LetterRow) -> bool:
    """Tell whether somebody may read a letter, by the table of who sees what; a withheld one is never released."""
    opened = row.has_come and is_released(at, moment) and withheld_letter(at, row) is None
    state = "released" if opened else "sent" if row.has_come else row.state
    return may_see(who, Thing.LETTER, state, row.county, row.receiver)


def withheld_letter(at: Standing, row: LetterRow) -> WithheldRow | None:
    """Return that a letter is withheld from the public: by itself, or as the minutes or recommendation in it."""
    return at.withheld.get(document_of(row))


def document_of(row: LetterRow) -> tuple[str, str]:
    """Return kind and key of the document that a letter is: minutes and recommendations are one with their letters."""
    if row.kind == LetterKind.MINUTES:
        return DocumentKind.MINUTES, JOINT if is_joint(row.reference) else row.receiver
    if row.kind == LetterKind.RECOMMENDATION:
        return DocumentKind.RECOMMENDATION, row.receiver
    return DocumentKind.LETTER, str(row.id)


def closed_letter(who: Who, at: Standing, moment: datetime, row: LetterRow) -> WithheldRow | None:
    """Return what alone keeps a letter from somebody: that it is withheld. None when they read it, or never would."""
    if not row.has_come or not is_released(at, moment) or may_read(who, at, moment, row):
        return None
    return withheld_letter(at, row)


def file_of(letter: int) -> bytes:
    """Return the PDF of a letter."""
    return bytes(Letter.objects.values_list("pdf", flat=True).get(pk=letter))


def contents_of(letters: Iterable[int]) -> list[Mapping[str, Any]]:
    """Return the typed contents of letters by receiver."""
    rows = Letter.objects.filter(pk__in=list(letters)).order_by("receiver", "version")
    return list(rows.values_list("content", flat=True))


def contents_by_id(letters: Iterable[int]) -> Mapping[int, Mapping[str, Any]]:
    """Return the typed contents of letters by their identity."""
    return dict(Letter.objects.filter(pk__in=list(letters)).order_by("pk").values_list("pk", "content"))


def files_of(letters: Iterable[int]) -> Iterator[tuple[str, bytes]]:
    """Yield reference and PDF of letters by receiver, a few read at a time."""
    rows = Letter.objects.filter(pk__in=list(letters)).order_by("receiver", "version").values_list("reference", "pdf")
    for reference, pdf in rows.iterator(chunk_size=AT_A_TIME):
        yield reference, bytes(pdf)


def own_letter(year: int, code: str) -> tuple[int | None, datetime | None]:
    """Return identity and time of the newest letter about its number that has come to a municipality; None each."""
    rows = Letter.objects.filter(CAME, round=year, receiver=code, kind__in=NUMBERED).order_by("-version")
    return rows.values_list("pk", "delivered_at").first() or (None, None)


def delivered(channel: str, most: int, turn: int) -> list[int]:
    """Return those of the letters that a channel has taken, and that nobody has read yet, whose turn it is.

    When there are more than `most`, they are parted by their identity, and each part has its turn: none is left out
    for ever because there are newer ones.
    """
    rows = Letter.objects.filter(state__in=(LetterState.DELIVERED, LetterState.ON_PAPER), channel=channel).exclude(
        external=""
    )
    letters = list(rows.order_by("pk").values_list("pk", flat=True))
    parts = -(-len(letters) // most) or 1
    return [letter for letter in letters if letter % parts == turn % parts]


@dataclass(frozen=True, slots=True)
class Copies:
    """The sent letters of one county's receivers, newest versions last."""

    county: str
    letters: tuple[LetterRow, ...]


def copies_for(at: Standing, who: Who, moment: datetime) -> tuple[Copies, ...]:
    """Return the letters of a round that have been sent and that somebody may read, by county."""
    by_county: dict[str, list[LetterRow]] = {}
    for row in letter_rows(at.year):
        if row.state in SENT and may_read(who, at, moment, row):
            by_county.setdefault(row.county, []).append(row)
    return tuple(Copies(county, tuple(rows)) for county, rows in sorted(by_county.items()))
