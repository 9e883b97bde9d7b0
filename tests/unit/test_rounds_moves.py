"""The table of moves and the rights made from it: who may, when, and why not."""

from datetime import date
from enum import StrEnum

import pytest

from bosett.rounds.duties import is_owed
from bosett.rounds.moves import (
    ANSWERED,
    BY_NAME,
    MOVES,
    SKIPPABLE,
    Gate,
    Move,
    Objection,
    Situation,
    Track,
    UnknownMove,
    move_of,
    needs_reason,
    objection_to,
    states_of,
    warnings_of,
)
from bosett.rounds.parties import AGREEMENTS, Grade, Party, TargetsRole, Who, agreement_on, holder
from bosett.rounds.rights import WITHHOLDING, may_administer, may_shield, rights
from bosett.rounds.states import (
    AlternativeState,
    AnswerTime,
    CriteriaState,
    DecisionState,
    FetchState,
    FigureState,
    ForecastState,
    InformationState,
    LedgerState,
    LetterState,
    LetterWork,
    MeetingState,
    NeedAlertState,
    NeedRunState,
    ProposalState,
    RecommendationState,
    RevisionState,
    RoundState,
    TargetsState,
)

# Written out by hand: who makes each move: W for case workers and approvers, A for approvers alone, C for case workers.
HAND = """
notice.stop udi W | notice.tell directorate W | notice.change_stop udi W | notice.change directorate W
notice.take_back_stop udi W | notice.take_back directorate W
placement.wait directorate W | placement.agree directorate W | placement.lift directorate W
placement.keep directorate W
capacity.ask directorate W | capacity.remind directorate W | capacity.report municipality W
capacity.report_for county W
input.write county W | input.edit county W | input.send county W | input.read directorate W | input.reply directorate W
need.run directorate W
figures.fetch directorate W | figures.read directorate W | figures.accept directorate A
figures.refuse directorate W | figures.take_back directorate A
criteria.draft committee W | criteria.propose committee A | criteria.return ministry A | criteria.adopt ministry A
alternative.keep committee W | alternative.share committee W | alternative.drop committee W
alternative.take_back committee W
criteria.share directorate W | forecast.register directorate W | targets.draft committee W | targets.submit committee W
targets.return committee A | targets.decide committee A | targets.confirm committee A | proposal.queue directorate W
proposal.share directorate A | proposal.confirm directorate A | recommendation.edit county W
recommendation.ready county W | recommendation.withdraw county C | recommendation.submit county A
recommendation.hand_back county A
recommendation.outcome directorate W | recommendation.discuss directorate W | recommendation.finish directorate A
recommendation.return directorate W | recommendation.reopen county W | recommendation.reopen_final county W
recommendation.confirm county W | recommendation.confirm_final county A | meeting.plan directorate W
meeting.invite directorate W | meeting.hold directorate W | round.open directorate A | round.change_days directorate W
round.set_number directorate W | round.skip directorate A
round.submit directorate W | round.return directorate A | round.freeze directorate A
round.close directorate A | round.reopen directorate A | round.read_in directorate A
round.propose_correction directorate W | round.correct directorate A | round.release directorate A
round.consult directorate W | round.answer ks W | recommendation.attach county W | recommendation.detach county W
recommendation.comment ks W
meeting.note directorate W | meeting.amend directorate W | meeting.call_off directorate W | meeting.drop directorate W
information.ask county W | information.answer directorate W | information.join directorate W
letter.prepare directorate W | letter.write directorate W | letter.wording directorate W
letter.make directorate W | letter.approve directorate A | letter.remove directorate W
letter.withdraw directorate W | letter.send directorate W | letter.retry directorate W | letter.found directorate W
letter.again directorate W | letter.ask directorate W | letter.address directorate W
decision.record municipality W | decision.record_for directorate W
decision.plan municipality W | decision.ask_time municipality W | decision.give_time directorate W
decision.refuse_time directorate W | decision.complete directorate W | decision.raise directorate W
decision.clear directorate W | recommendation.hand_over county A
ledger.enter directorate W | ledger.tell municipality W | ledger.correct directorate W
ledger.correct_own municipality W
alert.acknowledge committee W | revision.draft directorate W | revision.change directorate W
revision.drop directorate W | revision.submit directorate W | revision.return committee A
revision.set_total committee A | revision.take_back directorate A | revision.decide directorate A
"""
TABLE = {
    name: (party, grades)
    for name, party, grades in (cell.split() for cell in HAND.replace("\n", "|").split("|") if cell.strip())
}
GRADES = {"W": {Grade.CASE_WORKER, Grade.APPROVER}, "A": {Grade.APPROVER}, "C": {Grade.CASE_WORKER}}
OUTSIDE = {
    "access.grant",
    "access.lend",
    "access.withdraw",
    "access.invite",
    "journal.shield",
    "information.read",
    *WITHHOLDING,
}


