"""What people do: one address per move; a refusal comes back on the same screen with everything that was filled in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from bosett_web.accounts.actor import acting
from bosett_web.actions.county import cells, outcomes, recommendations
from bosett_web.actions.decisions import decisions
from bosett_web.actions.letters import letters
from bosett_web.actions.letters import recommendations as letterrecommending
from bosett_web.actions.meetings import meetings
from bosett_web.actions.numbers import numbers as rounds
from bosett_web.actions.revision import revisions
from bosett_web.actions.round import criteria, proposals, targets
from bosett_web.actions.settlement import ledger
from bosett_web.journal.models import Event
from bosett_web.queries.letters.unmade import left_out
from bosett_web.queries.standing import NoRound
from bosett_web.screens.capacity import capacity as capacity_screen
from bosett_web.screens.capacity import forms as capacity_forms
from bosett_web.screens.capacity import placement as placement_screen
from bosett_web.screens.capacity import placement_forms
from bosett_web.screens.comment_forms import CommentForm, CommentOfForm, comment
from bosett_web.screens.consultation import ConsultationForm
from bosett_web.screens.county import counties as county_screens
from bosett_web.screens.county import forms as county_forms
from bosett_web.screens.county import input_forms
from bosett_web.screens.county import inputs as inputs_screen
from bosett_web.screens.county import ks as ks_screen
from bosett_web.screens.decisions import decisions as decisions_screen
from bosett_web.screens.decisions import forms as decision_forms
from bosett_web.screens.forms import (
    CountyForm,
    CountyReasonForm,
    PageForm,
    PageRequest,
    ReasonForm,
    VersionForm,
    VersionReasonForm,
    attempt,
)
from bosett_web.screens.letters import addresses as addresses_screen
from bosett_web.screens.letters import check, delivery, look, on_demand_forms
from bosett_web.screens.letters import forms as letter_forms
from bosett_web.screens.letters import letters as letters_screen
from bosett_web.screens.meetings import forms as meeting_forms
from bosett_web.screens.meetings import meetings as meetings_screen
from bosett_web.screens.meetings import minutes as minutes_screen
from bosett_web.screens.meetings import room as room_screen
from bosett_web.screens.need import forms as need_forms
from bosett_web.screens.need import need as need_screen
from bosett_web.screens.notices import forms as notice_forms
from bosett_web.screens.notices import notices as notices_screen
from bosett_web.screens.numbers import forms as number_forms
from bosett_web.screens.numbers import numbers as numbers_screens
from bosett_web.screens.revision import forms as revision_forms
from bosett_web.screens.revision import revision as revision_screen
from bosett_web.screens.round import country as country_screen
from bosett_web.screens.round import criteria as criteria_screen
from bosett_web.screens.round import criteria_try as criteria_try_screen
from bosett_web.screens.round import criteria_write as criteria_write_screen
from bosett_web.screens.round import documents as documents_screen
from bosett_web.screens.round import forecasts as forecasts_screen
from bosett_web.screens.round import forms as round_forms
from bosett_web.screens.round import journal as journal_screen
from bosett_web.screens.round import overview as overview_screen
from bosett_web.screens.round import own as own_screen
from bosett_web.screens.round import proposal as proposal_screen
from bosett_web.screens.round import targets as targets_screen
from bosett_web.screens.rows import OutcomesForm
from bosett_web.screens.screen import Builder, answer
from bosett_web.screens.screen import look as look_at
from bosett_web.screens.settlement import forms as ledger_forms
from bosett_web.screens.settlement import settlement as settlement_screen
from bosett_web.screens.words import say


def nowhere(form: PageForm) -> str:  # noqa: ARG001  - others are told by it
    """Return that a form stands at no place of its own on its screen."""
    return ""


@dataclass(frozen=True, slots=True)
class Deed:
    """A move as people make it.

    Attributes:
        form: What is filled in: a class, or what chooses one by what was sent.
        doer: What is done with it, by whom and in which year.
        screen: The screen that it stands on.
        of_county: Whether that is a county's own.
        of_meeting: Whether that is a meeting's own.
        of_letter: Whether it may stand on the page of a letter, and is then shown there.
        stands_at: Where on the screen it stands.
    """

    form: Callable[..., PageForm]
    doer: Callable[..., object]
    screen: Builder
    of_county: bool = False
    of_meeting: bool = False
    of_letter: bool = False
    stands_at: Callable[[PageForm], str] = nowhere


def _of_round(function: Callable[..., object], screen: Builder) -> Deed:
    return Deed(PageForm, lambda actor, year, _: function(actor, year=year), screen)


def _of_version(function: Callable[..., object], screen: Builder) -> Deed:
    return Deed(
        VersionForm, lambda actor, year, form: function(actor, year=year, version=form.key_of("version")), screen
    )


def _of_version_reason(function: Callable[..., object], screen: Builder) -> Deed:
    return Deed(
        VersionReasonForm,
        lambda actor, year, form: function(
            actor, year=year, version=form.key_of("version"), reason=form.text_of("reason")
        ),
        screen,
    )


def _of_county(function: Callable[..., object]) -> Deed:
    return _county(CountyForm, lambda actor, year, form: function(actor, year=year, county=form.text_of("county")))


def _of_county_reason(function: Callable[..., object]) -> Deed:
    return _county(
        CountyReasonForm,
        lambda actor, year, form: function(
            actor, year=year, county=form.text_of("county"), reason=form.text_of("reason")
        ),
    )


def _county(form: Callable[..., PageForm], doer: Callable[..., object]) -> Deed:
    return Deed(form, doer, county_screens.county, of_county=True)


def _of_meeting(form: Callable[..., PageForm], doer: Callable[..., object], screen: Builder = room_screen.room) -> Deed:
    return Deed(form, doer, screen, of_meeting=True)


def _of_decision(form: Callable[..., PageForm], doer: Callable[..., object]) -> Deed:
    return Deed(form, doer, decisions_screen.decisions, stands_at=decision_forms.stands_at)


def _of_ledger(form: Callable[..., PageForm], doer: Callable[..., object]) -> Deed:
    return Deed(form, doer, settlement_screen.settlement, stands_at=ledger_forms.stands_at)


def _of_letters(function: Callable[..., object], screen: Builder, *, reason: bool = False, seen: bool = False) -> Deed:
    form = letter_forms.ChosenReasonForm if reason else letter_forms.ChosenForm
    doer = letter_forms.of_chosen(function, reason=reason, seen=seen)
    return Deed(form, doer, screen, of_letter=True, stands_at=letter_forms.among)


def _of_notice(form: Callable[..., PageForm], doer: Callable[..., object]) -> Deed:
    return Deed(form, doer, notices_screen.notices, stands_at=notice_forms.stands_at)


def _of_capacity(form: Callable[..., PageForm], doer: Callable[..., object]) -> Deed:
    return Deed(form, doer, capacity_screen.capacity)


def _of_input(form: Callable[..., PageForm], doer: Callable[..., object]) -> Deed:
    return Deed(form, doer, inputs_screen.inputs, stands_at=input_forms.stands_at)


def _of_revision(function: Callable[..., object]) -> Deed:
    return Deed(revision_forms.SeenRevisionForm, revision_forms.handed_on(function), revision_screen.revision)


def _of_alternative(form: Callable[..., PageForm], doer: Callable[..., object]) -> Deed:
    return Deed(form, doer, criteria_try_screen.criteria_try, stands_at=round_forms.alternative_stands_at)


def _of_placement(form: Callable[..., PageForm], doer: Callable[..., object]) -> Deed:
    return Deed(form, doer, placement_screen.placement)


_criteria, _targets, _proposal = criteria_screen.criteria, targets_screen.targets, proposal_screen.proposal
_forecasts, _documents = forecasts_screen.forecasts, documents_screen.documents
_revision = revision_screen.revision
_meetings, _meeting, _letters = meetings_screen.meetings, meetings_screen.meeting, letters_screen.letters
_letters_check, _letters_sent = check.letters_check, delivery.letters_delivery
_numbers, _county_numbers = numbers_screens.numbers, numbers_screens.county_numbers

DEEDS: Mapping[str, Deed] = {
    "criteria.draft": Deed(round_forms.CriteriaForm, round_forms.draft_criteria, _criteria),
    "criteria.propose": _of_version(criteria.propose, _criteria),
    "criteria.return": _of_version_reason(criteria.return_, _criteria),
    "criteria.adopt": _of_version(criteria.adopt, _criteria),
    "criteria.share": _of_version(criteria.share, _criteria),
    "alternative.keep": _of_alternative(round_forms.keeping, round_forms.keep_alternative),
    "alternative.share": _of_alternative(round_forms.AlternativeForm, round_forms.share_alternative),
    "alternative.drop": _of_alternative(round_forms.AlternativeForm, round_forms.drop_alternative),
    "alternative.take_back": _of_alternative(round_forms.AlternativeReasonForm, round_forms.take_back_alternative),
    "forecast.register": Deed(round_forms.ForecastForm, round_forms.register, _forecasts),
    "need.run": Deed(need_forms.CarriedSlidersForm, need_forms.order, need_screen.need, stands_at=need_forms.stands_at),
    "targets.draft": Deed(round_forms.TargetsForm, round_forms.draft_targets, _targets),
    "targets.submit": _of_version(targets.submit, _targets),
    "targets.return": _of_version_reason(targets.return_, _targets),
    "targets.decide": _of_version(targets.decide, _targets),
    "targets.confirm": _of_version_reason(targets.confirm, _targets),
    "proposal.queue": _of_round(proposals.queue, _proposal),
    "proposal.share": _of_version(proposals.share, _proposal),
    "proposal.confirm": _of_version_reason(proposals.confirm, _proposal),
    "recommendation.edit": _county(county_forms.SheetForm, county_forms.edit),
    "recommendation.fill": _of_county(cells.fill_from_proposal),
    "recommendation.spread": _of_county(cells.spread),
    "recommendation.keep": _county(county_forms.KeepForm, county_forms.keep),
    "recommendation.decided": _county(county_forms.DecidedForm, county_forms.decided),
    "recommendation.columns": _county(county_forms.OwnColumnsForm, county_forms.name_columns),
    "recommendation.undo": _county(county_forms.UndoForm, county_forms.undo),
    "recommendation.attach": _county(county_forms.AttachForm, county_forms.attach),
    "recommendation.detach": _county(county_forms.DetachForm, county_forms.detach),
    "recommendation.ready": _of_county_reason(recommendations.ready),
    "recommendation.withdraw": _of_county(recommendations.withdraw),
    "recommendation.hand_back": _of_county_reason(recommendations.hand_back),
    "recommendation.submit": _of_county_reason(recommendations.submit),
    "recommendation.outcome": _county(OutcomesForm, county_forms.record_outcomes),
    "recommendation.outcomes": _of_county(outcomes.outcomes_as_recommended),
    "recommendation.discuss": _of_county_reason(recommendations.discuss),
    "recommendation.finish": _of_county_reason(recommendations.finish),
    "recommendation.return": _of_county_reason(recommendations.return_),
    "recommendation.reopen": _of_county(recommendations.reopen),
    "recommendation.reopen_final": _of_county_reason(recommendations.reopen_final),
    "recommendation.confirm": _of_county_reason(recommendations.confirm),
    "recommendation.confirm_final": _of_county_reason(recommendations.confirm),
    "recommendation.comment": _county(CommentForm, comment),
    letterrecommending.MOVE: _county(county_forms.HandOverForm, county_forms.hand_over),
    "meeting.plan": Deed(meeting_forms.PlanMeetingForm, meeting_forms.plan, _meetings),
    "meeting.plan_all": Deed(meeting_forms.PlanMeetingForm, meeting_forms.plan_all, _meetings),
    "meeting.invite": Deed(
        CountyForm,
        lambda actor, year, form: meetings.invite(actor, year=year, county=form.text_of("county")),
        _meetings,
    ),
    "meeting.hold": Deed(meeting_forms.HoldForm, meeting_forms.hold, _meetings),
    "meeting.change": _of_meeting(meeting_forms.ChangeMeetingForm, meeting_forms.change, _meeting),
    "meeting.drop": _of_meeting(CountyReasonForm, meeting_forms.call_off, _meeting),
    "meeting.call_off": _of_meeting(CountyReasonForm, meeting_forms.call_off, _meeting),
    "meeting.note": _of_meeting(meeting_forms.PresentForm, meeting_forms.note, _meeting),
    "meeting.amend": _of_meeting(meeting_forms.AmendForm, meeting_forms.amend, minutes_screen.minutes),
    "meeting.point": _of_meeting(meeting_forms.PointForm, meeting_forms.point),
    "meeting.close_point": _of_meeting(meeting_forms.KnownPointForm, meeting_forms.close_point),
    "meeting.reopen_point": _of_meeting(meeting_forms.KnownPointForm, meeting_forms.reopen_point),
    "meeting.outcome": _of_meeting(meeting_forms.RoomOutcomeForm, county_forms.record_outcomes),
    "meeting.outcomes": _of_meeting(meeting_forms.AsRecommendedForm, meeting_forms.as_recommended),
    "meeting.comment": _of_meeting(CommentForm, comment),
    "ks.comment": Deed(CommentOfForm, comment, ks_screen.ks),
    "information.ask": Deed(meeting_forms.NeedForm, meeting_forms.ask, _meetings),
    "information.answer": Deed(meeting_forms.ReplyForm, meeting_forms.answer, _meetings),
    "information.join": Deed(meeting_forms.JoinForm, meeting_forms.join, _meetings),
    "round.change_days": Deed(round_forms.CalendarForm, round_forms.change_days, overview_screen.overview),
    "round.set_number": Deed(number_forms.FinalNumbersForm, number_forms.set_numbers, _county_numbers, of_county=True),
    "round.fill": Deed(number_forms.FillForm, number_forms.fill, _county_numbers, of_county=True),
    "round.fill_final": _of_round(rounds.fill_final, country_screen.country),
    "round.consult": _of_round(rounds.consult, _numbers),
    "round.answer": Deed(ConsultationForm, number_forms.answer, _numbers),
    "round.submit": _of_round(rounds.submit, _numbers),
    "round.return": Deed(ReasonForm, number_forms.give_back, _numbers),
    "round.freeze": _of_round(rounds.freeze, _numbers),
    "round.skip": Deed(number_forms.SkipForm, number_forms.skip, _numbers),
    "round.propose_correction": Deed(number_forms.CorrectionForm, number_forms.propose_correction, _numbers),
    "round.correct": Deed(number_forms.CorrectForm, number_forms.correct, _numbers),
    "round.close": Deed(ReasonForm, number_forms.close, _numbers),
    "round.reopen": Deed(ReasonForm, number_forms.reopen, _numbers),
    "round.release": Deed(number_forms.ReleaseForm, number_forms.release, _numbers),
    "decision.record": _of_decision(decision_forms.AnswerForm, decision_forms.recorded(decisions.record)),
    "decision.record_for": _of_decision(decision_forms.AnswerForForm, decision_forms.recorded(decisions.record_for)),
    "decision.plan": _of_decision(decision_forms.PlanAnswerForm, decision_forms.plan),
    "decision.ask_time": _of_decision(decision_forms.AskTimeForm, decision_forms.ask_time),
    "decision.give_time": _of_decision(decision_forms.MunicipalityForm, decision_forms.give_time),
    "decision.refuse_time": _of_decision(decision_forms.RefuseTimeForm, decision_forms.refuse_time),
    "decision.complete": _of_decision(decision_forms.DecisionVersionForm, decision_forms.complete),
    "decision.raise": _of_decision(
        decision_forms.DecisionReasonForm, decision_forms.reasoned(decisions.raise_conditions)
    ),
    "decision.clear": _of_decision(decision_forms.DecisionReasonForm, decision_forms.reasoned(decisions.clear)),
    "ledger.enter": _of_ledger(ledger_forms.CountForm, ledger_forms.entered(ledger.enter)),
    "ledger.tell": _of_ledger(ledger_forms.CountForm, ledger_forms.entered(ledger.tell)),
    "ledger.correct": _of_ledger(ledger_forms.CorrectRowForm, ledger_forms.corrected(ledger.correct)),
    "ledger.correct_own": _of_ledger(ledger_forms.CorrectRowForm, ledger_forms.corrected(ledger.correct_own)),
    "ledger.draw": _of_ledger(PageForm, ledger_forms.draw),
    "letter.prepare": Deed(letter_forms.PrepareForm, letter_forms.prepare, _letters),
    "letter.write": Deed(on_demand_forms.written, on_demand_forms.write, _letters),
    "letter.wording": Deed(letter_forms.WordingForm, letter_forms.lay_in, _letters),
    "letter.make": _of_round(letters.make, _letters),
    "letter.approve": _of_letters(letters.approve, _letters_check, seen=True),
    "letter.remove": replace(_of_letters(letters.remove, look.letters_look, reason=True), of_letter=False),
    "letter.withdraw": _of_letters(letters.withdraw, _letters_check, reason=True),
    "letter.send": _of_letters(letters.send, _letters_sent, seen=True),
    "letter.retry": _of_letters(letters.retry, _letters_sent),
    "letter.ask": _of_letters(letters.ask, _letters_sent),
    "letter.found": _of_letters(letters.record_arrival, _letters_sent, reason=True),
    "letter.again": _of_letters(letters.again, _letters_sent, reason=True),
    "letter.address": Deed(letter_forms.addressing, letter_forms.act_on_address, addresses_screen.addresses),
    "notice.stop": _of_notice(notice_forms.telling, notice_forms.tell),
    "notice.tell": _of_notice(notice_forms.telling, notice_forms.tell),
    "notice.change_stop": _of_notice(notice_forms.changing, notice_forms.change),
    "notice.change": _of_notice(notice_forms.changing, notice_forms.change),
    "notice.take_back_stop": _of_notice(notice_forms.NoticeReasonForm, notice_forms.take_back),
    "notice.take_back": _of_notice(notice_forms.NoticeReasonForm, notice_forms.take_back),
    "capacity.ask": _of_capacity(capacity_forms.AskCapacityForm, capacity_forms.ask),
    "capacity.remind": _of_capacity(capacity_forms.AskingForm, capacity_forms.remind),
    "capacity.report": _of_capacity(capacity_forms.OwnCapacityForm, capacity_forms.report),
    "capacity.report_for": Deed(
        capacity_forms.CountyCapacityForm, capacity_forms.report, capacity_screen.county_capacity, of_county=True
    ),
    "capacity.figures": _of_capacity(capacity_forms.ReadCapacityForm, capacity_forms.read_capacity),
    "capacity.again": _of_capacity(capacity_forms.AgainForm, capacity_forms.again),
    "capacity.again_for": Deed(
        capacity_forms.CountyAgainForm, capacity_forms.again, capacity_screen.county_capacity, of_county=True
    ),
    "placement.wait": _of_placement(placement_forms.WaitingForm, placement_forms.wait),
    "placement.agree": _of_placement(placement_forms.AgreeForm, placement_forms.agree),
    "placement.lift": _of_placement(placement_forms.AgreedForm, placement_forms.lift),
    "placement.keep": _of_placement(placement_forms.SeenPlanForm, placement_forms.keep),
    "input.write": _of_input(input_forms.InputForm, input_forms.write),
    "input.edit": _of_input(input_forms.InputEditForm, input_forms.edit),
    "input.send": _of_input(input_forms.InputSendForm, input_forms.send),
    "input.read": _of_input(input_forms.InputKeyForm, input_forms.read),
    "input.reply": _of_input(input_forms.InputReplyForm, input_forms.reply),
    "alert.acknowledge": Deed(VersionReasonForm, revision_forms.acknowledge, _revision),
    "revision.draft": Deed(revision_forms.RevisionForm, revision_forms.draft, _revision),
    "revision.change": Deed(revision_forms.RevisionChangeForm, revision_forms.change, _revision),
    "revision.drop": _of_version_reason(revisions.drop, _revision),
    "revision.submit": _of_revision(revisions.submit),
    "revision.return": _of_version_reason(revisions.give_back, _revision),
    "revision.set_total": _of_revision(revisions.set_total),
    "revision.take_back": _of_version_reason(revisions.take_back, _revision),
    "revision.decide": _of_revision(revisions.decide),
    "document.withhold": Deed(round_forms.WithholdForm, round_forms.withhold, _documents),
    "document.lift": Deed(round_forms.LiftForm, round_forms.lift, _documents),
    "journal.shield": Deed(round_forms.ShieldForm, round_forms.shield, journal_screen.journal),
}


@require_POST
def do(request: PageRequest, year: int, name: str) -> HttpResponse:
    """Act on a form, then go to its screen; refused, show the screen with the reason and what was filled in.

    Raises:
        Http404: There is no such move, round or county.
    """
    deed = DEEDS.get(name)
    if deed is None:
        raise Http404(name)
    form = deed.form(request.POST, request.FILES, language=request.language, move=name)
    parts = {"code": form.sent("county")} if deed.of_county else {}
    if deed.of_meeting:
        parts = {"code": form.sent("county") or meetings_screen.JOINT}
    screen = deed.screen if parts else _FROM.get(form.sent("from"), deed.screen)
    if deed.of_letter and (letter := letter_forms.letter_of(form)):
        screen, parts = letters_screen.letter, {"letter": letter}
    done: list[object] = []
    try:
        if status := attempt(request, form, lambda: done.append(deed.doer(acting(request), year, form))):
            form.kept(acting(request), year)
    except NoRound:
        raise Http404(year) from None
    if status:
        return answer(request, screen, year, parts, status)
    look_at(request, year)
    messages.success(request, say(f"done_{name}" if name in _OWN_WORDS else f"event_{name}", request.language))
    for event in done:
        if isinstance(event, Event) and (letters_left_out := left_out(event)):
            messages.warning(request, say("letters_left_out", request.language, count=len(letters_left_out)))
    return redirect(reverse(screen.__name__, kwargs={"year": year, **parts}) + deed.stands_at(form))


_FROM: Mapping[str, Builder] = {
    "country": country_screen.country,
    "own": own_screen.own,
    "criteria_write": criteria_write_screen.criteria_write,
}
"""Screens beside its own that a form of the round may stand on, by what it says of where it stands."""
_OWN_WORDS = (
    "capacity.figures",
    "capacity.again",
    "capacity.again_for",
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
    "ledger.draw",
)
