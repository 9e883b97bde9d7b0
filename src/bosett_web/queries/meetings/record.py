"""What the minutes of a meeting hold, as frozen values and as the JSON that they are kept as."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from bosett_web.queries.standing_rows import People

NOBODY = People(None)
"""No number."""


@dataclass(frozen=True, slots=True)
class MinutedLine:
    """One municipality in the minutes; None is no number. Names as in `lines.Line`."""

    code: str
    name: str
    proposed: int | None
    number: int | None
    under15: int | None
    from15: int | None
    outcome: int | None
    outcome_under15: int | None
    outcome_from15: int | None
    outcome_reason: str
    outcome_by: str


@dataclass(frozen=True, slots=True)
class MinutedPoint:
    """A point that the meeting noted, and whether it was closed there."""

    text: str
    closed: bool


@dataclass(frozen=True, slots=True)
class MinutedComment:
    """What KS had said: of a municipality, or (name empty) of the county as a whole."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class MinutedNeed:
    """What a county had asked to know, and the answer if there was one; `id` is the need's identity.

    `to_one` is true when the answer was given to the county alone: the minutes then tell that, and not what it says.
    """

    id: int
    county: str
    text: str
    answer: str
    to_one: bool = False


@dataclass(frozen=True, slots=True)
class Minuted:
    """Everything that the minutes of a meeting tell.

    Attributes:
        at: When the meeting was.
        place: Where.
        agenda: About what.
        present: Who took part: party and what was noted of it, in order.
        text: What was said.
        points: What it noted to be followed up.
        submitted: Whether it had numbers before it.
        reason: Why the county as a whole departed from its target.
        target: The county's target then.
        lines: One municipality by one; none of the joint meeting.
        comments: What KS had said.
        needs: Of the joint meeting: what the counties had asked to know.
    """

    at: datetime
    place: str
    agenda: str
    present: tuple[tuple[str, str], ...]
    text: str
    points: tuple[MinutedPoint, ...]
    submitted: bool = False
    reason: str = ""
    target: People = NOBODY
    lines: tuple[MinutedLine, ...] = ()
    comments: tuple[MinutedComment, ...] = ()
    needs: tuple[MinutedNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A municipality whose outcome became another than the minutes told; reason and party are of the new one."""

    code: str
    name: str
    before: People
    after: People
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Addendum:
    """What was added to minutes; the party's area tells which county municipality."""

    number: int
    kind: str
    day: date
    party: str
    area: str
    about: str
    text: str
    lines: tuple[ChangedLine, ...] = ()


def plain(value: Any) -> Any:  # noqa: ANN401 (any of the values above)
    """Return a value as JSON holds it."""
    return json.loads(json.dumps(asdict(value), default=lambda each: each.isoformat()))


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what is kept."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def minuted_from(content: Mapping[str, Any]) -> Minuted:
    """Return the minutes that were kept."""
    return Minuted(
        **{name: content[name] for name in ("place", "agenda", "text", "submitted", "reason")},
        at=datetime.fromisoformat(content["at"]),
        present=tuple((party, functions) for party, functions in content["present"]),
        target=People(**content["target"]),
        points=tuple(MinutedPoint(**each) for each in content["points"]),
        lines=tuple(MinutedLine(**each) for each in content["lines"]),
        comments=tuple(MinutedComment(**each) for each in content["comments"]),
        needs=tuple(MinutedNeed(**each) for each in content["needs"]),
    )


def changed_from(content: Mapping[str, Any]) -> ChangedLine:
    """Return a changed line that was kept."""
    facts = {each.name: content[each.name] for each in fields(ChangedLine)}
    return ChangedLine(**facts | {"before": People(**content["before"]), "after": People(**content["after"])})
