"""The 2021 round by actions, from the letter's date to frozen numbers; and what is refused on the way."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from bosett.apportion import Impossible, Tied, Unproven
from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Refusal
from bosett.figures import national_totals
from bosett.geography import municipalities
from bosett.parameters.criteria import NoCriteria
from bosett.rounds.kinds import Run
from bosett.rounds.parties import Party
from bosett.rounds.run import NotShared, compute
from bosett_web.actions.county import cells, outcomes, recommendations
from bosett_web.actions.county.cells import Cell, Conflict
from bosett_web.actions.county.outcomes import Outcome
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.numbers import numbers as rounds
from bosett_web.actions.round import criteria, demo, proposals, targets
from bosett_web.actions.values import Numbers
from bosett_web.journal.models import Event, FreeText, Refused
from bosett_web.journal.verify import verify
from bosett_web.queries.standing import standing
from bosett_web.records.models import Correction, Proposal, RecommendationLine, Request, SettlementRound
from parties import (
    COUNTIES,
    DECIDED,
    DEMO,
    FROZEN,
    SHARED,
    YEAR,
    approver,
    finish_county,
    new_targets,
    register_forecast,
    share_proposal,
    worker,
)
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]


def refused(code: str, act: Callable[[], object]) -> None:
    """Hold that an action is refused with a code, and that the journal tells of it."""
    with pytest.raises(Objected) as caught:
        act()
    assert caught.value.objection.code == code
    last = Refused.objects.order_by("-last_at").first()  # the same is an event once a day
    assert last is not None
    assert last.event.name == "refused"
    assert json.loads(last.event.body)["after"]["code"] == code


def test_the_demo_stands_on_the_day_of_the_letter() -> None:
    assert not demo.begin()  # a workspace that holds a round is left alone
    before, now = standing(2020), standing(2021)
    assert (before.state, before.planned) == ("frozen", 5100)
    first = [total.value for total in national_totals("requested_first", 2020)]
    numbers = list(Request.objects.filter(round=2020).values_list("number", flat=True).order_by("pk"))
    assert len(numbers) == 211
    assert sum(numbers) == first[0] == 5120
    assert [row.state for row in now.criteria] == ["proposed"]
    assert not now.forecasts
    assert not now.targets


@pytest.mark.begins_at(FROZEN)
def test_the_whole_country_to_frozen_numbers() -> None:
    at = standing(YEAR)
    assert at.state == "frozen"
    assert at.finals == len(municipalities(YEAR)) == 356
    assert at.final_total == 5025
    expected = {line.code: line.number for county in compute(YEAR).counties for line in county.municipalities}
    stored = dict(Request.objects.filter(round=YEAR).order_by("pk").values_list("municipality", "number"))
    assert stored == {code: number for code, number in expected.items() if number}
    assert proposals.replay(Proposal.objects.get(round=YEAR).pk)
    assert verify().holds


@pytest.mark.begins_at(SHARED)
def test_a_replay_tells_when_a_stored_result_differs() -> None:
    Proposal.objects.update(result_sha256="0" * 64)
    assert not proposals.replay(Proposal.objects.get().pk)


def test_wrong_party_wrong_state_and_too_early_are_refused_and_journalled() -> None:
    directorate = worker(Party.DIRECTORATE)
    refused("wrong_party", lambda: criteria.adopt(approver(Party.KS), year=YEAR, version=1))
    refused("low_grade", lambda: criteria.adopt(worker(Party.MINISTRY), year=YEAR, version=1))
    refused("wrong_state", lambda: criteria.share(directorate, year=YEAR, version=1))
    refused("gate_targets_decided", lambda: proposals.queue(directorate, year=YEAR))
    counties = {code: Numbers(1) for code in COUNTIES}
    drafting = worker(Party.COMMITTEE)
    refused(
        "gate_criteria_adopted",
        lambda: targets.draft(drafting, year=YEAR, national=Numbers(11), counties=counties),
    )
    refused("gate_targets_decided", lambda: rounds.submit(directorate, year=YEAR))
    assert verify().holds


@pytest.mark.begins_at(SHARED)
def test_another_county_s_row_is_refused() -> None:
    cell = [Cell("4601", "number", 3)]
    refused("wrong_area", lambda: cells.set_all(worker(Party.COUNTY, "30"), year=YEAR, county="46", cells=cell))
    with pytest.raises(Invalid, match="municipality_not_in_county"):
        cells.set_all(worker(Party.COUNTY, "30"), year=YEAR, county="30", cells=cell)


@pytest.mark.begins_at(SHARED)
def test_nobody_approves_what_they_submitted() -> None:
    one = approver(Party.COUNTY, "46")
    cells.fill_from_proposal(one, year=YEAR, county="46")
    recommendations.ready(one, year=YEAR, county="46")
    refused("same_person", lambda: recommendations.submit(one, year=YEAR, county="46"))


def test_sums_that_do_not_close_stop_the_targets() -> None:
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=1)
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 6, 30))
    register_forecast()
    committee = worker(Party.COMMITTEE)
    parts = {code: Numbers(100, 5, 10) for code in COUNTIES}
    targets.draft(committee, year=YEAR, national=Numbers(1101, 55, 110), counties=parts)
    refused("gate_sums_close", lambda: targets.submit(committee, year=YEAR, version=1))
    targets.draft(committee, year=YEAR, national=Numbers(1100, 54, 110), counties=parts)
    refused("gate_sums_close", lambda: targets.submit(committee, year=YEAR, version=1))
    targets.draft(committee, year=YEAR, national=Numbers(1100, 55, 110), counties=parts)
    targets.submit(committee, year=YEAR, version=1)


@pytest.mark.begins_at(SHARED)
def test_a_departure_from_the_proposal_needs_its_reason() -> None:
    county = worker(Party.COUNTY, "03")
    cells.set_all(county, year=YEAR, county="03", cells=[Cell("0301", "number", 7, None)])
    refused("gate_departures_reasoned", lambda: recommendations.ready(county, year=YEAR, county="03"))
    cells.set_all(county, year=YEAR, county="03", cells=[Cell("0301", "reason", "Fewer flats.", "")], reason="As said.")
    recommendations.ready(county, year=YEAR, county="03")


@pytest.mark.begins_at(SHARED)
def test_two_writers_on_one_line_lose_nothing() -> None:
    county = worker(Party.COUNTY, "46")
    cells.set_all(county, year=YEAR, county="46", cells=[Cell("4601", "number", 20, None)])
    with pytest.raises(Conflict) as caught:
        cells.set_all(county, year=YEAR, county="46", cells=[Cell("4601", "number", 30, None)])
    assert caught.value.facts == {"mine": 30, "theirs": 20, "before": None}
    assert RecommendationLine.objects.get(municipality="4601").number == 20


@pytest.mark.begins_at(SHARED)
def test_a_bulk_change_is_one_event_and_is_undone_by_another() -> None:
    county = worker(Party.COUNTY, "46")
    changes = [Cell("4601", "number", 20), Cell("4601", "reason", "Said on the phone.")]
    cells.set_all(county, year=YEAR, county="46", cells=changes)
    count = Event.objects.count()
    event = cells.fill_from_proposal(county, year=YEAR, county="46")
    assert Event.objects.count() == count + 1
    cells.undo(county, year=YEAR, county="46", event=event.pk)
    lines = RecommendationLine.objects.filter(recommendation__county="46")
    given = list(lines.filter(number__isnull=False).order_by("pk").values_list("municipality", "number", "reason"))
    assert given == [("4601", 20, "Said on the phone.")]
    with pytest.raises(Invalid, match="nothing_changed"):
        cells.undo(county, year=YEAR, county="46", event=event.pk)
    cells.set_all(county, year=YEAR, county="46", cells=[Cell("4602", "number", 9)])
    with pytest.raises(Conflict):  # what was undone has been changed since
        cells.undo(county, year=YEAR, county="46", event=event.pk)


@pytest.mark.begins_at(SHARED)
def test_a_reason_stands_beside_the_chain_so_that_it_can_be_shielded() -> None:
    county = worker(Party.COUNTY, "46")
    event = cells.set_all(county, year=YEAR, county="46", cells=[Cell("4601", "reason", "A telling word.")])
    assert "telling" not in event.body
    assert FreeText.objects.filter(event=event, text="A telling word.").exists()


@pytest.mark.begins_at(SHARED)
def test_a_late_change_keeps_every_number_and_waits_for_the_owner() -> None:
    finish_county("03")
    cells.fill_from_proposal(worker(Party.COUNTY, "46"), year=YEAR, county="46")
    register_forecast(5400)
    at = standing(YEAR)
    assert at.current_targets is not None
    assert at.out_of_date(at.current_targets) == ("forecast",)
    new_targets(5400, 2)
    share_proposal(2)
    at = standing(YEAR)
    assert at.out_of_date(at.recommendations["03"]) == ("proposal",)
    assert at.recommendations["46"].missing == 0  # every number is kept
    county = worker(Party.COUNTY, "46")
    refused("gate_up_to_date", lambda: recommendations.ready(county, year=YEAR, county="46"))
    recommendations.confirm(county, year=YEAR, county="46", reason="Still right.")
    assert not standing(YEAR).out_of_date(standing(YEAR).recommendations["46"])
    recommendations.reopen_final(worker(Party.COUNTY, "03"), year=YEAR, county="03", reason="The target is higher.")
    assert standing(YEAR).recommendations["03"].state == "open"


@pytest.mark.begins_at(SHARED)
def test_a_returned_recommendation_keeps_its_numbers() -> None:
    county, directorate = worker(Party.COUNTY, "03"), worker(Party.DIRECTORATE)
    finish_county("46")
    cells.fill_from_proposal(county, year=YEAR, county="03")
    recommendations.ready(county, year=YEAR, county="03")
    recommendations.submit(approver(Party.COUNTY, "03"), year=YEAR, county="03")
    with pytest.raises(Invalid, match="reason_for_departure"):
        outcomes.set_outcomes(directorate, year=YEAR, county="03", outcomes=[Outcome("0301", Numbers(1))])
    agreed = Outcome("0301", Numbers(1), "Agreed so.", Party.KS.value)
    outcomes.set_outcomes(directorate, year=YEAR, county="03", outcomes=[agreed])
    refused("gate_meeting_held", lambda: recommendations.discuss(directorate, year=YEAR, county="03"))


def test_a_step_is_skipped_only_by_a_reasoned_decision() -> None:
    committee = worker(Party.COMMITTEE)
    parts = {code: Numbers(100) for code in COUNTIES}
    boss = approver(Party.DIRECTORATE)
    refused("reason_missing", lambda: rounds.skip(boss, year=YEAR, gate="forecast_registered", reason=" "))
    with pytest.raises(Invalid, match="gate_not_skippable"):
        rounds.skip(boss, year=YEAR, gate="sums_close", reason="A crisis.")
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=1)
    rounds.skip(boss, year=YEAR, gate="forecast_registered", reason="A crisis.")
    targets.draft(committee, year=YEAR, national=Numbers(1100), counties=parts)
    targets.submit(committee, year=YEAR, version=1)


@pytest.mark.begins_at(FROZEN)
def test_a_correction_after_the_freeze_is_a_new_version_by_a_second_person() -> None:
    one, two = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE)
    refused("wrong_state", lambda: rounds.set_numbers(one, year=YEAR, numbers={"0301": Numbers(1)}))
    first = Request.objects.get(round=YEAR, municipality="0301").number
    rounds.propose_correction(two, year=YEAR, municipality="0301", number=first + 1, reason="A slip.")
    correction = Correction.objects.get().pk
    refused("same_person", lambda: rounds.correct(two, year=YEAR, correction=correction))
    refused("low_grade", lambda: rounds.correct(one, year=YEAR, correction=correction))
    Correction.objects.update(submitted_by=one.person_id)
    rounds.correct(two, year=YEAR, correction=correction)
    versions = Request.objects.filter(round=YEAR, municipality="0301").order_by("version")
    assert list(versions.values_list("version", "number")) == [(1, first), (2, first + 1)]
    assert verify().holds


def test_the_release_is_set_by_the_directorate_s_approver_once_the_round_is_frozen() -> None:
    when = datetime(2020, 10, 1, 9, 0, tzinfo=UTC)
    boss = approver(Party.DIRECTORATE)
    refused("wrong_state", lambda: rounds.set_release(boss, year=YEAR, at=when))
    SettlementRound.objects.filter(pk=YEAR).update(state="frozen")
    refused("wrong_party", lambda: rounds.set_release(approver(Party.KS), year=YEAR, at=when))
    refused("low_grade", lambda: rounds.set_release(worker(Party.DIRECTORATE), year=YEAR, at=when))
    rounds.set_release(boss, year=YEAR, at=when)
    assert standing(YEAR).release_at == when


@pytest.mark.begins_at(DECIDED)
@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (
            NotShared("46 Vestland", Tied({"4601": (4, 5), "4602": (4, 5)}, {}, 1)),
            "Fordelingen for Vestland har flere svar",
        ),
        (NotShared("46 Vestland", Impossible((), 10, 12)), "Nærmeste måltall som går opp: 10, 12."),
        (NotShared("The nation", Impossible((), None, None)), "Fordelingen for landet går ikke opp"),
        (
            NotShared("46 Vestland", Unproven({}, None, Fraction(1))),
            "Det beste svaret for Vestland kunne ikke bevises.",
        ),
        (NoCriteria("no-2018"), "Kriteriene kan ikke regnes ut med de tallene som var kjent 30. juni 2020."),
    ],
    ids=["tied", "impossible", "nation", "unproven", "criteria"],
)
def test_each_way_to_fail_is_told_in_words(refused: Refusal, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> Run:
        raise refused

    monkeypatch.setattr(proposals, "run_of", fail)
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    proposals.compute(Proposal.objects.get().pk, lambda _: None)
    page = client_of(Party.DIRECTORATE).get(f"/{YEAR}/proposal").content.decode()
    assert sentence in page.replace("\u00a0", " ")
    assert str(refused) not in page


@pytest.mark.begins_at(DECIDED)
def test_a_run_that_failed_when_the_reason_was_a_sentence_shows_none_of_it() -> None:
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    Proposal.objects.update(state="failed", error="The nation: tied between 4601, 4602")
    page = client_of(Party.DIRECTORATE).get(f"/{YEAR}/proposal").content.decode()
    assert "Forslaget kunne ikke regnes ut." in page
    assert "tied between" not in page


@pytest.mark.begins_at(DECIDED)
def test_a_run_that_cannot_be_shared_says_why_and_is_journalled() -> None:
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    stored = Proposal.objects.get()
    stored.inputs["targets"]["03"] += 1
    stored.save()
    proposals.compute(stored.pk, lambda _: None)
    proposals.compute(stored.pk, lambda _: None)  # done again after a crash: nothing more happens
    stored.refresh_from_db()
    assert stored.state == "failed"
    error = json.loads(stored.error)
    assert error == {"code": "run_targets_differ", "sum": 5026, "total": 5025}
    words = {
        language: client_of(Party.DIRECTORATE, language=language).get(f"/{YEAR}/proposal").content.decode()
        for language in LANGUAGES
    }
    assert "Fylkenes måltall er 5\u00a0026 til sammen, det nasjonale er 5\u00a0025." in words["nb"]
    assert "Måltala til fylka er 5\u00a0026 til saman" in words["nn"]
    assert "targets add up to 5\u00a0026" in words["en"]
    event = Event.objects.get(name="proposal.fail")
    assert json.loads(json.loads(event.body)["after"]["error"]) == error  # the journal holds why, too
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)  # a failed run stands in nobody's way
    assert standing(YEAR).proposals[-1].version == 2


@pytest.mark.begins_at(DECIDED)
def test_a_run_reads_no_figure_from_after_the_workspace_s_day() -> None:
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    stored = Proposal.objects.get()
    assert stored.inputs["day"] == "2020-06-30"
    stored.inputs["day"] = "2019-12-31"  # before the population of 1 January 2020 was published
    stored.save()
    proposals.compute(stored.pk, lambda _: None)
    stored.refresh_from_db()
    assert stored.state == "failed"
    assert json.loads(stored.error) == {"code": "run_not_computable", "day": "2019-12-31"}


def test_oslo_is_county_and_municipality_of_one_organisation() -> None:
    assert worker(Party.COUNTY, "03").organisation == worker(Party.MUNICIPALITY, "0301").organisation
    assert worker(Party.COUNTY, "03").person_id == worker(Party.MUNICIPALITY, "0301").person_id


@pytest.mark.begins_at(SHARED)
def test_where_a_round_stands_takes_a_fixed_number_of_queries(
    django_assert_num_queries: Callable[[int], object],
) -> None:
    with django_assert_num_queries(12):  # type: ignore[attr-defined]
        standing(YEAR)
