"""Every document of a round, as somebody may see that it exists: its kind, its day, and whether it is withheld.

Five kinds: letters, the minutes of meetings, the counties' recommendations with what is attached to them, and the
documents of the municipalities' decisions. Of one that is withheld others are told kind, day and ground, and no more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bosett.geography import county as county_of
from bosett.geography import municipality as municipality_of
from bosett.rounds.parties import Party, Who
from bosett.rounds.states import LetterState
from bosett.rounds.visibility import Thing
from bosett_web.queries.county.versions import attachments, attachments_for
from bosett_web.queries.decisions.decisions import decision_key, withheld_decision
from bosett_web.queries.letters.letters import LetterRow, closed_letter, document_of, letter_rows, may_read
from bosett_web.queries.sight import JOINT, closed, sees, sees_decision
from bosett_web.queries.standing_rows import RecommendationRow, Standing, WithheldRow
from bosett_web.records.choices import DocumentKind, Occasion
from bosett_web.records.models import Decision, MeetingMinutes, RecommendationVersion


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document.

    Attributes:
        kind: Kind of document.
        key: Which of its kind.
        day: Its date.
        owner: Role that it belongs to.
        area: The owner's county or municipality; empty for the directorate.
        about: Code of the county or municipality that it is about; empty for the joint meeting, and when it is closed.
        name: What it is called: a file's name, a letter's reference; empty when it has none, and when it is closed.
        letter: Kind of letter, of a letter.
        number: Identity of a letter or attachment, or version of a recommendation or decision; 0 of minutes, and when
            it is closed.
        withheld: That it is withheld from the public, and why.
        closed: Whether it is withheld from this reader.
    """

    kind: str
    key: str
    day: date
    owner: Party
    area: str = ""
    about: str = ""
    name: str = ""
    letter: str = ""
    number: int = 0
    withheld: WithheldRow | None = None
    closed: bool = False

    @property
    def id(self) -> str:
        """What the document is called in addresses."""
        return f"{self.kind}:{self.key}"

    def shut(self) -> "DocumentRow":
        """Return what somebody from whom it is withheld is told of it."""
        return replace(self, key="", about="", area="", name="", letter="", number=0, closed=True)


def documents(at: Standing, who: Who, moment: datetime) -> tuple[DocumentRow, ...]:
    """Return the documents of a round that somebody may see exist, the newest first.

    Args:
        at: The round as it stands.
        who: Who looks.
        moment: When.
    """
    rows = [
        *_letters(at, who, moment, letter_rows(at.year)),
        *_minutes(at, who, moment),
        *_recommendations(at, who, moment),
        *_decisions(at, who, moment),
    ]
    return tuple(sorted(rows, key=lambda row: (-row.day.toordinal(), row.kind, row.about, row.name)))


def document(at: Standing, who: Who, moment: datetime, kind: str, key: str) -> DocumentRow | None:
    """Return one document that somebody may see, by its kind and key; None when there is none for them."""
    rows = (row for row in documents(at, who, moment) if not row.closed)
    return next((row for row in rows if (row.kind, row.key) == (kind, key)), None)


def _letters(at: Standing, who: Who, moment: datetime, rows: Iterable[LetterRow]) -> Iterator[DocumentRow]:
    """Yield the letters that are no drafts; one that holds minutes or a recommendation is that document."""
    for row in rows:
        kind, key = document_of(row)
        if row.state == LetterState.MADE or kind != DocumentKind.LETTER:
            continue
        entry = DocumentRow(
            DocumentKind.LETTER,
            key,
            row.day,
            Party.DIRECTORATE,
            about=row.receiver,
            name=row.reference,
            letter=row.kind,
            number=row.id,
            withheld=at.withheld.get((kind, key)),
        )
        if may_read(who, at, moment, row):
            yield entry
        elif closed_letter(who, at, moment, row) is not None:
            yield entry.shut()


def _minutes(at: Standing, who: Who, moment: datetime) -> Iterator[DocumentRow]:
    days = dict(MeetingMinutes.objects.filter(meeting__round=at.year).order_by("pk").values_list("meeting", "day"))
    for county, row in at.meetings.items():
        if row.id not in days:
            continue
        key = county or JOINT
        entry = DocumentRow(
            DocumentKind.MINUTES,
            key,
            days[row.id],
            Party.DIRECTORATE,
            about=county,
            withheld=at.withheld.get((DocumentKind.MINUTES, key)),
        )
        if sees(who, Thing.MINUTES, row.state, at, moment, county):
            yield entry
        elif closed(who, Thing.MINUTES, row.state, at, moment, county) is not None:
            yield entry.shut()


def _recommendations(at: Standing, who: Who, moment: datetime) -> Iterator[DocumentRow]:
    handed = RecommendationVersion.objects.filter(recommendation__round=at.year).exclude(made=Occasion.KEPT)
    newest = {
        county: (day, version)
        for county, day, version in handed.order_by("version").values_list("recommendation__county", "day", "version")
    }
    for county, row in at.recommendations.items():
        shown = sees(who, Thing.RECOMMENDATION, row.state, at, moment, county)
        shut = closed(who, Thing.RECOMMENDATION, row.state, at, moment, county)
        if not shown and shut is None:
            continue
        if county in newest:
            day, version = newest[county]
            entry = DocumentRow(
                DocumentKind.RECOMMENDATION,
                county,
                day,
                Party.COUNTY,
                county,
                county,
                number=version,
                withheld=at.withheld.get((DocumentKind.RECOMMENDATION, county)),
            )
            yield entry if shown else entry.shut()
        yield from _attachments(at, who, row, shown=shown)


def _attachments(at: Standing, who: Who, row: RecommendationRow, *, shown: bool) -> Iterator[DocumentRow]:
    """Yield what is attached to a recommendation; withheld with the whole of it, each is told with its ground."""
    open_to = {each.id for each in attachments_for(at, who, row)[0]} if shown else frozenset()
    whole = at.withheld.get((DocumentKind.RECOMMENDATION, row.county))
    for each in attachments(row.id):
        withheld = at.withheld.get((DocumentKind.ATTACHMENT, str(each.id)))
        entry = DocumentRow(
            DocumentKind.ATTACHMENT,
            str(each.id),
            each.day,
            Party.COUNTY,
            row.county,
            row.county,
            each.name,
            "",
            each.id,
            withheld,
        )
        yield entry if each.id in open_to else replace(entry, withheld=withheld or whole).shut()


def _decisions(at: Standing, who: Who, moment: datetime) -> Iterator[DocumentRow]:
    rows = Decision.objects.filter(round=at.year, source="").order_by("municipality", "version")
    decisions = rows.values_list("municipality", "version", "day", "name", "preliminary")
    for code, version, day, name, preliminary in decisions:
        county = municipality_of(code, at.year).county
        state = "preliminary" if preliminary else "answered"
        if not sees_decision(who, at, moment, county, code, state):
            continue
        withheld = at.withheld.get((DocumentKind.DECISION, decision_key(code, version)))
        row = DocumentRow(
            DocumentKind.DECISION,
            decision_key(code, version),
            day,
            Party.MUNICIPALITY,
            code,
            code,
            name,
            "",
            version,
            withheld,
        )
        shut = withheld_decision(at, who, county, code, version, preliminary=preliminary)
        yield row.shut() if shut is not None else row


def place_of(row: DocumentRow, year: int) -> str:
    """Return the name of the county or municipality that a document is about; empty for none."""
    if not row.about:
        return ""
    one = len(row.about) == len("46")
    return county_of(row.about, year).name if one else municipality_of(row.about, year).display_name
