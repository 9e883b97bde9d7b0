"""What goes on: what is stopped and when it comes again, what is asked of all, talked about and restricted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from bosett.figures import NationalTotal, national_totals
from bosett.rounds.notices import NoticeKind, NoticeTime
from bosett.rounds.parties import Party
from bosett.stages.forecast.summary import NeedRange
from bosett_web.queries.need_reckoned import QUICK
from bosett_web.queries.notices.need import YearStopped, stopped_years
from bosett_web.queries.notices.notices import NoticeRow, earlier, holding, notice_situation, notices_of, taken_back
from bosett_web.screens import formats
from bosett_web.screens.buttons import Button, buttons, may
from bosett_web.screens.forms import PageForm, shown
from bosett_web.screens.notices.forms import NoticeReasonForm, changing_form_of, form_of
from bosett_web.screens.screen import View
from bosett_web.screens.words import say

RESETTLEMENT = ("requested_first", "resettlement")
TELL = "notice.stop notice.tell"
CHANGE = "notice.change_stop notice.change"
TAKE_BACK = "notice.take_back_stop notice.take_back"
FIELDS = ("stream", "name", "since", "until", "ramp", "next_on", "decided_by", "source", "text_nb", "text_nn")


@dataclass(frozen=True, slots=True)
class NoticeTold:
    """A notice in words: what it is, when it holds, its text, who decided and where that is written."""

    row: NoticeRow
    title: str
    when: str
    time: str
    text: str


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice as its page shows it: in words, what it was before, and the forms of who may change it."""

    words: NoticeTold
    earlier: tuple[NoticeTold, ...]
    change: Button | None
    change_form: PageForm | None
    take_back: Button | None
    take_back_form: PageForm | None


@dataclass(frozen=True, slots=True)
class PlanTold:
    """The plan of a settlement year in words, each number with who said it and when."""

    year: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedTold:
    """The need of a year in words: who, as planned, and with the stop; without rows when it is unknown."""

    year: int
    lead: str
    rows: tuple[tuple[str, str, str], ...]


def notices(view: View) -> Mapping[str, Any]:
    """Build the page: what holds now, what is to come, what is over, and the forms of who tells it."""
    rows = notices_of(view.year, view.day)
    before = earlier(rows)
    shown_rows = [_shown(view, row, before[row.id]) for row in rows]
    by_time = {
        time: [each for each in shown_rows if each.words.row.span.time_on(view.day) is time] for time in NoticeTime
    }
    offered = next(iter(buttons(view.request, notice_situation(view.whole, None), TELL)), None)
    return {
        "plans": plans(view),
        "needs": [_need_told(view, each) for each in stopped_years(_years(view), view.day)],
        "now": [*by_time[NoticeTime.HOLDS], *by_time[NoticeTime.RAMPS]],
        "to_come": by_time[NoticeTime.TO_COME],
        "over": by_time[NoticeTime.OVER],
        "taken_back": [(in_words(view, row), row.why) for row in taken_back(view.year)],
        "tell": offered,
        "tell_forms": [(kind, _telling(view, kind, offered)) for kind in _kinds(view)] if may(offered) else [],
        "subject": f"notice:{view.year}",
    }


def plans(view: View) -> list[PlanTold]:
    """Return the plans of the year that runs and of the round's, as far as they were published and known on the day."""
    told_plans = []
    for year in _years(view):
        plan, whole, part = (
            _first_known(view, year, *of) for of in (("plan", "all"), ("requested_first", "all"), RESETTLEMENT)
        )
        lines = [] if plan is None else [_sourced(view, "plan_number", plan, plan=plan.value)]
        if part is not None and whole is not None:
            percent = round(Fraction(100 * part.value, whole.value))
            lines.append(_sourced(view, "plan_resettlement", part, part=part.value, percent=percent))
        if lines:
            told_plans.append(PlanTold(year, tuple(lines)))
    return told_plans


def _years(view: View) -> tuple[int, ...]:
    """Return the year that runs and the round's."""
    return tuple(sorted({view.day.year, view.year}))


