"""Revisions: what is known of those who are asked, what each way would come to, and the revisions that are kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from bosett.apportion import TieRule
from bosett.basis.digest import digest
from bosett.basis.weeks import week_of
from bosett.parameters import NotKnown, least_request
from bosett.rounds.moves import Gate, Situation
from bosett.rounds.revision_options import RevisionOption, revision_option
from bosett.stages.capacity.holding import known_places, room_ahead
from bosett.stages.criteria import Claims
from bosett.stages.revision import AskedNow, RevisionRules, RevisionWay
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.queries.capacity.capacity import reports_about
from bosett_web.queries.rows import rows_of
from bosett_web.queries.settlement.ledger import as_of, decided_numbers, ledger_lines
from bosett_web.queries.standing_rows import Standing
from bosett_web.queries.weighing import claims_known
from bosett_web.records.models import Request, Revision, RevisionLine
from bosett_web.records.models.revisions import OPEN


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A revision as it is kept."""

    id: int
    version: int
    state: str
    alert: int | None
    way: str
    total: int
    floor: int
    step: int
    may_drop: bool
    take_in: bool
    ask_all: bool
    tie_rule: str
    why: str
    inputs: Mapping[str, Any]
    result_sha256: str
    day: date
    decided_on: date | None
    submitted_by: int | None

    @property
    def is_open(self) -> bool:
        """Whether it is worked on."""
        return self.state in OPEN

    @property
    def is_shared(self) -> bool:
        """Whether its numbers are there: the sharing is neither tied nor impossible."""
        return bool(self.result_sha256)


@dataclass(frozen=True, slots=True)
class RevisionLineRow:
    """What a revision asks of one municipality."""

    municipality: str
    county: str
    before: int
    number: int
    exact: str
    bound: str
    idle: int | None


@dataclass(frozen=True, slots=True)
class RevisionFacts:
    """What a revision is made of: those asked by code, and the claims of those who may be taken in.

    Hashable by its digest, so that what comes of it is reckoned once.
    """

    asked: Mapping[str, AskedNow]
    newcomers: Mapping[str, Fraction]
    sha256: str

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RevisionFacts) and self.sha256 == other.sha256

    def as_inputs(self) -> Mapping[str, Any]:
        """Return the facts as JSON keeps them."""
        asked = {code: asdict(each) for code, each in sorted(self.asked.items())}
        return {"asked": asked, "newcomers": {code: str(claim) for code, claim in sorted(self.newcomers.items())}}


def facts_of_inputs(inputs: Mapping[str, Any]) -> RevisionFacts:
    """Return the facts that a revision was made of."""
    asked = {code: AskedNow(**values) for code, values in inputs["asked"].items()}
    return _facts(asked, {code: Fraction(claim) for code, claim in inputs["newcomers"].items()})


def facts_now(at: Standing, day: date, locks: Mapping[str, int], *, take_in: bool) -> RevisionFacts:
    """Return what a revision would be made of on a day. Five queries.

    A hidden count locks what is shown of it: no fewer have been settled. What is agreed counts those who have moved in
    since, and the rest of those agreed upon fill what is reported as room.

    Args:
        at: The round as it stands.
        day: The workspace's day.
        locks: By code, set by hand: no fewer than this.
        take_in: Whether those who are not asked may be taken in with a rise, by the criteria of the round.
    """
    requests = asked_for(at.year)
    settled, locked = _settled_and_locked(at.year, day)
    decided = decided_numbers(at.year)
    this, last = week_of(day), week_of(date(at.year, 12, 28))  # always within the last week of its year
    known = known_places(reports_about(this, last), this, last, day) if this <= last else {}
    rooms = {code: room.persons for code, room in room_ahead(known).items() if room.persons is not None}
    asked = {
        code: AskedNow(
            request,
            max(locked.get(code, 0), locks.get(code, 0)),
            decided.get(code),
            max(locked.get(code, 0), settled.get(code, 0) + rooms[code]) if code in rooms else None,
            code in decided and decided[code] is None,
        )
        for code, request in requests.items()
        if request
    }
    return _facts(asked, _newcomers(at, asked) if take_in else {})


def asked_for(year: int) -> Mapping[str, int]:
    """Return what each municipality is asked for now, in persons: 0 is not asked any more. One query."""
    rows = Request.objects.filter(round=year).order_by("version")
    return dict(rows.values_list("municipality", "number"))


