"""The proposal: its runs, how far they have come, their hashes, the replay, and the numbers by county."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bosett.basis.refusals import Refusal
from bosett.documents.days import time_in
from bosett.documents.words import word_or
from bosett.geography import counties, municipalities
from bosett.rounds.states import ProposalState
from bosett_web.actions.round.proposals import replay
from bosett_web.queries.lines import proposed_by_county
from bosett_web.queries.situations import new_situation, proposal_situation
from bosett_web.screens import formats
from bosett_web.screens.buttons import buttons
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

MOVES = "proposal.share proposal.confirm"


def proposal(view: View) -> Mapping[str, Any]:
    """Build the page: the newest run first; `?replay=` computes a stored run again and tells whether it is the same."""
    runs = []
    asked = view.request.GET.get("replay", "")
    before: Mapping[str, int] = {}
    for row in view.at.proposals:
        stale = view.whole.out_of_date(row) if row is view.at.proposals[-1] else ()
        names = MOVES if stale else "proposal.share"
        sums = proposed_by_county(row.id) if row.state in (ProposalState.COMPUTED, ProposalState.SHARED) else {}
        target = next((each for each in view.whole.targets if each.id == row.targets), None)
        runs.append(
            {
                "row": row,
                "why": _why(row.error, view),
                "stale": stale,
                "targets": target.version if target else None,
                "buttons": buttons(view.request, proposal_situation(view.whole, row), names, version=row.version),
                "sums": [
                    {
                        "county": each,
                        "number": sums.get(each.code, 0),
                        "change": sums.get(each.code, 0) - before[each.code] if each.code in before else None,
                    }
                    for each in view.counties
                ]
                if sums
                else [],
                "total": sum(sums.values()),
                "replayed": _replayed(row.id) if sums and asked == str(row.version) else "",
            }
        )
        before = sums or before
    new = buttons(view.request, new_situation(view.whole), "proposal.queue")
    waiting = any(row.state == ProposalState.QUEUED for row in view.at.proposals)
    return {
        "runs": list(reversed(runs)),
        "queue": new[0] if new else None,
        "waiting": waiting,
        "finished": not waiting,
    }


def _replayed(run: int) -> str:
    """Return what a stored run came to when it was computed again: the same, something else, or nothing at all."""
    try:
        return "same" if replay(run) else "differs"
    except Refusal:
        return "none"


def why_no_answer(refusal: Mapping[str, Any], view: View) -> str:
    """Return why a run has no answer, as `no_answer` told it, in words."""
    names = {each.code: each.name for each in counties(view.year)}
    names |= {each.code: each.display_name for each in municipalities(view.year)}
    facts = {
        "where": names.get(refusal.get("county", ""), say("run_whole_country", view.language)),
        "who": ", ".join(names[code] for code in refusal.get("who", [])),
        "lacking": ", ".join(_figures(each, view.language) for each in refusal.get("lacking", [])),
        "near": ", ".join(formats.number(total) for total in refusal.get("near", [])) or "–",
        "day": formats.day(date.fromisoformat(refusal["day"]), view.language) if "day" in refusal else "",
        **{name: refusal[name] for name in ("sum", "total", "year") if name in refusal},
    }
    return say(refusal["code"], view.language, **facts)


def _why(error: str, view: View) -> str:
    """Return why a stored run has no answer, in words; empty when it has one, or none yet."""
    if not error:
        return ""
    # Runs of before 0.1.0 hold a sentence in English.
    return why_no_answer(json.loads(error) if error.startswith("{") else {"code": "run_failed"}, view)


def _figures(named: Sequence[str], language: str) -> str:
    """Return what figures a run lacks are called, with their year or month."""
    indicator, time = named
    return f"{word_or(f'indicator_{indicator}', language, indicator)} {time_in(time, language)}"
