"""The page of a year whose need has moved: what is known now, the alerts, and the revision that meets them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bosett.apportion import Impossible, Tied
from bosett.figures import NoFigures, series
from bosett.geography import municipalities
from bosett.parameters import NotKnown, alert_limits, danish_limit
from bosett.render.csv_table import csv_table
from bosett.rounds.need_alerts import NeedGroup, NeedMove, is_beyond_danish
from bosett.rounds.parties import Who
from bosett.rounds.release import COUNTRY
from bosett.rounds.revision_options import BorneBy, RevisionBound, RevisionOption, borne_by
from bosett.rounds.sizes import SIZES, size_of
from bosett.rounds.states import CapacityState, RevisionState
from bosett.rounds.visibility import Thing, may_see
from bosett.stages.revision import RevisionWay
from bosett_web.queries.revision.alerts import (
    AlertRow,
    NeedKnown,
    alert_situation,
    alerts_of,
    need_moves,
    target_in_force,
)
from bosett_web.queries.revision.revisions import (
    RevisionFacts,
    RevisionLineRow,
    RevisionRow,
    broken_locks,
    changed_requests,
    facts_of_inputs,
    has_claims,
    option_of,
    revision_lines,
    revision_situation,
    revisions_of,
    rules_of,
    usual_floor,
)
from bosett_web.queries.sight import sees, sees_ledger
from bosett_web.queries.standing import NoRound, kept_standing
from bosett_web.records import clock
from bosett_web.screens import formats
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.forms import PageRequest, shown
from bosett_web.screens.revision.forms import RevisionChangeForm, RevisionForm
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

SEEN = "revision.submit revision.set_total revision.decide"
BACK = "revision.return revision.take_back revision.drop"
"""The moves of a revision: those that hand it on, and the ways back."""
PERCENT = 100


@dataclass(frozen=True, slots=True)
class MoveInWords:
    """How far a need is from its target: whose, the sentence, what the Danish rule says, and what it rests on."""

    group: str
    words: str
    danish: str
    basis: str
    is_beyond: bool


@dataclass(frozen=True, slots=True)
class AlertInWords:
    """An alert as the page lists it, with the button that acknowledges it."""

    row: AlertRow
    group: str
    words: str
    state: str
    acknowledge: Button | None


@dataclass(frozen=True, slots=True)
class WayInWords:
    """A way as it stands beside the others; `why_not` says why it has no numbers."""

    way: str
    words: str
    is_chosen: bool
    option: RevisionOption
    largest_cut: str
    why_not: str


@dataclass(frozen=True, slots=True)
class LineInWords:
    """What a municipality gets, and why; of the chosen way, with its number in the others beside."""

    name: str
    line: RevisionLineRow
    exact: str
    why: str
    idle: str
    beside: tuple[int | None, ...]


def revision(view: View) -> Mapping[str, Any]:
    """Build the page.

    Raises:
        Http404: For who may not see forecasts.
    """
    if not sees(view.request.who, Thing.FORECAST, "registered", view.whole, view.moment):
        raise Http404
    everything = sees(view.request.who, Thing.REVISION, RevisionState.DECIDED, view.whole, view.moment)
    target = target_in_force(view.whole, untold=everything)
    moves = need_moves(view.whole, view.day, target)
    rows = [row for row in revisions_of(view.year) if _sees(view, row)]
    open_row = next((row for row in rows if row.is_open), None)
    return {
        "target": target,
        "moves": [_move(view, move, known) for move, known in moves],
        "alerts": [_alert(view, row) for row in alerts_of(view.year) if everything or row.target == target],
        "everything": everything,
        "open": open_row,
        "decided": [row for row in rows if row.decided_on is not None],
        "dropped": [row for row in rows if not row.is_open and row.decided_on is None],
        "country": COUNTRY,
        "country_name": say("targets_country", view.language),
        **(_open(view, open_row) if open_row else {}),
        **(_shown_lines(view, rows, open_row)),
        **_drafting(view, open_row, moves),
        "subject": f"revision:{view.year}",
        "alert_subject": f"alert:{view.year}",
    }


@require_safe
def revision_csv(request: PageRequest, year: int, version: int) -> HttpResponse:
    """Return a revision's numbers as CSV that a Norwegian spreadsheet program opens.

    Raises:
        Http404: There is no such revision for this reader.
    """
    moment, language = clock.moment(), request.language
    try:
        whole = kept_standing(year)
    except NoRound:
        raise Http404(year) from None
    row = next((each for each in revisions_of(year) if each.version == version), None)
    if row is None or not sees(request.who, Thing.REVISION, row.state, whole, moment):
        raise Http404(version)
    names = {place.code: place.display_name for place in municipalities(year)}
    heads = ("revision_municipality", "revision_before", "revision_number", "revision_idle", "revision_bound")
    lines: list[list[object]] = [[say("csv_municipality_code", language), *(say(head, language) for head in heads)]]
    facts = facts_of_inputs(row.inputs)
    for line in seen_lines(request.who, row):
        words = (_idle(line, facts, language), _why(request.who, line, language))
        lines.append([line.municipality, names[line.municipality], line.before, line.number, *words])
    return HttpResponse(
        csv_table(lines),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="revision-{year}-{version}.csv"'},
    )


def seen_lines(who: Who, row: RevisionRow) -> tuple[RevisionLineRow, ...]:
    """Return the lines of a revision that somebody may see: those of one's own county, as they tell of its ledger."""
    return tuple(
        line
        for line in revision_lines(row.id)
        if may_see(who, Thing.REVISION, row.state, line.county, line.municipality)
        and sees_ledger(who, line.county, line.municipality)
    )


