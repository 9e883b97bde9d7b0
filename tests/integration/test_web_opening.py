"""A round is opened in a workspace without the demo: its calendar gives the duties their days."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from bosett.rounds.due import CalendarStep, DueBy
from bosett.rounds.moves import Track
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.round import criteria, demo, opening
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.queries.round.duties import duties
from bosett_web.queries.round.overview import steps
from bosett_web.queries.standing import forget_kept, standing
from bosett_web.records import clock
from bosett_web.records.models import CriteriaSet, FinalNumber, LetterSettings, Request, SettlementRound
from coming_year import DAYS, OPENED, PEOPLED, TODAY, YEAR
from markup import tidy
from parties import DEMO, approver, worker
from readers import client_of, led_from

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(PEOPLED)]


def open_round(year: int = YEAR, days: dict[CalendarStep, date] | None = None) -> Event:
    return opening.open_round(approver(Party.DIRECTORATE), year=year, days=days or {})


@pytest.mark.begins_at(OPENED)
def test_an_opened_round_begins_with_its_calendar_and_duties_get_their_days_from_it() -> None:
    at = standing(YEAR)
    assert at.state == "open"
    assert at.calendar == {step: DueBy(day) for step, day in DAYS.items()}
    owed = {duty.code: duty.by for duty in duties(at, TODAY)}
    assert owed["criteria.draft"] == DueBy(date(2026, 5, 29))
    assert owed["forecast.register"] == DueBy(date(2026, 6, 12))
    assert owed["meeting.plan"] == DueBy(date(2026, 6, 16))
    deadlines = {step.track: step.by for step in steps(at) if not step.area}
    assert deadlines[Track.TARGETS] == DueBy(date(2026, 6, 24))
    assert deadlines[Track.ROUND] == DueBy(date(2026, 10, 30))
    of_counties = [step for step in steps(at) if step.track is Track.RECOMMENDATION]
    assert len(of_counties) == 15
    assert {step.by for step in of_counties} == {DueBy(date(2026, 9, 25))}
    assert not verify().faults


def test_a_step_without_a_day_has_none() -> None:
    open_round(days={CalendarStep.TARGETS: date(2026, 6, 24)})
    at = standing(YEAR)
    assert at.calendar == {CalendarStep.TARGETS: DueBy(date(2026, 6, 24))}
    assert {duty.code: duty.by for duty in duties(at, TODAY)}["forecast.register"] is None


def test_a_round_is_opened_once_and_by_an_approver_of_the_directorate() -> None:
    with pytest.raises(Objected) as low:
        opening.open_round(worker(Party.DIRECTORATE), year=YEAR, days={})
    assert low.value.objection.code == "low_grade"
    with pytest.raises(Objected) as other:
        opening.open_round(approver(Party.COMMITTEE), year=YEAR, days={})
    assert other.value.objection.code == "wrong_party"
    open_round()
    with pytest.raises(Objected) as again:
        open_round()
    assert again.value.objection.code == "wrong_state"
    assert list(SettlementRound.objects.values_list("year", flat=True)) == [YEAR]


@pytest.mark.parametrize("year", [2025, 2029])
def test_only_this_year_and_the_next_two_are_opened(year: int) -> None:
    with pytest.raises(Invalid) as refused:
        open_round(year)
    assert (refused.value.field, refused.value.code) == ("year", "year_not_to_open")


def test_several_rounds_run_at_once() -> None:
    open_round(2026)
    open_round(2027)
    assert [standing(year).state for year in (2026, 2027)] == ["open", "open"]


@pytest.mark.begins_at(OPENED)
def test_what_waits_in_each_of_several_rounds_is_told_apart_by_year() -> None:
    open_round(2026)
    asked, deadline = "4601", date(2026, 4, 1)
    SettlementRound.objects.filter(pk=2026).update(state="frozen", frozen_at=clock.moment())
    FinalNumber.objects.create(round_id=2026, municipality=asked, county="46", number=30)
    Request.objects.create(round_id=2026, municipality=asked, version=1, number=30, day=TODAY, sent_at=clock.moment())
    LetterSettings.objects.create(round_id=2026, answer_by=deadline)
    directorate = client_of(Party.DIRECTORATE)
    for year, other in ((2027, 2026), (2026, 2027)):
        lists = turns(directorate, year)
        assert list(lists) == ["Venter på dere", f"Venter på dere i runden for {other}"]
        assert all(f'href="/{year}/' in row for row in lists["Venter på dere"])
        assert all(f'href="/{other}/' in row for row in lists[f"Venter på dere i runden for {other}"])
    own = turns(client_of(Party.MUNICIPALITY, asked), 2027, "own")
    (answer,) = own["Venter på dere i runden for 2026"]
    assert 'href="/2026/own#answer"' in answer
    assert "1. april 2026" in answer
    # A round that is closed owes nothing, and is no longer told of.
    SettlementRound.objects.filter(pk=2026).update(state="closed", closed_on=TODAY)
    forget_kept()
    assert list(turns(directorate, 2027)) == ["Venter på dere"]


def turns(client: Client, year: int, path: str = "") -> dict[str, list[str]]:
    """Return the lists of what waits on somebody: each by its heading."""
    text = tidy(client.get(f"/{year}/{path}").content.decode()).replace("\u00a0", " ")
    sections = re.findall(r'<section aria-labelledby="turn.*?</section>', text, re.DOTALL)
    heads = [re.search(r"<h2[^>]*>(.*?)</h2>", each, re.DOTALL) for each in sections]
    rows = [re.findall(r"<li>.*?</li>", each, re.DOTALL) for each in sections]
    return {head[1].strip(): listed for head, listed in zip(heads, rows, strict=True) if head}


@pytest.mark.parametrize(("earlier", "later"), opening.MUST_PRECEDE)
def test_a_step_is_not_done_before_the_one_that_it_rests_on(earlier: CalendarStep, later: CalendarStep) -> None:
    wrong = {earlier: date(2026, 6, 2), later: date(2026, 6, 1)}
    with pytest.raises(Invalid) as refused:
        open_round(days=wrong)
    assert refused.value.field == f"day_{later}"
    assert refused.value.facts == {"step": earlier, "day": date(2026, 6, 2)}
    assert not SettlementRound.objects.exists()
    open_round(days=dict.fromkeys((earlier, later), date(2026, 6, 1)))


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2028, 1, 1)])
def test_a_day_lies_in_the_year_before_or_in_the_settlement_year(day: date) -> None:
    with pytest.raises(Invalid) as refused:
        open_round(days={CalendarStep.ANSWERS: day})
    assert (refused.value.field, refused.value.code) == ("day_answers", "day_outside_round")


@pytest.mark.begins_at(OPENED)
def test_the_calendar_is_changed_with_its_story() -> None:
    later = DAYS[CalendarStep.ANSWERS] + timedelta(days=14)
    event = opening.change_days(worker(Party.DIRECTORATE), year=YEAR, days=DAYS | {CalendarStep.ANSWERS: later})
    assert event.name == "round.change_days"
    assert standing(YEAR).calendar[CalendarStep.ANSWERS] == DueBy(later)
    with pytest.raises(Invalid) as refused:
        opening.change_days(worker(Party.DIRECTORATE), year=YEAR, days=DAYS | {CalendarStep.ANSWERS: later})
    assert refused.value.code == "nothing_changed"


@pytest.mark.begins_at(DEMO)
def test_a_season_stays_one_until_a_day_is_named() -> None:
    seasons = standing(2021).calendar
    assert {by.season for by in seasons.values()} == {"june", "summer", "autumn"}
    days = {step: by.last for step, by in seasons.items()} | {CalendarStep.TARGETS: date(2020, 6, 18)}
    opening.change_days(worker(Party.DIRECTORATE), year=2021, days=days)
    after = standing(2021).calendar
    assert after == {**seasons, CalendarStep.TARGETS: DueBy(date(2020, 6, 18))}


def test_the_page_opens_a_round_and_gives_back_what_was_filled_in() -> None:
    client = client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    assert client.get("/").headers["Location"] == "/rounds"
    assert led_from("/") == "/nb/"
    assert "Ingenting er offentliggjort ennå." in Client().get("/nb/").content.decode()
    page = client.get("/rounds").content.decode()
    assert "Det er ingen runder her ennå." in page
    signed = client.get("/rounds").context["signed"]
    filled = {
        "shown_to": signed,
        "year": "2027",
        "least": "",
        "day_targets": "2026-06-24",
        "day_forecast": "2026-07-01",
    }
    refused = client.post("/rounds/open", filled)
    assert refused.status_code == 422
    words = tidy(refused.content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    assert "Datoen kommer før steget den bygger på (prognosen foreligger, 1. juli 2026)." in words
    assert 'value="2026-07-01"' in words
    far = tidy(client.post("/rounds/open", filled | {"year": "2031"}).content.decode()).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "Runder kan åpnes for 2026 til 2028." in far
    done = client.post("/rounds/open", filled | {"day_forecast": "2026-06-12"})
    assert done.headers["Location"] == "/2027/"
    assert client.get("/2027/").status_code == 200
    listed = tidy(client.get("/rounds").content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    assert "under arbeid" in listed
    assert "16. mars 2026" in listed


def test_who_may_not_open_a_round_is_told_why_or_shown_nothing() -> None:
    assert "Åpne runden" not in client_of(Party.COMMITTEE).get("/rounds").content.decode()
    assert "godkjenner" in client_of(Party.DIRECTORATE).get("/rounds").content.decode().lower()


@pytest.mark.begins_at(DEMO)
def test_the_criteria_begin_from_those_of_the_round_before() -> None:
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2021, 2, 1))
    opening.open_round(approver(Party.DIRECTORATE), year=2022, days={}, least=10)
    (draft,) = CriteriaSet.objects.filter(round=2022)
    assert (draft.state, draft.title, draft.file) == (
        "drafted",
        "Forslag til anmodningskriterier for 2022",
        "no-2022-reference",
    )
    assert SettlementRound.objects.get(pk=2022).least == 10
    criteria.propose(approver(Party.COMMITTEE), year=2022, version=1)
