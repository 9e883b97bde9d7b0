"""The four steps of a round's letters, each with its state in words, and how the work goes: the top of their pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.urls import reverse

from bosett.documents.letters import Lack
from bosett.rounds.states import LetterState
from bosett_web.queries.background import BROKEN_OFF, UNDER_WAY, is_worked, job_state
from bosett_web.queries.letters.contents import DueLetter
from bosett_web.queries.letters.county_sheet import KIND as RECOMMENDATION
from bosett_web.queries.letters.letters import LetterRow, letter_rows
from bosett_web.queries.letters.truth import letters_due
from bosett_web.records import clock
from bosett_web.records.models.letters import NUMBERED, SENT
from bosett_web.records.tasks import Task
from bosett_web.screens.letters.downloads import own
from bosett_web.screens.screen import View
from bosett_web.screens.words import say


class LettersStep(StrEnum):
    """A step, by the name of its page."""

    NEED = "letters"
    LOOK = "letters_look"
    CHECK = "letters_check"
    DELIVERY = "letters_delivery"


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the line of steps shows it: its state in words, and whether that is `none`, `underway` or `done`."""

    step: LettersStep
    address: str
    number: int
    title: str
    state: str
    kind: str
    is_here: bool


class LettersWork:
    """A round's letters as they stand, read once for a page."""

    def __init__(self, view: View) -> None:
        """Read them; they are the directorate's own.

        Raises:
            Http404: For others.
        """
        own(view)
        self.view = view
        # The job before the letters: if it ends in between, the page asks once more, and never ends with too few.
        self.job = job_state(Task.MAKE_LETTERS, year=view.year)
        self.rows = letter_rows(view.year)

    @cached_property
    def ours(self) -> tuple[LetterRow, ...]:
        """The letters that we make and send; what the counties have handed over is their own."""
        return tuple(row for row in self.rows if row.kind != RECOMMENDATION)

    @cached_property
    def wanted(self) -> tuple[DueLetter, ...]:
        """The letters that are due."""
        return letters_due(self.view.whole, self.view.day)

    @cached_property
    def lacks(self) -> Mapping[str, Sequence[Lack]]:
        """What lacks in each letter that is due, by its reference."""
        return {each.reference: each.lacks() for each in self.wanted}

    @property
    def ready(self) -> int:
        """Letters that can be made now, or made anew."""
        return sum(not each for each in self.lacks.values())

    @property
    def due(self) -> int:
        """Letters that are due and not there."""
        return sum(each.letter is None for each in self.wanted)

    def shown(self, here: LettersStep) -> Mapping[str, Any]:
        """Return what every page of the letters shows: the steps, and how the making and the sending go."""
        steps = self._steps(here)
        ahead = next((each for before, each in pairwise(steps) if before.is_here), None)
        return {
            "former": self.view.at.is_former and not self.wanted and not self.rows,
            "steps": steps,
            "ahead": ahead,
            "is_done": any(each.is_here and each.kind == "done" for each in steps),
            "here_address": reverse(here, args=[self.view.year]),
            "of_delivery": here is LettersStep.DELIVERY,
            **self._going(),
        }

    def _steps(self, here: LettersStep) -> list[StepLine]:
        states = {
            LettersStep.NEED: self._need(),
            LettersStep.LOOK: self._look(),
            LettersStep.CHECK: self._check(),
            LettersStep.DELIVERY: self._delivery(),
        }
        return [
            StepLine(
                step=step,
                address=reverse(step, args=[self.view.year]),
                number=number,
                title=self._say(f"step_{step}"),
                state=state,
                kind=kind,
                is_here=step is here,
            )
            for number, (step, (state, kind)) in enumerate(states.items(), 1)
        ]

    def _need(self) -> tuple[str, str]:
        lacking = sum(bool(each) for each in self.lacks.values())
        if self.job in UNDER_WAY:
            return self._say("letters_being"), "underway"
        if lacking:
            return self._say("letters_lacking", count=lacking), "underway"
        if self.due:
            return self._say("letters_to_make", count=self.due), "underway"
        if not self.view.at.is_frozen:
            return self._say("letters_not_frozen"), "none"
        return self._say("letters_need_nothing"), "done"

    def _look(self) -> tuple[str, str]:
        if not self.ours:
            return self._say("letters_none"), "none"
        to_look = self._count(LetterState.MADE)
        return self._say("letters_made", made=len(self.ours)), "underway" if to_look or self.due else "done"

    def _check(self) -> tuple[str, str]:
        parts = [
            self._say(f"letters_wait_{state}", count=count)
            for state in (LetterState.MADE, LetterState.APPROVED)
            if (count := self._count(state))
        ]
        if parts:
            return ", ".join(parts), "underway"
        return (self._say("letters_all_out"), "done") if self.ours else (self._say("letters_none_wait"), "none")

    def _delivery(self) -> tuple[str, str]:
        counts = self.states
        parts = [self._say(f"letters_are_{state}", count=counts[state]) for state in ON_THE_WAY if counts[state]]
        if not parts:
            return self._say("letters_none_sent"), "none"
        return ", ".join(parts), "done" if sum(counts[state] for state in SENT) == len(self.ours) else "underway"

    @cached_property
    def states(self) -> Mapping[str, int]:
        """How many letters are in each state."""
        return Counter(row.state for row in self.ours)

    def _count(self, state: LetterState) -> int:
        return self.states[state]

    def _going(self) -> Mapping[str, Any]:
        """Return how the making and the sending go, and whether anybody works at them."""
        queued, making = self._count(LetterState.QUEUED), self.job in UNDER_WAY
        done = sum(row.kind in NUMBERED for row in self.rows)
        left = sum(each.letter is None and not self.lacks[each.reference] for each in self.wanted)
        waiting = making or queued > 0
        come = sum(self.states[state] for state in SENT)
        return {
            "making": making,
            "broken": self.job in BROKEN_OFF and left > 0,
            "made_so_far": done,
            "of": done + left,
            "queued": queued,
            "come": come,
            "come_of": come + queued,
            "waiting": waiting,
            "not_worked": waiting and not is_worked(clock.now()),
            # Not loaded anew by itself, as somebody may be writing in a form below.
            "ended": bool(self.view.request.htmx) and not waiting and self.job not in BROKEN_OFF,
        }

    def _say(self, code: str, **facts: object) -> str:
        return say(code, self.view.language, **facts)


ON_THE_WAY = (
    *(LetterState.QUEUED, LetterState.DELIVERED, LetterState.READ, LetterState.ON_PAPER),
    *(LetterState.FAILED, LetterState.STOPPED),
)
"""What may have become of a letter once it was sent."""