def _sees_capacity(who: Who, line: RevisionLineRow) -> bool:
    return may_see(who, Thing.CAPACITY, CapacityState.REPORTED, line.county, line.municipality)


def _why(who: Who, line: RevisionLineRow, language: str) -> str:
    """Return what made a number; that it is the reported capacity is told to those who may read that."""
    bound = RevisionBound.SHARED if line.bound == RevisionBound.ROOM and not _sees_capacity(who, line) else line.bound
    return say(f"revision_bound_{bound}", language)


def _idle(line: RevisionLineRow, facts: RevisionFacts, language: str) -> str:
    """Return the decided places that are not asked for, or why they are not known."""
    if line.idle is not None:
        return formats.number(line.idle)
    known = facts.asked.get(line.municipality)
    return say("hidden" if known is not None and known.is_hidden else "revision_unanswered", language)


def _sees(view: View, row: RevisionRow) -> bool:
    return sees(view.request.who, Thing.REVISION, row.state, view.whole, view.moment)


# The need


def _move(view: View, move: NeedMove, known: NeedKnown) -> MoveInWords:
    language = view.language
    try:
        limits = alert_limits(view.year)
        limit, is_beyond = _percent(limits.beyond), move.is_beyond(limits.beyond)
        danish = say(
            "alert_danish_beyond" if is_beyond_danish(move, view.year) else "alert_danish_within",
            language,
            percent=_percent(danish_limit(view.year, move.target)),
        )
    except NotKnown:
        limit, is_beyond, danish = "", False, ""
    words = _moved(move, known.low, known.high, language)
    if limit:
        words = f"{words} {say('alert_beyond' if is_beyond else 'alert_within', language, percent=limit)}"
    basis = say(f"alert_basis_{known.basis}", language, day=formats.day(known.as_of, language))
    return MoveInWords(say(f"alert_group_{move.group}", language), words, danish, basis, is_beyond)


def _moved(move: NeedMove, low: int | None, high: int | None, language: str) -> str:
    facts: dict[str, object] = {"need": formats.number(move.need), "target": formats.number(move.target)}
    if low is not None and high is not None:
        facts["need"] = say(
            "alert_range", language, need=facts["need"], low=formats.number(low), high=formats.number(high)
        )
    if not move.change:
        return say("alert_same", language, **facts)
    facts["persons"] = formats.number(abs(move.change))
    code = "alert_above" if move.change > 0 else "alert_below"
    if move.part is None:
        return say(f"{code}_nobody", language, **facts)
    return say(code, language, part=_percent(abs(move.part)), **facts)


def _percent(part: Fraction) -> str:
    """Write a part in whole percent; one that is not whole to a decimal."""
    value = part * PERCENT
    return formats.number(int(value)) if value.denominator == 1 else formats.decimal(value)


