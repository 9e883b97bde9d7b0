"""What people do: one address per move; a refusal comes back on the same screen with everything that was filled in."""

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from bosett.geography import counties as counties_of
from bosett.rounds.columns import FIELDS
from bosett_web.accounts.actor import Actor, acting
from bosett_web.actions.county import attachments, cells, outcomes, recommendations
from bosett_web.actions.county.outcomes import Outcome
from bosett_web.actions.decisions import decisions
from bosett_web.actions.doing import Invalid
from bosett_web.actions.letters import letters
from bosett_web.actions.letters import recommendations as letterrecommending
from bosett_web.actions.meetings import meetings
from bosett_web.actions.numbers import numbers as rounds
from bosett_web.actions.pdfs import LARGEST
from bosett_web.actions.round import criteria, forecasts, proposals, shielding, targets
from bosett_web.queries.standing import NoRound, standing
from bosett_web.screens.county import counties as county_screens
from bosett_web.screens.county import hand_over
from bosett_web.screens.county import ks as ks_screen
from bosett_web.screens.decisions import decisions as decisions_screen
from bosett_web.screens.decisions import forms
from bosett_web.screens.forms import Form, PageRequest, attempt
from bosett_web.screens.letters import addresses as addresses_screen
from bosett_web.screens.letters import differences
from bosett_web.screens.letters import letters as letters_screen
from bosett_web.screens.letters import on_demand as letter_forms
from bosett_web.screens.meetings import forms as meeting_forms
from bosett_web.screens.meetings import meetings as meetings_screen
from bosett_web.screens.meetings import minutes as minutes_screen
from bosett_web.screens.meetings import room as room_screen
from bosett_web.screens.numbers import numbers as numbers_screens
from bosett_web.screens.round import country as country_screen
from bosett_web.screens.round import criteria as criteria_screen
from bosett_web.screens.round import documents as documents_screen
from bosett_web.screens.round import forecasts as forecasts_screen
from bosett_web.screens.round import journal as journal_screen
from bosett_web.screens.round import own as own_screen
from bosett_web.screens.round import proposal as proposal_screen
from bosett_web.screens.round import targets as targets_screen
from bosett_web.screens.screen import Builder, answer
from bosett_web.screens.words import say

