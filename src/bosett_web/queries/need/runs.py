"""Full runs of a forecast: how one stands, and what it came to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bosett.documents.need_forecast import range_of, summary_of
from bosett.rounds.states import NeedRunState
from bosett.stages.forecast.months import FlowMonth
from bosett_web.queries.background import is_under_way
from bosett_web.queries.need_reckoned import NeedReckoned
from bosett_web.queries.rows import rows_of
from bosett_web.records.models import NeedRun
from bosett_web.records.tasks import Task


@dataclass(frozen=True, slots=True)
class NeedRunRow:
    """A full run.

    Attributes:
        id: What it is known by.
        state: How far it has come.
        result: The document as the command line prints it, and who is to be settled by month; None until it is done.
        why: Why there is no result, as a code and its facts.
    """

    id: int
    state: str
    result: Mapping[str, Any] | None
    why: Mapping[str, Any]

    @property
    def document(self) -> str:
        """The document as the command line prints it; empty until it is done."""
        return "" if self.result is None else str(self.result["document"])

    @property
    def answer(self) -> NeedReckoned | None:
        """What it came to; None until it is done."""
        if self.result is None:
            return None
        summary = summary_of(json.loads(self.document))
        return NeedReckoned(summary, {_month(each["month"]): range_of(each) for each in self.result["so_far"]})


def runs_of(year: int, keys: list[str]) -> Mapping[str, NeedRunRow]:
    """Return the newest run of each of some questions, by key. One query."""
    newest = NeedRun.objects.filter(round=year, key__in=keys).order_by("key", "-pk").distinct("key")
    named = dict(newest.values_list("pk", "key"))
    rows = rows_of(NeedRunRow, NeedRun.objects.filter(pk__in=named).order_by("pk"))
    return {named[row.id]: row for row in rows}


def is_broken_off(row: NeedRunRow) -> bool:
    """Tell whether a run is queued and nobody works on it, nor will."""
    return row.state == NeedRunState.QUEUED and not is_under_way(Task.RUN_NEED, run=row.id)


def _month(text: str) -> FlowMonth:
    year, _, number = text.partition("-")
    return FlowMonth(int(year), int(number))