def _alert(view: View, row: AlertRow) -> AlertInWords:
    offered = (
        buttons(view.request, alert_situation(view.whole, row), "alert.acknowledge", version=row.version)
        if row.stands
        else ()
    )
    return AlertInWords(
        row=row,
        group=say(f"alert_group_{row.group}", view.language),
        words=_moved(row.move, row.low, row.high, view.language),
        state=say(f"alertstate_{row.state}", view.language),
        acknowledge=next(iter(offered), None),
    )


# The revision


def _open(view: View, row: RevisionRow) -> Mapping[str, Any]:
    facts, rules = facts_of_inputs(row.inputs), rules_of(row)
    options = {way: option_of(facts, way, rules) for way in RevisionWay}
    names = {place.code: place.display_name for place in municipalities(view.year)}
    return {
        "ways": [_way(view, row, option, names) for option in options.values()],
        "buttons": _handing_on(view, row),
        "asked": len(facts.asked),
        "before": sum(each.request for each in facts.asked.values()),
        "locked": sum(each.locked for each in facts.asked.values()),
        "unreported": sum(each.capacity is None for each in facts.asked.values()),
        "unanswered": sum(each.decided is None and not each.is_hidden for each in facts.asked.values()),
        "hidden": sum(each.is_hidden for each in facts.asked.values()),
        "old": _old(view, row, names),
    }


def _handing_on(view: View, row: RevisionRow) -> tuple[Button, ...]:
    """Return the buttons of a revision; those that hand it on carry the digest of what was looked at."""
    situation, offered = revision_situation(view.whole, row), dict[str, Button]()
    for name, fields in ((SEEN, {"version": row.version, "seen": row.result_sha256}), (BACK, {"version": row.version})):
        offered |= {each.name: each for each in buttons(view.request, situation, name, at="open", **fields)}
    return tuple(offered.values())


def _old(view: View, row: RevisionRow, names: Mapping[str, str]) -> str:
    """Return what has changed since its facts were laid down, in words; empty when nothing that matters has."""
    if changed := changed_requests(view.whole, row):
        return say("revision_requests_changed", view.language, municipalities=_named(changed, names))
    if broken := broken_locks(view.whole, view.day, revision_lines(row.id)):
        return say("revision_locks_broken", view.language, municipalities=_named(broken, names))
    return ""