Doer = Callable[[Actor, int, Form], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """How a form is acted on, the screen that it stands on, and where on it."""

    doer: Doer
    screen: Builder
    of_county: bool = False
    of_meeting: bool = False
    stands_at: Callable[[Form], str] = lambda _: ""


def _versioned(function: Callable[..., object]) -> Doer:
    return lambda actor, year, form: function(actor, year=year, version=form.whole("version"))


def _versioned_reason(function: Callable[..., object]) -> Doer:
    return lambda actor, year, form: function(
        actor, year=year, version=form.whole("version"), reason=form.text("reason")
    )


def _of_county(function: Callable[..., object]) -> Doer:
    return lambda actor, year, form: function(actor, year=year, county=form.text("county"))


def _of_county_reason(function: Callable[..., object]) -> Doer:
    return lambda actor, year, form: function(actor, year=year, county=form.text("county"), reason=form.text("reason"))


def _of_decision(doer: Doer) -> Deed:
    return Deed(doer, decisions_screen.decisions, stands_at=forms.stands_at)


def _of_letters(doer: Doer) -> Deed:
    return Deed(doer, letters_screen.letters, stands_at=letters_screen.stands_at)


def _draft_criteria(actor: Actor, year: int, form: Form) -> object:
    return criteria.draft(
        actor, year=year, title=form.text("title"), wording=form.text("wording"), file=form.text("file")
    )


def _register(actor: Actor, year: int, form: Form) -> object:
    return forecasts.register(
        actor,
        year=year,
        low=form.number("low"),
        middle=form.number("middle"),
        high=form.number("high"),
        under15=form.number("under15"),
        from15=form.number("from15"),
        as_of=form.day("as_of"),
        publisher=form.text("publisher"),
        note_text=form.text("note"),
    )


def _draft_targets(actor: Actor, year: int, form: Form) -> object:
    return targets.draft(
        actor,
        year=year,
        national=form.numbers("national"),
        counties={each.code: form.numbers(each.code) for each in counties_of(year)},
        note_text=form.text("note"),
    )


def _edit(actor: Actor, year: int, form: Form) -> object:
    """Save the cells that differ from what the page was shown with, and the county's own reason when it does."""
    found = []
    for code in form.codes("was"):
        seen = {name: was for name, was in form.facts(f"{code}-was").items() if name in FIELDS}
        written = {name: form.text(f"{code}-{name}").strip() for name in seen}
        changed = [name for name, was in seen.items() if written[name] != was]
        found += [cells.read_cell(code, name, written[name], seen[name]) for name in changed]
        found += [cells.read_beside(code, name, seen[name]) for name in seen if changed and name not in changed]
    reason, before = form.text("reason").strip(), form.text("reason-was")
    rewritten = reason != before
    if not found and not rewritten:
        raise Invalid("lines", "nothing_changed")
    return cells.set_all(
        actor,
        year=year,
        county=form.text("county"),
        cells=found,
        reason=reason if rewritten else None,
        reason_before=before,
    )


def _outcomes(actor: Actor, year: int, form: Form) -> object:
    found = []
    for code in form.codes("was-outcome"):
        written = [
            form.text(f"{code}-outcome-{part}").strip() for part in ("number", "under15", "from15", "by", "reason")
        ]
        if "|".join(written) != form.text(f"{code}-was-outcome"):
            found.append(Outcome(code, form.numbers(f"{code}-outcome"), written[-1], written[-2]))
    if not found:
        raise Invalid("lines", "nothing_changed")
    return outcomes.set_outcomes(actor, year=year, county=form.text("county"), outcomes=found)


def _undo(actor: Actor, year: int, form: Form) -> object:
    return cells.undo(actor, year=year, county=form.text("county"), event=form.whole("event"))


def _decided(actor: Actor, year: int, form: Form) -> object:
    return recommendations.set_decision(
        actor,
        year=year,
        county=form.text("county"),
        decided_by=form.text("decided_by"),
        decided_on=form.day("decided_on") if form.text("decided_on") else None,
        case_number=form.text("case_number"),
        why_older=form.text("older"),
    )


def _attach(actor: Actor, year: int, form: Form) -> object:
    name, content = form.file("attachment", LARGEST)
    return attachments.attach(actor, year=year, county=form.text("county"), name=name, content=content)


def _plan(actor: Actor, year: int, form: Form) -> object:
    return meetings.plan(
        actor,
        year=year,
        county=form.text("county"),
        at=form.moment("at"),
        place=form.text("place"),
        agenda=form.text("agenda"),
        why_older=form.text("older"),
    )


def _plan_all(actor: Actor, year: int, form: Form) -> object:
    """Plan the missing meetings of the counties, one each working day from the first."""
    at, place, agenda = form.moment("at"), form.text("place"), form.text("agenda")
    held = standing(year).meetings
    missing = [each.code for each in counties_of(year) if each.code not in held]
    if not missing:
        raise Invalid("county", "nothing_to_fill")
    for code in missing:
        meetings.plan(actor, year=year, county=code, at=at, place=place, agenda=agenda)
        at += timedelta(days=1)
        while at.weekday() > 4:
            at += timedelta(days=1)
    return None


def _set_numbers(actor: Actor, year: int, form: Form) -> object:
    """Save the final numbers that differ from what the page was shown with."""
    found = {}
    for code in form.codes("was"):
        numbers, was = form.numbers(code), form.text(f"{code}-was")
        if numbers.number is None:
            if was.partition("|")[0]:
                raise Invalid(f"{code}-number", "number_missing")
        elif "|".join("" if part is None else str(part) for part in astuple(numbers)) != was:
            found[code] = numbers
    if not found:
        raise Invalid("lines", "nothing_changed")
    return rounds.set_numbers(actor, year=year, numbers=found, reason=form.text("reason"))


def _fill(actor: Actor, year: int, form: Form) -> object:
    return rounds.fill_county(
        actor, year=year, county=form.text("county"), source=form.text("source"), reason=form.text("reason")
    )


def _propose_correction(actor: Actor, year: int, form: Form) -> object:
    return rounds.propose_correction(
        actor,
        year=year,
        municipality=form.text("municipality"),
        number=form.whole("number"),
        reason=form.text("reason"),
    )


_criteria, _targets, _proposal = criteria_screen.criteria, targets_screen.targets, proposal_screen.proposal
_county, _meetings, _numbers = county_screens.county, meetings_screen.meetings, numbers_screens.numbers
_meeting, _room = meetings_screen.meeting, room_screen.room

DEEDS: Mapping[str, Deed] = {
    "criteria.draft": Deed(_draft_criteria, _criteria),
    "criteria.propose": Deed(_versioned(criteria.propose), _criteria),
    "criteria.return": Deed(_versioned_reason(criteria.return_), _criteria),
    "criteria.adopt": Deed(_versioned(criteria.adopt), _criteria),
    "criteria.share": Deed(_versioned(criteria.share), _criteria),
    "forecast.register": Deed(_register, forecasts_screen.forecasts),
    "targets.draft": Deed(_draft_targets, _targets),
    "targets.submit": Deed(_versioned(targets.submit), _targets),
    "targets.return": Deed(_versioned_reason(targets.return_), _targets),
    "targets.decide": Deed(_versioned(targets.decide), _targets),
    "targets.confirm": Deed(_versioned_reason(targets.confirm), _targets),
    "proposal.queue": Deed(lambda actor, year, _: proposals.queue(actor, year=year), _proposal),
    "proposal.share": Deed(_versioned(proposals.share), _proposal),
    "proposal.confirm": Deed(_versioned_reason(proposals.confirm), _proposal),
    "recommendation.edit": Deed(_edit, _county, of_county=True),
    "recommendation.fill": Deed(_of_county(cells.fill_from_proposal), _county, of_county=True),
    "recommendation.spread": Deed(_of_county(cells.spread), _county, of_county=True),
    "recommendation.keep": Deed(
        lambda actor, year, form: recommendations.keep(
            actor, year=year, county=form.text("county"), name=form.text("name")
        ),
        _county,
        of_county=True,
    ),
    "recommendation.decided": Deed(_decided, _county, of_county=True),
    "recommendation.undo": Deed(_undo, _county, of_county=True),
    "recommendation.attach": Deed(_attach, _county, of_county=True),
    "recommendation.detach": Deed(
        lambda actor, year, form: attachments.detach(
            actor, year=year, county=form.text("county"), document=form.whole("document")
        ),
        _county,
        of_county=True,
    ),
    "recommendation.ready": Deed(_of_county_reason(recommendations.ready), _county, of_county=True),
    "recommendation.withdraw": Deed(_of_county(recommendations.withdraw), _county, of_county=True),
    "recommendation.submit": Deed(_of_county_reason(recommendations.submit), _county, of_county=True),
    "recommendation.outcome": Deed(_outcomes, _county, of_county=True),
    "recommendation.outcomes": Deed(_of_county(outcomes.outcomes_as_recommended), _county, of_county=True),
    "recommendation.discuss": Deed(_of_county_reason(recommendations.discuss), _county, of_county=True),
    "recommendation.finish": Deed(_of_county_reason(recommendations.finish), _county, of_county=True),
    "recommendation.return": Deed(_of_county_reason(recommendations.return_), _county, of_county=True),
    "recommendation.reopen": Deed(_of_county(recommendations.reopen), _county, of_county=True),
    "recommendation.reopen_final": Deed(_of_county_reason(recommendations.reopen_final), _county, of_county=True),
    "recommendation.confirm": Deed(_of_county_reason(recommendations.confirm), _county, of_county=True),
    "recommendation.confirm_final": Deed(_of_county_reason(recommendations.confirm), _county, of_county=True),
    letterrecommending.MOVE: Deed(hand_over.hand_over, _county, of_county=True),
    "meeting.plan": Deed(_plan, _meetings),
    "meeting.plan_all": Deed(_plan_all, _meetings),
    "meeting.invite": Deed(_of_county(meetings.invite), _meetings),
    "meeting.hold": Deed(
        lambda actor, year, form: meetings.hold(
            actor, year=year, county=form.text("county"), minutes=form.text("minutes")
        ),
        _meetings,
    ),
    "meeting.change": Deed(meeting_forms.change, _meeting, of_meeting=True),
    "meeting.drop": Deed(meeting_forms.call_off, _meeting, of_meeting=True),
    "meeting.call_off": Deed(meeting_forms.call_off, _meeting, of_meeting=True),
    "meeting.note": Deed(meeting_forms.note, _meeting, of_meeting=True),
    "meeting.amend": Deed(meeting_forms.amend, minutes_screen.minutes, of_meeting=True),
    "meeting.point": Deed(meeting_forms.point, _room, of_meeting=True),
    "meeting.close_point": Deed(meeting_forms.close_point, _room, of_meeting=True),
    "meeting.reopen_point": Deed(meeting_forms.reopen_point, _room, of_meeting=True),
    "meeting.outcome": Deed(_outcomes, _room, of_meeting=True),
    "meeting.outcomes": Deed(meeting_forms.as_recommended, _room, of_meeting=True),
    "meeting.comment": Deed(meeting_forms.comment, _room, of_meeting=True),
    "recommendation.comment": Deed(meeting_forms.comment, _county, of_county=True),
    "ks.comment": Deed(meeting_forms.comment, ks_screen.ks),
    "information.ask": Deed(meeting_forms.ask, _meetings),
    "information.answer": Deed(meeting_forms.answer, _meetings),
    "round.set_number": Deed(_set_numbers, numbers_screens.county_numbers, of_county=True),
    "round.fill": Deed(_fill, numbers_screens.county_numbers, of_county=True),
    "round.fill_final": Deed(lambda actor, year, _: rounds.fill_final(actor, year=year), country_screen.country),
    "round.consult": Deed(lambda actor, year, _: rounds.consult(actor, year=year), _numbers),
    "round.answer": Deed(
        lambda actor, year, form: rounds.answer(actor, year=year, comment=form.text("comment")), _numbers
    ),
    "round.submit": Deed(lambda actor, year, _: rounds.submit(actor, year=year), _numbers),
    "round.return": Deed(
        lambda actor, year, form: rounds.return_numbers(actor, year=year, reason=form.text("reason")), _numbers
    ),
    "round.freeze": Deed(lambda actor, year, _: rounds.freeze(actor, year=year), _numbers),
    "round.skip": Deed(
        lambda actor, year, form: rounds.skip(actor, year=year, gate=form.text("gate"), reason=form.text("reason")),
        _numbers,
    ),
    "round.propose_correction": Deed(_propose_correction, _numbers),
    "round.correct": Deed(
        lambda actor, year, form: rounds.correct(actor, year=year, correction=form.whole("correction")), _numbers
    ),
    "round.release": Deed(
        lambda actor, year, form: rounds.set_release(actor, year=year, at=form.moment("release")), _numbers
    ),
    "decision.record": _of_decision(forms.recorded(decisions.record, "decision.record")),
    "decision.record_for": _of_decision(forms.recorded(decisions.record_for, "decision.record_for")),
    "decision.plan": _of_decision(forms.plan),
    "decision.ask_time": _of_decision(forms.ask_time),
    "decision.give_time": _of_decision(forms.give_time),
    "decision.refuse_time": _of_decision(forms.refuse_time),
    "decision.complete": _of_decision(forms.complete),
    "decision.raise": _of_decision(forms.reasoned(decisions.raise_conditions)),
    "decision.clear": _of_decision(forms.reasoned(decisions.clear)),
    "letter.prepare": Deed(letters_screen.prepare, letters_screen.letters),
    "letter.write": Deed(letter_forms.write, letters_screen.letters),
    "letter.wording": Deed(differences.lay_in, letters_screen.letters),
    "letter.make": Deed(lambda actor, year, _: letters.make(actor, year=year), letters_screen.letters),
    "letter.approve": _of_letters(letters_screen.of_chosen(letters.approve, seen=True)),
    "letter.remove": Deed(letters_screen.of_chosen(letters.remove, reason=True), letters_screen.letters),
    "letter.withdraw": _of_letters(letters_screen.of_chosen(letters.withdraw, reason=True)),
    "letter.send": _of_letters(letters_screen.of_chosen(letters.send, seen=True)),
    "letter.retry": _of_letters(letters_screen.of_chosen(letters.retry)),
    "letter.ask": _of_letters(letters_screen.of_chosen(letters.ask)),
    "letter.found": _of_letters(letters_screen.of_chosen(letters.found, reason=True)),
    "letter.again": _of_letters(letters_screen.of_chosen(letters.again, reason=True)),
    "letter.address": Deed(addresses_screen.act, addresses_screen.addresses),
    "document.withhold": Deed(documents_screen.withhold, documents_screen.documents),
    "document.lift": Deed(documents_screen.lift, documents_screen.documents),
    "journal.shield": Deed(
        lambda actor, _, form: shielding.shield(actor, free_text=form.whole("text"), reason=form.text("reason")),
        journal_screen.journal,
    ),
}


@require_POST
def do(request: PageRequest, year: int, name: str) -> HttpResponse:
    """Act on a form, then go to its screen; refused, show the screen with the reason and what was filled in.

    Raises:
        Http404: There is no such move, round or county.
    """
    deed, form = DEEDS.get(name), Form(request.POST, request.FILES)
    if deed is None:
        raise Http404(name)
    parts = {"code": form.text("county")} if deed.of_county else {}
    if deed.of_meeting:
        parts = {"code": form.text("county") or meetings_screen.JOINT}
    try:
        status = attempt(request, name, form, lambda: deed.doer(acting(request), year, form))
    except NoRound:
        raise Http404(year) from None
    screen = deed.screen if parts else _FROM.get(form.text("from"), deed.screen)
    if status:
        return answer(request, screen, year, parts, status)
    messages.success(request, say(f"done_{name}" if name in _OWN_WORDS else f"event_{name}", request.language))
    return redirect(reverse(screen.__name__, kwargs={"year": year, **parts}) + deed.stands_at(form))


_FROM: Mapping[str, Builder] = {"country": country_screen.country, "own": own_screen.own}
"""Screens beside its own that a form of the round may stand on, by what it says of where it stands."""
_OWN_WORDS = (
    "recommendation.fill",
    "recommendation.spread",
    "recommendation.undo",
    "recommendation.outcomes",
    "meeting.plan_all",
    "meeting.note",
    "meeting.outcome",
    "meeting.outcomes",
    "meeting.comment",
    "ks.comment",
    "round.fill",
    "round.fill_final",
    "letter.make",
)
