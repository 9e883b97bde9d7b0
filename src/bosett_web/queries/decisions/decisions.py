"""The municipalities' decisions as frozen rows: as they stand for actions, and as somebody may see them for pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from bosett.figures.kinds import Figure, Status
from bosett.rounds.moves import Gate, Situation
from bosett.rounds.parties import Who
from bosett.rounds.states import AnswerTime, DecisionState
from bosett.rounds.visibility import Thing, may_see
from bosett_web.queries.decisions.deadlines import Deadlines, deadlines
from bosett_web.queries.lines import Line
from bosett_web.queries.rows import rows_by
from bosett_web.queries.sight import sees_decision
from bosett_web.queries.situations import new_situation
from bosett_web.queries.standing_rows import Standing, WithheldRow
from bosett_web.records.choices import DocumentKind
from bosett_web.records.models import AnswerPlan, Decision, Request

NEAR = timedelta(days=14)
"""A deadline that is no farther away is near."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request that has been sent."""

    id: int
    version: int
    number: int
    under15: int | None
    from15: int | None
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One version of a municipality's decision.

    `request_version` and `request_number` are of the request that it answers; the number is None when the reader may
    not see it. `note` is what was last said of it: why it was corrected, what must be cleared up, or how it was.
    `withheld` is set for those whom its document is withheld from: then only its numbers are told, and who decided.
    `source` is the publisher of the figures that it is taken from, known from `day`; empty for one recorded here. It
    may lack what the figures do not tell: `number` is None when the publisher keeps it back.
    """

    version: int
    request_version: int
    request_number: int | None
    state: str
    number: int | None
    minors: bool | None
    minors_number: int | None
    more: int | None
    conditions: str
    raised: tuple[str, ...]
    preliminary: bool
    decided_by: str
    decided_on: date | None
    case_number: str
    recorded_for: bool
    note: str
    document: str
    day: date
    source: str = ""
    withheld: WithheldRow | None = None

    @property
    def figure(self) -> Figure:
        """Its number, or that the publisher keeps it back."""
        return Figure(self.number, Status.HIDDEN if self.number is None else Status.OK)

    @property
    def outcome(self) -> str:
        """How it stands to the request that it answers: equal, fewer, more, no (0), only answered, or hidden."""
        if self.number is None:
            return "hidden"
        if self.preliminary:
            return "preliminary"
        if self.request_number is None:
            return "answered"
        if self.number == self.request_number:
            return "equal"
        if not self.number:
            return "no"
        return "more" if self.number > self.request_number else "fewer"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """When a municipality means to decide, and the time that it has asked for."""

    planned_on: date | None
    asked_until: date | None
    asked_reason: str
    granted_until: date | None
    granted: bool | None

    @property
    def waits(self) -> bool:
        """Whether it has asked for time and has no answer."""
        return self.asked_until is not None and self.granted is None


NO_PLAN = PlanRow(None, None, "", None, None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one municipality that has been asked has answered, as somebody may see it.

    Attributes:
        line: Its numbers in the round.
        asked: The newest request sent, in persons; None when the reader may not see it.
        asked_version: Version of that request.
        sent_on: Day in Norway on which it was sent.
        decision: The version that counts; None when there is none to see.
        versions: All versions, the newest first.
        plan: When it means to decide.
        deadline: Its own answer deadline; None when none has been entered.
        recorded: Whether answers are recorded here. In a round from before the workspace the published figures tell
            what was answered, and where they do not, it is unknown.
    """

    line: Line
    asked: int | None
    asked_version: int
    sent_on: date
    decision: DecisionRow | None
    versions: tuple[DecisionRow, ...]
    plan: PlanRow
    deadline: date | None
    recorded: bool = True

    @property
    def outcome(self) -> str:
        """How it has answered; `none` when it has not, `hidden` or `unknown` when the figures do not tell."""
        if self.decision is None:
            return "none" if self.recorded else "unknown"
        return self.decision.outcome

    @property
    def untold(self) -> bool:
        """Whether the figures do not tell what it answered, nor whether it did."""
        return self.outcome in ("hidden", "unknown")

    @property
    def decided(self) -> bool:
        """Whether there is a decision, and not only a preliminary answer."""
        return self.decision is not None and not self.decision.preliminary and not self.untold

    @property
    def older(self) -> bool:
        """Whether its decision answers an older version of the request than the newest sent."""
        return self.decision is not None and self.decision.request_version < self.asked_version

    @property
    def awaited(self) -> bool:
        """Whether a decision on the newest request is still to come; one that is now asked for none owes no answer.

        Nor does a round from before the workspace await any: what came after the published one is unknown.
        """
        return self.recorded and self.asked != 0 and not self.untold and (not self.decided or self.older)

    def late(self, today: date) -> bool:
        """Tell whether it has not decided on the newest request though its deadline has passed."""
        return self.awaited and self.deadline is not None and self.deadline < today

    @property
    def came_late(self) -> bool:
        """Whether its first decision came after its deadline; not said of one that came on an unknown day."""
        decisions = [row for row in self.versions if not row.preliminary]
        first = None if any(row.source for row in decisions) else min((row.day for row in decisions), default=None)
        return self.decided and first is not None and self.deadline is not None and self.deadline < first

    @property
    def planned_late(self) -> bool:
        """Whether it has planned its decision for a day after its deadline."""
        return bool(self.plan.planned_on and self.deadline and self.plan.planned_on > self.deadline)

    def near(self, today: date) -> bool:
        """Tell whether it has not decided on the newest request and its deadline is near."""
        return self.awaited and self.deadline is not None and today <= self.deadline <= today + NEAR