def _first_known(view: View, year: int, measure: str, group: str) -> NationalTotal | None:
    totals = national_totals(measure, year, group, figures=view.whole.figures)
    return next((each for each in totals if each.known_on <= view.day), None)


def _sourced(view: View, code: str, total: NationalTotal, **facts: object) -> str:
    day = formats.day(total.known_on, view.language)
    publisher = total.source if total.accepted else say("party_directorate", view.language)
    return say(code, view.language, day=day, source=publisher, **facts)


def _need_told(view: View, stopped: YearStopped) -> NeedTold:
    need, language = stopped.need, view.language
    if need is None:
        return NeedTold(stopped.year, "", ())
    day = formats.day(view.day, language)
    lead = say("need_stopped_lead", language, paths=QUICK, day=day, scenario=need.title[language])
    rows = tuple(
        (say(f"need_of_{name}", language), _range(view, planned), _range(view, need.stopped[name]))
        for name, planned in need.planned.items()
    )
    return NeedTold(stopped.year, lead, rows)


def _range(view: View, each: NeedRange) -> str:
    """Return the middle number with the low and the high; the number alone where all paths have it."""
    if each.p10 == each.p90:
        return formats.number(each.p50)
    return say("need_range", view.language, low=each.p10, middle=each.p50, high=each.p90)


def what_goes_on(view: View) -> list[NoticeTold]:
    """Return what goes on in words, for the first page of each reader."""
    return [in_words(view, row) for row in holding(view.year, view.day)]


def in_words(view: View, row: NoticeRow) -> NoticeTold:
    """Return a notice in words."""
    language = view.language
    time = row.span.time_on(view.day)
    title = say(f"notice_{row.kind}", language)
    if row.stream:
        title = say(f"notice_stop_{row.stream}", language, name=row.name)
    return NoticeTold(row, title, _when(row, view, time), time, row.text(language))


def _when(row: NoticeRow, view: View, time: NoticeTime) -> str:
    language = view.language
    since = formats.day(row.since, language)
    if row.until is None:
        return say("span_open", language, since=since)
    spoken = say("span_closed", language, since=since, until=formats.day(row.until, language))
    if row.ramp and time is not NoticeTime.OVER:
        full = formats.day(row.until + timedelta(weeks=row.ramp, days=1), language)
        spoken = f"{spoken}. {say('span_ramp', language, weeks=row.ramp, full=full, percent=row.span.comes(view.day))}"
    return spoken


def _kinds(view: View) -> tuple[NoticeKind, ...]:
    """Return the kinds that the reader's role tells."""
    return (NoticeKind.STOP,) if view.request.who.party is Party.UDI else tuple(NoticeKind)


def _telling(view: View, kind: NoticeKind, button: Button | None) -> PageForm:
    name = button.name if button else ""
    return shown(view.request, form_of(kind), name, begin=f"tell-{kind}", initial={"since": view.day}, kind=kind)


def _shown(view: View, row: NoticeRow, before: tuple[NoticeRow, ...]) -> NoticeShown:
    own = row.round == view.year and (row.kind == NoticeKind.STOP or view.request.who.party is not Party.UDI)
    situation = notice_situation(view.whole, row)
    change = next(iter(buttons(view.request, situation, CHANGE, identity=row.id)), None) if own else None
    take = next(iter(buttons(view.request, situation, TAKE_BACK, identity=row.id)), None) if own else None
    return NoticeShown(
        words=in_words(view, row),
        earlier=tuple(in_words(view, each) for each in before),
        change=change,
        change_form=_changing(view, row, change) if change and may(change) else None,
        take_back=take,
        take_back_form=shown(view.request, NoticeReasonForm, take.name, begin=take.id, identity=row.id)
        if take and may(take)
        else None,
    )


def _changing(view: View, row: NoticeRow, button: Button) -> PageForm:
    form = changing_form_of(row.kind)
    initial = {name: getattr(row, name) for name in FIELDS if name in form.base_fields}
    if not row.ramp:
        initial.pop("ramp", None)
    carried = {"identity": row.id, "kind": row.kind}
    return shown(view.request, form, button.name, begin=button.id, initial=initial, carries=carried)
