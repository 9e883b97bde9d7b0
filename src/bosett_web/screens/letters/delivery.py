"""How far a round's letters have come: by state and by the way they went, what failed and what to do, and the files."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bosett.rounds.states import LetterState
from bosett_web.dispatch import Channel
from bosett_web.queries.letters.letters import LetterRow, digest_of, letter_situation
from bosett_web.queries.letters.truth import untruths
from bosett_web.screens.buttons import Button, buttons
from bosett_web.screens.letters.choice import query
from bosett_web.screens.letters.letters import LONG, service_told
from bosett_web.screens.letters.look import counted
from bosett_web.screens.letters.steps import ON_THE_WAY, LettersStep, LettersWork
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

TO_DO: Mapping[str, str] = {LetterState.FAILED: "letter.retry", LetterState.STOPPED: "letter.ask"}
"""What can be done with all letters that did not come, by their state."""


@dataclass(frozen=True, slots=True)
class NotCome:
    """Letters that did not come for one reason: which, why, what to do, and the buttons for all of them."""

    state: str
    why: str
    mend: str
    rows: tuple[LetterRow, ...]
    buttons: tuple[Button, ...]

    @property
    def many(self) -> bool:
        """Whether the letters are folded away."""
        return len(self.rows) > LONG


def letters_delivery(view: View) -> Mapping[str, Any]:
    """Build the fourth step.

    Raises:
        Http404: For others than the directorate.
    """
    work = LettersWork(view)
    sent = tuple(row for row in work.ours if row.state in ON_THE_WAY)
    return {
        **work.shown(LettersStep.DELIVERY),
        "held": bool(work.rows),
        "sent": len(sent),
        "told": counted(sent, view.language),
        "unsent": len(work.ours) - len(sent),
        "states": [state for state in ON_THE_WAY if work.states[state]],
        "channels": _channels(sent),
        "not_come": _not_come(view, sent),
    }


def _channels(sent: Sequence[LetterRow]) -> list[tuple[str, list[tuple[str, int]], int]]:
    """Return how many letters are in each state, by the channel that they went through; empty while none was tried.

    Each count stands with the code of its state's words.
    """
    counts = Counter((row.channel, row.state) for row in sent)
    used = [state for state in ON_THE_WAY if any(row.state == state for row in sent)]
    channels = [each for each in ("", *Channel) if any(row.channel == each for row in sent)]
    return [
        (
            channel,
            [(f"letterstate_{state}", counts[channel, state]) for state in used],
            sum(row.channel == channel for row in sent),
        )
        for channel in channels
    ]


def _not_come(view: View, sent: Sequence[LetterRow]) -> list[NotCome]:
    """Return the letters that did not come by reason, the most frequent first."""
    failed = [row for row in sent if row.state in TO_DO]
    untrue = untruths(view.year, failed, view.day)
    by_reason: dict[tuple[str, str, bool], list[LetterRow]] = {}
    for row in failed:
        # One that is not true any more is written anew; sending it again is refused.
        code = untrue.get(row.id, "") if row.state == LetterState.FAILED else ""
        reference = row.reference if code else ""
        why = say(code, view.language, reference=reference) if code else service_told(row.why, view.language)
        by_reason.setdefault((row.state, why, bool(code)), []).append(row)
    ordered = sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [_reason(view, state, why, rows, anew=anew) for (state, why, anew), rows in ordered]


def _reason(view: View, state: str, why: str, rows: Sequence[LetterRow], *, anew: bool) -> NotCome:
    ids = ",".join(str(row.id) for row in rows)
    carried = {"letters": ids, "seen": digest_of(rows), "query": query(view)}
    made: tuple[Button, ...] = ()
    if not anew:
        at = f"{state}-{rows[0].id}"
        made = buttons(view.request, letter_situation(view.whole, rows[0]), TO_DO[state], at=at, **carried)
    mend = say("letters_mend_anew" if anew else f"letters_mend_{state}", view.language)
    return NotCome(state, why, mend, tuple(rows), made)
