"""Figures of one's own: a file is read in, held against what is there, and accepted by a second person."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from bosett.basis.refusals import Refusal
from bosett.basis.structures import Structure, structure_of
from bosett.documents.days import time_in
from bosett.documents.words import word_or
from bosett.figures import Figure, Layers, indicators
from bosett.figures.catalogue import rows_by_time
from bosett.figures.compare import DifferenceKind, FigureDifference
from bosett.figures.versions import FigureVersion
from bosett.geography import register
from bosett.rounds.moves import Situation
from bosett.rounds.parties import Party
from bosett.rounds.states import FigureState
from bosett.sources.figure_readers import READERS, FileFacts, wanted
from bosett_web.accounts.actor import Actor, acting
from bosett_web.actions.doing import Invalid
from bosett_web.actions.figures import figures as actions
from bosett_web.queries.figures.figures import FigureSetRow, NoFigureSet, comparison, figure_set, figure_sets
from bosett_web.queries.layers import layers_now
from bosett_web.records import clock
from bosett_web.screens import words
from bosett_web.screens.buttons import buttons, may
from bosett_web.screens.figures.fetching import FETCH, ask, fetching
from bosett_web.screens.figures.forms import MOST_FILE, AcceptFiguresForm, FetchFiguresForm, ReadFiguresForm
from bosett_web.screens.figures.refused import why_refused
from bosett_web.screens.forms import PageForm, PageRequest, ReasonForm, attempt, shown
from bosett_web.screens.frame import show
from bosett_web.screens.words import say

READ, ACCEPT = "figures.read", "figures.accept"
TIME = re.compile(r"(?:(?P<month>0?[1-9]|1[0-2])\.)?(?P<year>[0-9]{4})")
NO_FIGURES = "–"
"""What stands in place of the figures of a row that tells of a sum."""
MOST_SHOWN = 400
"""Rows of a kind that a page shows; how many more there are is told."""


def _accept(actor: Actor, identity: int, form: AcceptFiguresForm) -> object:
    return actions.accept(actor, identity=identity, rows=form.rows(), looked=bool(form.text_of("looked")))


def _refuse(actor: Actor, identity: int, form: PageForm) -> object:
    return actions.refuse(actor, identity=identity, reason=form.text_of("reason"))


def _take_back(actor: Actor, identity: int, form: PageForm) -> object:
    return actions.take_back(actor, identity=identity, reason=form.text_of("reason"))


DEEDS: Mapping[str, tuple[type[PageForm], Callable[..., object]]] = {
    "accept": (AcceptFiguresForm, _accept),
    "refuse": (ReasonForm, _refuse),
    "take_back": (ReasonForm, _take_back),
}


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """What the workspace has of an indicator: the latest time that is shipped, and the latest that is accepted."""

    name: str
    title: str
    publisher: str
    shipped: str
    accepted: str


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A difference in words: the place, the figure before and after, and what it is held against."""

    value: str
    place: str
    time: str
    before: str
    after: str
    note: str
    may_be_taken: bool
    ticked: bool


@dataclass(frozen=True, slots=True)
class DifferenceGroup:
    """The differences of a kind, and how many more there are than are shown."""

    kind: str
    rows: tuple[DifferenceRow, ...]
    more: int

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.rows) + self.more


@require_safe
def figures(request: PageRequest) -> HttpResponse:
    """Show what the workspace reads, what waits to be accepted, and the form that reads a file in."""
    return _page(request, 200)


