"""A round from before the workspace is read in: told by published figures, and never taken through here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from bosett.figures.kinds import Status
from bosett.rounds.moves import Situation
from bosett.rounds.states import CriteriaState, DecisionState, RoundState
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, action, note, require
from bosett_web.actions.numbers.numbers import subject_of
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.queries.former import (
    criteria_known,
    days_published,
    decisions_published,
    requests_published,
    years_to_read_in,
)
from bosett_web.queries.layers import layers_now
from bosett_web.records import clock
from bosett_web.records.models import CriteriaSet, Decision, Request, SettlementRound

MOVE = "round.read_in"


@dataclass(frozen=True, slots=True)
class ReadIn:
    """What a former round was given: municipalities asked, their requests of any version, and their decisions."""

    municipalities: int
    requests: int
    decisions: int
    criteria: str | None

    @property
    def facts(self) -> Mapping[str, object]:
        """What the journal keeps of it."""
        counts = {"municipalities": self.municipalities, "requests": self.requests, "decisions": self.decisions}
        return {"state": RoundState.FROZEN, **counts, "file": self.criteria}


@action
def read_in(actor: Actor, /, *, year: int) -> Event:
    """Read in a round from before the workspace, as published.

    Args:
        actor: The directorate's approver.
        year: One of those that can be read in.

    Raises:
        Objected: Not by this role, or there is a round for the year.
        Invalid: No requests of the year are known, or it has not begun.
    """
    state = SettlementRound.objects.filter(pk=year).values_list("state", flat=True).first()
    require(MOVE, actor, Situation(state), subject_of(year), year)
    return _read_in(actor, year)


def read_in_by_system(year: int) -> Event:
    """Read in a round from before the workspace, from the command line.

    Raises:
        Invalid: There is a round for the year, no requests of it are known, or it has not begun.
    """
    with transaction.atomic(durable=True):
        return _read_in(None, year)


def make_former(year: int, day: date, planned: int | None = None) -> ReadIn:
    """Make a round as published figures tell of it on a day; within a transaction that writes its event.

    Each decision answers the newest request that was known with it. One whose number the publisher keeps back has none,
    and a municipality without a figure gets no decision: what it answered is unknown.

    Args:
        year: Settlement year.
        day: Figures known later are left out.
        planned: Persons that were planned for, where it is known.
    """
    figures = layers_now()
    published_on = days_published(year, day, figures)
    moments = {version: timezone.make_aware(datetime.combine(on, time())) for version, on in published_on.items()}
    first = min(published_on.values())
    SettlementRound.objects.create(
        year=year, state=RoundState.FROZEN, planned=planned, release_at=min(moments.values())
    )
    if (file := criteria_known(year)) is not None:
        CriteriaSet.objects.create(
            round_id=year,
            version=1,
            state=CriteriaState.SHARED,
            title=f"Kriterier for anmodning om bosetting i {year}",
            file=file,
            day=first,
        )
    requests = Request.objects.bulk_create(
        [
            Request(
                round_id=year,
                municipality=code,
                version=version,
                number=number,
                day=published_on[version],
                sent_at=moments[version],
            )
            for version, numbers in requests_published(year, day, figures).items()
            for code, number in numbers.items()
        ]
    )
    decisions = _decisions(year, day, requests)
    return ReadIn(len({row.municipality for row in requests}), len(requests), len(decisions), file)


def _decisions(year: int, day: date, requests: list[Request]) -> list[Decision]:
    decided = decisions_published(year, day, layers_now())
    if decided is None:
        return []
    answered: dict[str, Request] = {}
    for request in requests:  # by version: the first counts where all were known later
        if request.municipality not in answered or request.day <= decided.known_on:
            answered[request.municipality] = request
    return Decision.objects.bulk_create(
        [
            Decision(
                round_id=year,
                municipality=code,
                version=1,
                request=answered[code],
                state=DecisionState.COMPLETE,
                number=figure.persons,
                source=decided.publisher,
                day=decided.known_on,
            )
            for code, figure in decided.figures.items()
            if code in answered and figure.status in (Status.OK, Status.HIDDEN)
        ]
    )


def _read_in(actor: Actor | None, year: int) -> Event:
    if year not in years_to_read_in(clock.today()):
        raise Invalid("year", "year_not_to_read_in", {"year": str(year)})
    facts = make_former(year, clock.today()).facts
    return note(actor, Entry(MOVE, subject_of(year), year, {}, facts))