AWAY = {Gate.TARGET_KEPT: {"sum": 507, "target": 500, "away": 7}}
TOLD_OF_TARGET = [move for move in MOVES if Gate.TARGET_KEPT in move.gates]


def test_every_move_that_hands_a_county_s_sum_on_is_told_of_the_target() -> None:
    handed_on = "ready submit discuss finish confirm confirm_final"
    assert {move.name for move in TOLD_OF_TARGET} == {f"recommendation.{verb}" for verb in handed_on.split()}


@pytest.mark.parametrize("move", TOLD_OF_TARGET, ids=lambda move: move.name)
def test_a_sum_away_from_its_target_is_told_and_takes_a_reason(move: Move) -> None:
    assert move.by is not None
    who = Who(7, move.by, "46", "46", Grade.APPROVER)
    away = Situation(move.start, "46", AWAY)
    assert objection_to(move, who, away) is None  # the button is there, with what it tells and a field for the reason
    assert needs_reason(move, away)
    (warning,) = warnings_of(move, away)
    assert (warning.code, dict(warning.facts)) == ("told_target_kept", AWAY[Gate.TARGET_KEPT])
    for blank in ("", " \n"):
        refused = objection_to(move, who, away, blank)
        assert refused is not None
        assert (refused.code, dict(refused.facts)) == ("gate_target_kept", AWAY[Gate.TARGET_KEPT])
    assert objection_to(move, who, away, "The meeting wanted it so.") is None
    # Answered before, it is told all the same, and passes.
    answered = Situation(move.start, "46", AWAY, answered=frozenset({Gate.TARGET_KEPT}))
    assert warnings_of(move, answered) == (warning,)
    assert needs_reason(move, answered) is move.reason
    if not move.reason:
        assert objection_to(move, who, answered, "") is None
    # On the target nothing is told.
    assert warnings_of(move, Situation(move.start, "46")) == ()
    assert needs_reason(move, Situation(move.start, "46")) is move.reason


CLOSED_ON = date(2022, 1, 14)


def test_people_make_no_move_of_a_closed_round_but_to_take_it_up_again() -> None:
    beside = {move.name for move in MOVES if not move.ends_with_round}
    assert beside == {
        *("round.open", "round.read_in", "round.reopen"),
        *("notice.change", "notice.change_stop", "notice.take_back", "notice.take_back_stop"),
        *(move.name for move in MOVES if move.by is None or move.name.startswith("figures.")),
    }
    for move in MOVES:
        grade = Grade.APPROVER if Grade.APPROVER in move.grades else Grade.CASE_WORKER
        who = Who(None, Party.PUBLIC) if move.by is None else Who(7, move.by, "46", "46", grade)
        closed = Situation(move.start, "46", closed_on=CLOSED_ON)
        objection = objection_to(move, who, closed, "a reason")
        if move.name in beside:
            assert objection is None, move.name
        else:
            assert objection == Objection("round_closed", {"day": CLOSED_ON}), move.name
        assert not (is_owed(move, closed) and move.ends_with_round)


def test_a_closed_round_says_so_whatever_else_does_not_hold() -> None:
    move = move_of("round.propose_correction")
    who = Who(7, Party.DIRECTORATE, grade=Grade.CASE_WORKER)
    objection = objection_to(move, who, Situation("closed", closed_on=CLOSED_ON), "")
    assert objection is not None
    assert objection.code == "round_closed"


def test_what_is_left_is_told_and_takes_a_reason() -> None:
    move, facts = move_of("round.close"), {"left": {"unsent": 3}}
    who = Who(7, Party.DIRECTORATE, grade=Grade.APPROVER)
    left = Situation("frozen", unmet={Gate.NOTHING_LEFT: facts})
    (warning,) = warnings_of(move, left)
    assert (warning.code, dict(warning.facts)) == ("told_nothing_left", facts)
    assert needs_reason(move, left)
    refused = objection_to(move, who, left, " ")
    assert refused is not None
    assert (refused.code, dict(refused.facts)) == ("gate_nothing_left", facts)
    assert objection_to(move, who, left, "The last ones will not come.") is None
    assert not needs_reason(move, Situation("frozen"))