@lru_cache(maxsize=64)
def option_of(facts: RevisionFacts, way: RevisionWay, rules: RevisionRules) -> RevisionOption:
    """Return what comes of facts in one way.

    Raises:
        BadProblem: The rules make no sense.
    """
    return revision_option(way, facts.asked, rules, facts.newcomers)


def rules_of(row: RevisionRow) -> RevisionRules:
    """Return the rules of a revision."""
    rule = TieRule(row.tie_rule) if row.tie_rule else None
    return RevisionRules(row.total, row.floor, row.step, row.may_drop, row.ask_all, rule)


def result_of(option: RevisionOption) -> str:
    """Return the digest of a revision's numbers; empty when it is not shared."""
    numbers = {code: each.number for code, each in sorted(option.numbers.items())}
    return digest(numbers) if numbers else ""


def revisions_of(year: int) -> tuple[RevisionRow, ...]:
    """Return the revisions of a round, the newest first. One query."""
    return rows_of(RevisionRow, Revision.objects.filter(round=year).order_by("-version"))


def revision_lines(revision: int) -> tuple[RevisionLineRow, ...]:
    """Return the lines of a revision, by municipality. One query."""
    return rows_of(RevisionLineRow, RevisionLine.objects.filter(revision=revision).order_by("municipality"))


def revision_situation(at: Standing, row: RevisionRow | None) -> Situation:
    """Return the situation of a revision; None is one that is not drafted."""
    unmet: dict[Gate, Mapping[str, object]] = {} if at.is_frozen else {Gate.FROZEN: {}}
    state, by = (None, None) if row is None else (row.state, row.submitted_by)
    return Situation(state, unmet=unmet, submitted_by=by, closed_on=at.closed_on)


def broken_locks(at: Standing, day: date, lines: tuple[RevisionLineRow, ...]) -> tuple[str, ...]:
    """Return who would be asked for fewer than are settled or agreed on a day. One query."""
    _, locked = _settled_and_locked(at.year, day)
    return tuple(line.municipality for line in lines if line.number < locked.get(line.municipality, 0))


def changed_requests(at: Standing, row: RevisionRow) -> tuple[str, ...]:
    """Return whose request is another than when a revision was made. One query."""
    now, then = asked_for(at.year), {code: values["request"] for code, values in row.inputs["asked"].items()}
    return tuple(code for code in sorted(now.keys() | then.keys()) if now.get(code, 0) != then.get(code, 0))


def usual_floor(at: Standing) -> int | None:
    """Return the fewest persons that a municipality of a round is asked for; None when it is not known."""
    if at.least is not None:
        return at.least
    try:
        return least_request(at.year)
    except NotKnown:
        return None


def has_claims(at: Standing) -> bool:
    """Tell whether the round's criteria give claims by which those who are not asked can be taken in."""
    return _claims(at) is not None


def _facts(asked: Mapping[str, AskedNow], newcomers: Mapping[str, Fraction]) -> RevisionFacts:
    facts = RevisionFacts(asked, newcomers, "")
    return RevisionFacts(asked, newcomers, digest(facts.as_inputs()))


def _settled_and_locked(year: int, day: date) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return who has settled, and who is settled or agreed upon; at least so many, in persons."""
    settled: dict[str, int] = {}
    locked: dict[str, int] = {}
    for (code, step, group), sided in as_of(ledger_lines(year), year, day).rows.items():
        if group is LedgerGroup.ALL and step in (SettlementStep.AGREED, SettlementStep.SETTLED):
            locked[code] = max(sided.count.shown, locked.get(code, 0))
            if step is SettlementStep.SETTLED:
                settled[code] = sided.count.shown
    return settled, locked


def _newcomers(at: Standing, asked: Mapping[str, AskedNow]) -> Mapping[str, Fraction]:
    """Return what the criteria would give each municipality that is not asked, of all that is asked for now."""
    known = _claims(at)
    if known is None:
        return {}
    whole, total = sum(known.claims.values(), start=Fraction(0)), sum(each.request for each in asked.values())
    return {code: total * claim / whole for code, claim in known.claims.items() if claim and code not in asked}


def _claims(at: Standing) -> Claims | None:
    """Return the claims of the run whose proposal was shared, else of the criteria; None when they give none."""
    run, criteria = at.current_proposal, at.current_criteria
    if run is not None:
        return claims_known(run.criteria_file, run.day, at.figures)
    return None if criteria is None else claims_known(criteria.file, criteria.day, at.figures)