def _named(codes: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(sorted((names[code] for code in codes), key=formats.sort_key))


def _way(view: View, row: RevisionRow, option: RevisionOption, names: Mapping[str, str]) -> WayInWords:
    return WayInWords(
        way=option.way,
        words=say(f"revision_way_{option.way}", view.language),
        is_chosen=option.way == row.way,
        option=option,
        largest_cut=_percent(Fraction(round(option.largest_cut * PERCENT), PERCENT)),
        why_not="" if option.numbers else _why_not(option, row, names, view.language),
    )


def _why_not(option: RevisionOption, row: RevisionRow, names: Mapping[str, str], language: str) -> str:
    outcome = option.outcome
    if isinstance(outcome, Tied):
        return say("revision_tied", language, municipalities=_named(sorted(outcome.ranges), names))
    if isinstance(outcome, Impossible):
        near = [formats.number(total) for total in option.nearest if total is not None]
        nearest = f" {say('revision_nearest', language, totals=', '.join(near))}" if near else ""
        return say("revision_impossible", language, total=formats.number(row.total)) + nearest
    return say("revision_unproven", language)


def _shown_lines(view: View, rows: Sequence[RevisionRow], open_row: RevisionRow | None) -> Mapping[str, Any]:
    """Return the numbers of the revision that is worked on, or that is asked for, or that was decided last."""
    asked = view.request.GET.get("version", "")
    chosen = next((row for row in rows if str(row.version) == asked), None)
    row = chosen or open_row or next((each for each in rows if each.decided_on is not None), None)
    if row is None or not row.is_shared:
        return {"shown": None}
    county = view.request.GET.get("county", "")
    lines = seen_lines(view.request.who, row)
    facts, names = facts_of_inputs(row.inputs), {each.code: each.name for each in view.counties}
    option = option_of(facts, RevisionWay(row.way), rules_of(row))
    by_name, sizes = formats.sort_key, _size_names(view.language)
    return {
        "shown": row,
        "by_county": _in_order(
            borne_by(option, facts.asked, {line.municipality: names[line.county] for line in lines}), by_name
        ),
        "by_size": _in_order(
            borne_by(option, facts.asked, _sizes(view, [line.municipality for line in lines])), sizes.index
        ),
        "counties": sorted(
            {(line.county, names[line.county]) for line in lines}, key=lambda each: formats.sort_key(each[1])
        ),
        "county": county if county in names else "",
        "lines": _lines(view, row, facts, [line for line in lines if line.county == county]),
        "others": [each for each in RevisionWay if each != row.way],
    }


def _in_order(groups: Mapping[str, BorneBy], order: Callable[[str], Any]) -> list[tuple[str, BorneBy]]:
    return sorted(groups.items(), key=lambda each: order(each[0]))


def _sizes(view: View, codes: Sequence[str]) -> Mapping[str, str]:
    names = _size_names(view.language)
    try:
        people = series("population", view.year, figures=view.whole.figures).figures
    except NoFigures:
        return dict.fromkeys(codes, names[-1])
    named = dict(zip([name for _, name in SIZES], names, strict=False))
    sizes = {code: size_of(people[code].persons if code in people else None) for code in codes}
    return {code: named.get(size, names[-1]) for code, size in sizes.items()}


def _size_names(language: str) -> list[str]:
    """Return the classes of size in words, the smallest first, and last that the population is not known."""
    bounds = [formats.number(smallest) for smallest, _ in SIZES[1:]]
    between = [f"{formats.number(low)}\u2013{formats.number(high - 1)}" for (low, _), (high, _) in pairwise(SIZES[1:])]
    ends = (
        say("revision_size_under", language, number=bounds[0]),
        say("revision_size_from", language, number=bounds[-1]),
    )
    return [ends[0], *between, ends[1], say("missing", language)]


def _lines(view: View, row: RevisionRow, facts: RevisionFacts, lines: Sequence[RevisionLineRow]) -> list[LineInWords]:
    names = {place.code: place.display_name for place in municipalities(view.year)}
    options = [option_of(facts, way, rules_of(row)) for way in RevisionWay if way != row.way]
    return [
        LineInWords(
            name=names[line.municipality],
            line=line,
            exact=formats.decimal(Fraction(line.exact)),
            why=_why(view.request.who, line, view.language),
            idle=_idle(line, facts, view.language),
            beside=tuple(_number(view, option, line) for option in options),
        )
        for line in sorted(lines, key=lambda each: formats.sort_key(names[each.municipality]))
    ]


def _number(view: View, option: RevisionOption, line: RevisionLineRow) -> int | None:
    """Return the number in another way; by capacity it is told to those who may read that."""
    revised = option.numbers.get(line.municipality)
    if revised is None or (option.way is RevisionWay.CAPACITY and not _sees_capacity(view.request.who, line)):
        return None
    return revised.number


# What is filled in


def _drafting(view: View, row: RevisionRow | None, moves: Sequence[tuple[NeedMove, NeedKnown]]) -> Mapping[str, Any]:
    """Return the form of a new revision, or of the draft that is worked on, where its button can be used."""
    name = "revision.draft" if row is None else "revision.change"
    button = next(iter(buttons(view.request, revision_situation(view.whole, row), name)), None)
    if row is not None and (button is None or row.state != RevisionState.DRAFTED):
        return {"draft": None, "form": None}
    form: RevisionForm | None = None
    if may(button):
        initial = _initial(view, row, moves)
        if row is None:
            form = shown(view.request, RevisionForm, name, begin="r", initial=initial)
        else:
            form = shown(view.request, RevisionChangeForm, name, begin="r", initial=initial, version=row.version)
        if not has_claims(view.whole):
            del form.fields["take_in"], form.fields["ask_all"]
    return {"draft": button, "form": form}


def _initial(view: View, row: RevisionRow | None, moves: Sequence[tuple[NeedMove, NeedKnown]]) -> Mapping[str, object]:
    if row is None:
        need = next((move.need for move, _ in moves if move.group is NeedGroup.ALL), None)
        return {"total": need, "way": RevisionWay.FIRST, "floor": usual_floor(view.whole), "step": 1}
    names = {place.code: place.display_name for place in municipalities(view.year)}
    locks = "\n".join(f"{names[code]} {number}" for code, number in row.inputs["locks"].items())
    own = {name: getattr(row, name) for name in ("total", "way", "floor", "step", "tie_rule", "why")}
    ticked = {name: "1" for name in ("may_drop", "take_in", "ask_all") if getattr(row, name)}
    return {**own, **ticked, "locks": locks}