def test_the_rights_cell_by_cell() -> None:
    seen = set()
    for cell in rights():
        if cell.action in OUTSIDE:
            continue
        seen.add(cell.action)
        party, grades = TABLE[cell.action]
        may = cell.party == party and cell.grade in GRADES[grades]
        assert cell.own is may, cell
        assert cell.other is (may and cell.party not in (Party.COUNTY, Party.MUNICIPALITY)), cell
    assert seen == set(TABLE)


def test_administration_and_shielding_cell_by_cell() -> None:
    for cell in rights():
        if cell.action == "journal.shield":
            may = cell.party is Party.DIRECTORATE and cell.grade is Grade.APPROVER
            assert (cell.own, cell.other) == (may, may)
        elif cell.action == "access.invite":
            directorate = cell.party is Party.DIRECTORATE and cell.grade is Grade.ADMINISTRATOR
            assert (cell.own, cell.other) == (False, directorate)
        elif cell.action == "information.read":
            reads = cell.party in (Party.MINISTRY, Party.COMMITTEE, Party.KS, Party.COUNTY)
            assert (cell.own, cell.other) == (False, reads and cell.grade is not Grade.ADMINISTRATOR)
        elif cell.action in WITHHOLDING:
            grades = GRADES["A" if cell.action == "document.lift" else "W"]
            owns = cell.party in (Party.DIRECTORATE, Party.COUNTY, Party.MUNICIPALITY)
            assert cell.own is (owns and cell.grade in grades), cell
            assert cell.other is (cell.party is Party.DIRECTORATE and cell.grade in grades), cell
        elif cell.action in OUTSIDE:
            assert (cell.own, cell.other) == (cell.grade is Grade.ADMINISTRATOR, False)
    assert not may_administer(Who(1, Party.KS, grade=Grade.APPROVER), own=True)
    assert not may_shield(Who(1, Party.DIRECTORATE, grade=Grade.ADMINISTRATOR))


def test_every_move_but_the_system_s_own_stands_in_the_hand_written_table() -> None:
    assert {move.name for move in MOVES if move.by is not None} == set(TABLE)
    assert len(BY_NAME) == len(MOVES)


@pytest.mark.parametrize("track", Track)
def test_every_state_is_reached_and_has_an_owner(track: Track) -> None:
    moves = [move for move in MOVES if move.track is track]
    begins = {"recommendation": "open", "round": "open"}  # made with the shared proposal, and with the round
    reached = {move.end for move in moves} | {begins.get(track, "")}
    assert set(states_of(track)) <= reached
    for state in states_of(track):
        assert any(state in (move.start, move.end) for move in moves)


@pytest.mark.parametrize(
    ("track", "classes"),
    [
        (Track.CRITERIA, (CriteriaState,)),
        (Track.ALTERNATIVE, (AlternativeState,)),
        (Track.FORECAST, (ForecastState,)),
        (Track.TARGETS, (TargetsState,)),
        (Track.PROPOSAL, (ProposalState,)),
        (Track.RECOMMENDATION, (RecommendationState,)),
        (Track.MEETING, (MeetingState,)),
        (Track.INFORMATION, (InformationState,)),
        (Track.ROUND, (RoundState,)),
        (Track.LETTER, (LetterState, LetterWork)),
        (Track.DECISION, (DecisionState, AnswerTime)),
        (Track.LEDGER, (LedgerState,)),
        (Track.ALERT, (NeedAlertState,)),
        (Track.REVISION, (RevisionState,)),
        (Track.NEED, (NeedRunState,)),
        (Track.FIGURES, (FigureState, FetchState)),
    ],
)
def test_the_states_of_a_track_are_those_of_its_class(track: Track, classes: tuple[type[StrEnum], ...]) -> None:
    # No move leads there: a newer decision does, a newer alert, and reading in what was fetched.
    replaced = {DecisionState.REPLACED, NeedAlertState.REPLACED, FetchState.FETCHED}
    assert set(states_of(track)) == {state for each in classes for state in each} - replaced


WHO = Who(7, Party.COUNTY, "46", "46", Grade.APPROVER)
SUBMIT = move_of("recommendation.submit")