def answers(at: Standing, rows: Sequence[Line], who: Who, moment: datetime) -> tuple[Answer, ...]:
    """Return what has been answered, as somebody may see it, in five queries whatever the size of the round.

    A municipality stands here when the reader may see that it is asked, or something of its answer.

    Args:
        at: The round as it stands.
        rows: Lines as the same reader may see them.
        who: Who looks.
        moment: When.
    """
    requests, versions, held_plans, until = at.remembered("answers", lambda: _given(at.year))
    answer_rows = []
    for line in rows:
        asked = requests.get(line.code)
        if asked is None:
            continue
        shown = {
            state: sees_decision(who, at, moment, line.county, line.code, state)
            for state in ("preliminary", "answered")
        }
        seen = tuple(
            _as_shown(row if line.sent is not None else replace(row, request_number=None), line, at, who)
            for row in versions.get(line.code, ())
            if shown["preliminary" if row.preliminary else "answered"]
        )
        if not line.sent and not seen:
            continue
        plan = held_plans.get(line.code, NO_PLAN) if shown["preliminary"] else NO_PLAN
        answer_rows.append(
            Answer(
                line=line,
                asked=line.sent,
                asked_version=asked.version,
                sent_on=timezone.localdate(asked.sent_at),
                decision=next((row for row in seen if row.state != DecisionState.REPLACED), None),
                versions=seen,
                plan=plan,
                deadline=until.of(line.code, plan.granted_until),
                recorded=not at.is_former,
            )
        )
    return tuple(answer_rows)


def _given(
    year: int,
) -> tuple[Mapping[str, RequestRow], Mapping[str, tuple[DecisionRow, ...]], Mapping[str, PlanRow], Deadlines]:
    """Return what has been asked and answered by municipality: requests, versions of decisions, plans, deadlines."""
    return sent_requests(year), _versions(year), plans(year), deadlines(year)


def _as_shown(row: DecisionRow, line: Line, at: Standing, who: Who) -> DecisionRow:
    """Return a version without what was written in it, to somebody whom its document is withheld from."""
    withheld = withheld_decision(at, who, line.county, line.code, row.version, preliminary=row.preliminary)
    if withheld is None:
        return row
    return replace(row, withheld=withheld, conditions="", raised=(), note="", document="", case_number="")


def withheld_decision(
    at: Standing, who: Who, county: str, municipality: str, version: int, *, preliminary: bool
) -> WithheldRow | None:
    """Return that a decision's document is withheld from somebody who is no party of it; None when they may have it.

    Args:
        at: The round as it stands.
        who: Who looks, and sees the decision.
        county: County of the municipality.
        municipality: Whose decision it is.
        version: Which.
        preliminary: Whether it waits for the council's.
    """
    withheld = at.withheld.get((DocumentKind.DECISION, decision_key(municipality, version)))
    state = "preliminary" if preliminary else "answered"
    return None if may_see(who, Thing.DECISION, state, county, municipality) else withheld