@require_POST
def read(request: PageRequest) -> HttpResponse:
    """Read a file in and show what is in it; refused, show the form with the reason."""
    form, kept = ReadFiguresForm(request.POST, request.FILES, language=request.language, move=READ), list[int]()

    def act() -> None:
        name, content = form.file_of("file")
        if len(content) > MOST_FILE:
            raise Invalid("file", "figures_large", {"most": MOST_FILE // 1024 // 1024})
        pasted = form.text_of("pasted")
        if not content and pasted:
            name, content = say("figures_pasted", request.language), pasted.encode()
        if not content:
            raise Invalid("file", "figures_no_file")
        kept.extend(actions.read(acting(request), source=name, content=content, versions=_read(form, name, content)))

    if status := attempt(request, form, act):
        return _page(request, status)
    messages.success(request, say(f"event_{READ}", request.language))
    return redirect("figures") if len(kept) > 1 else redirect("figure_set", identity=kept[0])


@require_POST
def fetch(request: PageRequest) -> HttpResponse:
    """Ask for a publisher's table, which the worker fetches; refused, show the form with the reason."""
    form = FetchFiguresForm(request.POST, language=request.language, move=FETCH)
    if status := attempt(request, form, lambda: ask(request, form)):
        return _page(request, status)
    messages.success(request, say(f"event_{FETCH}", request.language))
    return redirect("figures")


@require_safe
def figure_set_page(request: PageRequest, identity: int) -> HttpResponse:
    """Show a version: how it stands, and how it differs from what is there."""
    return _one(request, identity, 200)


@require_POST
def change(request: PageRequest, identity: int, name: str) -> HttpResponse:
    """Accept a version, all of it or row by row, refuse it, or take it back."""
    if name not in DEEDS:
        raise Http404(name)
    of_move, doing = DEEDS[name]
    form = of_move(request.POST, language=request.language, move=f"figures.{name}")

    def act() -> None:
        try:
            doing(acting(request), identity, form)
        except Refusal as refused:
            if hasattr(refused, "objection") or isinstance(refused, Invalid):
                raise
            why = why_refused(refused, request.language)
            raise Invalid("rows", "figures_not_taken", {"why": why}) from None

    if status := attempt(request, form, act):
        return _one(request, identity, status)
    messages.success(request, say(f"event_{form.move}", request.language))
    return redirect("figure_set", identity=identity)


# Reading


def _read(form: ReadFiguresForm, name: str, content: bytes) -> Sequence[FigureVersion]:
    """Return what a reader gives of a file, as far as it is wanted.

    Raises:
        Invalid: A field cannot be, or the file cannot be read.
    """
    today = clock.today()
    reader, indicator, time = (form.text_of(each) for each in ("reader", "indicator", "time"))
    if reader not in READERS:
        raise Invalid("reader", "figures_reader")
    if indicator and indicator not in indicators():
        raise Invalid("indicator", "figures_indicator")
    written = TIME.fullmatch(time)
    if time and not written:
        raise Invalid("time", "figures_time")
    if written:
        time = written["year"] + (f"-{int(written['month']):02}" if written["month"] else "")
    known_on = form.day_or_none_of("known_on")
    if known_on and known_on > today:
        raise Invalid("known_on", "dated_later", {"day": today})
    facts = FileFacts(
        indicator=indicator,
        time=time,
        structure=structure_of(int(time[:4]) if time[:4].isdecimal() else today.year),
        publisher="",
        dataset="",
        source=name,
        published_on=None,
        known_on=known_on,
        fetched_on=today,
    )
    try:
        return wanted(READERS[reader](content, facts), facts)
    except Refusal as refused:
        raise Invalid("file", "figures_unread", {"why": why_refused(refused, form.spoken)}) from None


# Pages


def _of_directorate(request: PageRequest) -> Actor:
    actor = request.actor
    if actor is None or actor.party is not Party.DIRECTORATE:
        raise Http404
    return actor


def _page(request: PageRequest, status: int) -> HttpResponse:
    _of_directorate(request)
    language = request.language
    layers, sets = layers_now(), figure_sets()
    may_read = next(iter(buttons(request, Situation(None), READ)), None)
    context = {
        "known": known_indicators(layers, language),
        "waiting": [row for row in sets if row.state == FigureState.READ_IN],
        "accepted": [row for row in sets if row.state == FigureState.ACCEPTED],
        "ended": [row for row in sets if row.state in (FigureState.REFUSED, FigureState.TAKEN_BACK)],
        "may_read": may_read,
        "form": _reading(request) if may(may_read) else None,
        **fetching(request),
        "page": "figures",
    }
    return show(request, "figures/figures.html", context, status)


def _reading(request: PageRequest) -> ReadFiguresForm:
    """Return the form that reads a file in."""
    form = shown(request, ReadFiguresForm, READ, begin="figures")
    form.offer("reader", [(name, form.worded(f"reader_{name}")) for name in READERS])
    known = [(name, _title(name, request.language)) for name in indicators()]
    form.offer("indicator", [("", form.worded("figures_all")), *known])
    return form


def _accepting(request: PageRequest, odd: int) -> AcceptFiguresForm:
    """Return the form that accepts a version; who accepts what is implausible says to have looked at it."""
    form = shown(request, AcceptFiguresForm, ACCEPT, begin="accept")
    form.call("looked", form.worded("figures_looked", count=odd))
    return form


def known_indicators(layers: Layers, language: str) -> list[IndicatorRow]:
    """Return what the workspace has of each indicator."""
    return [
        IndicatorRow(
            name,
            _title(name, language),
            each.publisher.replace(", published by ", " / "),
            max(rows_by_time(name), default=""),
            max((time for _, time in layers.times(name)), default=""),
        )
        for name, each in indicators(layers).items()
    ]


def _one(request: PageRequest, identity: int, status: int) -> HttpResponse:
    _of_directorate(request)
    language = request.language
    try:
        row = figure_set(identity)
    except NoFigureSet:
        raise Http404(identity) from None
    situation = Situation(row.state, submitted_by=row.read_by)
    compared = comparison(identity) if row.state == FigureState.READ_IN else None
    accept = next(iter(buttons(request, situation, ACCEPT)), None)
    form = _accepting(request, len(compared.implausible)) if compared and may(accept) else None
    context = {
        "row": row,
        "title": _title(row.indicator, language),
        "groups": _groups(row, compared.rows, language, form) if compared else (),
        "same": compared.same if compared else None,
        "odd": len(compared.implausible) if compared else None,
        "accept": accept,
        "form": form,
        "refuse": next(iter(buttons(request, situation, "figures.refuse")), None),
        "take_back": next(iter(buttons(request, situation, "figures.take_back")), None),
        "subject": f"figures:{row.indicator}",
        "page": "figures",
    }
    return show(request, "figures/figure_set.html", context, status)


def _groups(
    row: FigureSetRow, rows: Sequence[FigureDifference], language: str, form: AcceptFiguresForm | None
) -> tuple[DifferenceGroup, ...]:
    names = _names(Structure(row.structure), language)
    groups = []
    for kind in (*_LOOKED_AT, DifferenceKind.CHANGED, DifferenceKind.GONE, DifferenceKind.NEW):
        own = [each for each in rows if each.kind is kind]
        if own:
            shown_rows = tuple(_difference(each, names, language, form) for each in own[:MOST_SHOWN])
            groups.append(DifferenceGroup(kind.value, shown_rows, len(own) - len(shown_rows)))
    return tuple(groups)


_LOOKED_AT = (
    DifferenceKind.FOREIGN_CODE,
    DifferenceKind.SUM_OFF,
    DifferenceKind.HIDDEN_TURNED_ZERO,
    DifferenceKind.JUMP,
)


_TAKEN = (DifferenceKind.NEW, DifferenceKind.CHANGED, DifferenceKind.GONE)


def _difference(
    each: FigureDifference, names: Mapping[str, str], language: str, form: AcceptFiguresForm | None
) -> DifferenceRow:
    value = f"{each.time}|{each.code}"
    none = NO_FIGURES if each.kind is DifferenceKind.SUM_OFF else say("missing", language)
    return DifferenceRow(
        value=value,
        place=names.get(each.code, each.code),
        time=each.time,
        before=_shown(each.before, language, none),
        after=_shown(each.after, language, none),
        note=_note(each, language),
        may_be_taken=form is not None and each.kind in _TAKEN,
        ticked=form is None or not form.is_bound or value in form.ticked(),
    )


def _note(each: FigureDifference, language: str) -> str:
    """Return what a difference is held against, in words; empty when there is nothing to add."""
    code = f"figures_told_{each.kind}"
    if not each.facts or code not in words.WORDS:
        return ""
    facts = {name: int(fact) if fact.isdecimal() else fact for name, fact in each.facts.items()}
    if (against := each.facts.get("against")) is not None:
        facts["against"] = time_in(against, language)
    return say(code, language, **facts)


def _shown(figure: Figure | None, language: str, none: str) -> str:
    if figure is None:
        return none
    if figure.value is None or figure.value.denominator == 1:
        return words.figure(figure, language)
    return f"{float(figure.value):.1f}".replace(".", "," if language != "en" else ".")


def _names(structure: Structure, language: str) -> dict[str, str]:
    known = register()
    places = {code: place.display_name for code, place in known.municipalities[structure].items()}
    counties = {code: place.name for code, place in known.counties[structure].items()}
    return {"00": say("run_whole_country", language).capitalize()} | counties | places


def _title(indicator: str, language: str) -> str:
    return word_or(f"indicator_{indicator}", language, indicator)