def test_objections_come_in_order_and_say_what_is_needed() -> None:
    fine = Situation("ready", "46", submitted_by=1)
    assert objection_to(SUBMIT, WHO, fine) is None
    wrong_party = objection_to(SUBMIT, Who(7, Party.KS, grade=Grade.APPROVER), Situation("open", "46"))
    assert wrong_party is not None
    assert (wrong_party.code, wrong_party.facts) == ("wrong_party", {"needs": Party.COUNTY})
    for situation, code in (
        (Situation("ready", "30"), "wrong_area"),
        (Situation("open", "46"), "wrong_state"),
        (Situation("ready", "46", {Gate.NUMBERS_COMPLETE: {"missing": 3}}, submitted_by=7), "gate_numbers_complete"),
        (Situation("ready", "46", submitted_by=7), "same_person"),
    ):
        objection = objection_to(SUBMIT, WHO, situation)
        assert objection is not None
        assert objection.code == code


@pytest.mark.parametrize("grade", [Grade.READER, Grade.ADMINISTRATOR, Grade.CASE_WORKER])
def test_a_lower_grade_is_told_which_is_needed(grade: Grade) -> None:
    objection = objection_to(SUBMIT, Who(7, Party.COUNTY, "46", "46", grade), Situation("ready", "46"))
    assert objection is not None
    assert (objection.code, objection.facts) == ("low_grade", {"needs": Grade.APPROVER})


@pytest.mark.parametrize("gate", Gate)
def test_only_some_gates_can_be_skipped_and_never_a_sum(gate: Gate) -> None:
    moves = [move for move in MOVES if gate in move.gates]
    assert moves, "a gate that nothing passes is dead"
    for move in moves:
        assert move.by is not None
        who = Who(7, move.by, "46", "46", Grade.APPROVER)
        stands = Situation(move.start, "46", {gate: {}}, frozenset({gate}))
        assert (objection_to(move, who, stands, "a reason") is None) is (gate in SKIPPABLE | ANSWERED)
    assert not SKIPPABLE & {Gate.SUMS_CLOSE, Gate.TARGET_REACHED, Gate.NUMBERS_COMPLETE, Gate.NOT_FROZEN}


def test_a_reason_is_asked_for_when_the_action_is_made_not_when_the_button_is_shown() -> None:
    who, move = Who(7, Party.MINISTRY, grade=Grade.APPROVER), move_of("criteria.return")
    assert objection_to(move, who, Situation("proposed")) is None
    objection = objection_to(move, who, Situation("proposed"), " ")
    assert objection is not None
    assert objection.code == "reason_missing"


def test_only_the_system_computes() -> None:
    objection = objection_to(move_of("proposal.compute"), Who(7, Party.DIRECTORATE), Situation("queued"))
    assert objection is not None
    assert objection.code == "system_only"
    assert objection_to(move_of("proposal.compute"), Who(None, Party.PUBLIC), Situation("queued")) is None


def test_an_unknown_move_is_a_fault_in_the_program() -> None:
    with pytest.raises(UnknownMove):
        move_of("criteria.forget")


def test_the_role_of_the_ministry_changes_hands() -> None:
    before, after = holder(Party.MINISTRY, date(2021, 12, 31)), holder(Party.MINISTRY, date(2022, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Kunnskapsdepartementet", "Arbeids- og inkluderingsdepartementet")
    assert holder(Party.COUNTY, date(2020, 5, 19)) is None


DAYS_OF_AGREEMENTS = (
    *(date(2015, 12, 31), date(2016, 1, 1), date(2020, 6, 30), date(2021, 12, 31)),
    *(date(2022, 1, 1), date(2025, 12, 31), date(2026, 1, 1)),
)


def test_the_committee_decides_until_it_advises_and_what_follows_is_not_known() -> None:
    roles = {day: agreement.role for day in DAYS_OF_AGREEMENTS if (agreement := agreement_on(day)) is not None}
    assert roles == {
        date(2016, 1, 1): TargetsRole.DECIDES,
        date(2020, 6, 30): TargetsRole.DECIDES,
        date(2021, 12, 31): TargetsRole.DECIDES,
        date(2022, 1, 1): TargetsRole.ADVISES,
        date(2025, 12, 31): TargetsRole.ADVISES,
    }
    days = [day for each in AGREEMENTS for day in (each.since, each.until)]
    assert days == sorted(days)
    assert all(each.source for each in AGREEMENTS)