def decision_key(municipality: str, version: int) -> str:
    """Return the key of a decision among documents."""
    return f"{municipality}-{version}"


def deadline_of(year: int, municipality: str, plan: PlanRow) -> date | None:
    """Return the deadline that holds for a municipality: its letter's, or a later one that it has been given."""
    return deadlines(year, municipality).of(municipality, plan.granted_until)


def sent_requests(year: int, municipality: str = "") -> Mapping[str, RequestRow]:
    """Return the newest request that has been sent, by municipality. One query."""
    rows = Request.objects.filter(round=year, sent_at__isnull=False)
    rows = rows.filter(municipality=municipality) if municipality else rows
    return rows_by("municipality", RequestRow, rows.order_by("version"))


def decision_of(year: int, municipality: str) -> DecisionRow | None:
    """Return the decision of a municipality that counts, as it stands."""
    rows = _versions(year, municipality).get(municipality, ())
    return next((row for row in rows if row.state != DecisionState.REPLACED), None)


def plan_of(year: int, municipality: str) -> PlanRow:
    """Return a municipality's plan as it stands."""
    return plans(year, municipality).get(municipality, NO_PLAN)


def plans(year: int, municipality: str = "") -> Mapping[str, PlanRow]:
    """Return the plans as they stand, by municipality. One query."""
    rows = AnswerPlan.objects.filter(round=year)
    rows = rows.filter(municipality=municipality) if municipality else rows
    return rows_by("municipality", PlanRow, rows.order_by("municipality"))


def document_of(year: int, municipality: str, version: int) -> tuple[str, bytes, bool] | None:
    """Return name and content of a decision's document, and whether it is preliminary; None when there is none."""
    rows = Decision.objects.filter(round=year, municipality=municipality, version=version, content__isnull=False)
    row = rows.values_list("name", "content", "preliminary").first()
    return None if row is None else (row[0], bytes(row[1] or b""), row[2])


def answer_situation(
    at: Standing, municipality: str, asked: RequestRow | int | None, plan: PlanRow = NO_PLAN
) -> Situation:
    """Return the situation of an answer that does not exist yet, or of the plan to give one.

    Args:
        at: The round as it stands.
        municipality: Whose answer it is.
        asked: The newest request that has come, or its number; None when none has.
        plan: When it means to decide.
    """
    unmet: dict[Gate, Mapping[str, object]] = {Gate.LETTER_SENT: {}} if asked is None else {}
    state = AnswerTime.TIME_ASKED if plan.waits else None
    return replace(new_situation(at), state=state, area=municipality, unmet=unmet)


def decision_situation(at: Standing, municipality: str, row: DecisionRow | None) -> Situation:
    """Return the situation of a decision that counts."""
    return replace(new_situation(at), state=None if row is None else row.state, area=municipality, unmet={})


def _versions(year: int, municipality: str = "") -> Mapping[str, tuple[DecisionRow, ...]]:
    """Return every version by municipality, the newest first. One query; documents stay in the database."""
    rows = Decision.objects.filter(round=year)
    rows = rows.filter(municipality=municipality) if municipality else rows
    versions_of: dict[str, list[DecisionRow]] = {}
    for row in rows.select_related("request").defer("content").order_by("-version"):
        versions_of.setdefault(row.municipality, []).append(
            DecisionRow(
                version=row.version,
                request_version=row.request.version,
                request_number=row.request.number,
                state=row.state,
                number=row.number,
                minors=row.minors,
                minors_number=row.minors_number,
                more=row.more,
                conditions=row.conditions,
                raised=tuple(each["code"] for each in row.raised),
                preliminary=row.preliminary,
                decided_by=row.decided_by,
                decided_on=row.decided_on,
                case_number=row.case_number,
                recorded_for=row.recorded_for,
                note=row.note,
                document=row.name,
                day=row.day,
                source=row.source,
            )
        )
    return {code: tuple(versions) for code, versions in versions_of.items()}
