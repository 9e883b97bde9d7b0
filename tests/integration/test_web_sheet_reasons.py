"""Which number lacks its reason is said once; the sum is told against its target; a reason left over is kept."""

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bosett.geography import municipalities
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.county import cells, outcomes, recommendations
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.county.outcomes import Outcome
from bosett_web.actions.doing import Objected
from bosett_web.actions.meetings import meetings
from bosett_web.actions.values import Numbers
from bosett_web.journal.models import FreeText
from bosett_web.queries.county.versions import versions as kept
from bosett_web.queries.letters.county_sheet import sheet, version_of
from bosett_web.queries.standing import standing
from bosett_web.queries.standing_rows import RecommendationRow
from bosett_web.records.models import FinalNumber, MeetingAddendum, ProposalLine, Recommendation, RecommendationLine
from markup import tidy
from parties import SHARED, YEAR, approver, hold, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED)]
COUNTY = "11"
PLACES = [place.code for place in municipalities(YEAR) if place.county == COUNTY]
PAGE = f"/{YEAR}/counties/{COUNTY}"
LEFT_OVER = "Kommunen har ledige boliger"


def row_of(county: str = COUNTY) -> RecommendationRow:
    return standing(YEAR).recommendations[county]


def proposed() -> dict[str, int]:
    rows = ProposalLine.objects.filter(county=COUNTY, proposal__state="shared").order_by("municipality")
    return dict(rows.values_list("municipality", "number"))


def refused(act: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(Objected) as caught:
        act()
    return caught.value.objection.code, dict(caught.value.objection.facts)


def ready(**more: str) -> object:
    return recommendations.ready(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, **more)


# One rule, told in five places


def in_the_sum(page: str) -> int:
    (shown,) = re.findall(r'data-sum="unreasoned">(\d+)<', page)
    return int(shown)


def under_the_filter(page: str) -> set[str]:
    """Return the rows that the sheet's filter shows: those that the server marked."""
    return set(re.findall(r'data-code="(\d{4})" data-unreasoned', page))


def told_to_the_script(client: Client) -> set[str]:
    rows = client.get(f"{PAGE}/cells", headers={"accept": "application/json"}).json()["rows"]
    return {code for code, row in rows.items() if row["unreasoned"]}


def in_the_workbook(client: Client) -> int:
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{PAGE}.xlsx").content))
    cells_of = [str(cell) for line in book.get_sheet_by_index(0).to_python() for cell in line]
    (shown,) = [cell for cell in cells_of if cell.startswith("Uten begrunnelse: ")]
    return int(shown.rpartition(" ")[2])


def in_the_objection() -> int:
    """Return how many the gate names; none when it lets the recommendation pass to the next one."""
    try:
        ready()
    except Objected as caught:
        code, facts = caught.objection.code, caught.objection.facts
        assert code in ("gate_departures_reasoned", "gate_target_kept")
        return int(str(facts["missing"])) if code == "gate_departures_reasoned" else 0
    Recommendation.objects.filter(county=COUNTY).update(state="open", submitted_by=None)
    return 0


line = st.tuples(
    st.integers(-12, 3),  # from the proposed number
    st.sampled_from(["", " ", "Fordi."]),
    st.sampled_from([None, 0, 15, 40]),  # the municipality's own word
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(line, min_size=len(PLACES), max_size=len(PLACES)))
@example([(0, "", 31)] * len(PLACES))  # as proposed, beside another signal: nothing to explain
@example([(0, "Fordi.", None)] * len(PLACES))
@example([(-1, " ", None)] * len(PLACES))
def test_the_sum_the_filter_the_gate_and_the_workbook_say_the_same(
    sheet_lines: list[tuple[int, str, int | None]],
) -> None:
    numbers, client = proposed(), client_of(Party.COUNTY, COUNTY)
    for code, (away, reason, signal) in zip(PLACES, sheet_lines, strict=True):
        number = max(0, numbers[code] + away)
        RecommendationLine.objects.filter(municipality=code).update(
            number=number, asked=number > 0, reason=reason, signal=signal
        )
    # Said here in words, not as coded: another number than the proposed needs its reason.
    expected = {
        code
        for code, (away, reason, _) in zip(PLACES, sheet_lines, strict=True)
        if max(0, numbers[code] + away) != numbers[code] and not reason.strip()
    }
    page = tidy(client.get(PAGE).content.decode())
    assert under_the_filter(page) == told_to_the_script(client) == expected
    assert in_the_sum(page) == in_the_workbook(client) == in_the_objection() == row_of().unreasoned == len(expected)


def test_one_at_its_proposal_beside_another_signal_lacks_no_reason() -> None:
    """Alver in Vestland: proposed and recommended as computed, while the municipality has said something else."""
    code = "4631"
    number = ProposalLine.objects.get(municipality=code, proposal__state="shared").number
    county = worker(Party.COUNTY, "46")
    changes = [Cell(code, "number", number), Cell(code, "signal", number + 5)]
    cells.set_cells(county, year=YEAR, county="46", cells=changes)
    client = client_of(Party.COUNTY, "46")
    page = tidy(client.get(f"/{YEAR}/counties/46").content.decode())
    assert f"Kommunen har sagt at den kan ta {number + 5}." in page
    assert under_the_filter(page) == set()
    assert in_the_sum(page) == 0


def test_the_standing_asks_a_fixed_number_of_times() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            standing(YEAR)
        return len(queries)

    before = asked()
    RecommendationLine.objects.filter(recommendation__county=COUNTY).update(number=1, asked=True, reason="")
    assert row_of().unreasoned > 5
    assert asked() == before == 12


# The county's sum against its target


def take_to(state: str, away: int) -> None:
    """Take the county to a state, `away` persons over its target by one municipality, with reasons where needed."""
    county, directorate = worker(Party.COUNTY, COUNTY), worker(Party.DIRECTORATE)
    cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    code, number = next((code, number) for code, number in proposed().items() if number > 10)
    changes = [Cell(code, "number", number + away), Cell(code, "reason", "Ledige boliger.")]
    if away:
        cells.set_cells(county, year=YEAR, county=COUNTY, cells=changes)
    if state == "open":
        return
    ready(reason="Fylket tar flere.")
    if state == "ready":
        return
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    meetings.plan(directorate, year=YEAR, county=COUNTY, at=datetime(2020, 9, 1, 9, tzinfo=UTC), place="Video")
    meetings.invite(directorate, year=YEAR, county=COUNTY)
    hold(COUNTY, "Gått gjennom.")
    outcomes.outcomes_as_recommended(directorate, year=YEAR, county=COUNTY)
    if state == "discussed":
        recommendations.discuss(directorate, year=YEAR, county=COUNTY, reason="Møtet var enig.")


STEPS = (
    ("open", Party.COUNTY, Grade.CASE_WORKER),
    ("ready", Party.COUNTY, Grade.APPROVER),
    ("submitted", Party.DIRECTORATE, Grade.CASE_WORKER),
    ("discussed", Party.DIRECTORATE, Grade.APPROVER),
)


@pytest.mark.parametrize(("state", "party", "grade"), STEPS, ids=[step[0] for step in STEPS])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_county_over_its_target_is_told_so_at_each_step(
    state: str, party: Party, grade: Grade, language: str
) -> None:
    words = {"nb": "7 over måltallet", "nn": "7 over måltalet", "en": "7 above the target"}[language]
    area = COUNTY if party is Party.COUNTY else ""
    take_to(state, 7)
    target = sum(proposed().values())
    client = client_of(party, area, grade, language)
    (sentence,) = re.findall(r'<p class="told"[^>]*>([^<]+)</p>', tidy(client.get(PAGE).content.decode()))
    assert words in sentence
    assert f"{target + 7}" in sentence
    assert f"{target}." in sentence
    assert words in client_of(Party.DIRECTORATE, language=language).get(f"/{YEAR}/counties").content.decode() or (
        state in ("open", "ready")  # the county's own draft
    )
    if state == "submitted":
        assert words in client.get(f"/{YEAR}/meetings/{COUNTY}/room").content.decode()


def test_on_the_target_nothing_is_told() -> None:
    take_to("open", 0)
    page = tidy(client_of(Party.COUNTY, COUNTY).get(PAGE).content.decode())
    assert 'class="told"' not in page
    assert "nådd" in page


def test_the_county_and_the_directorate_each_say_why_before_it_goes_on() -> None:
    take_to("open", 7)
    target = sum(proposed().values())
    away = {"sum": target + 7, "target": target, "away": 7}
    assert refused(ready) == ("gate_target_kept", away)
    assert refused(lambda: ready(reason="  ")) == ("gate_target_kept", away)
    ready(reason="Fylket tar flere.")
    assert row_of().reason == "Fylket tar flere."
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    directorate, boss = worker(Party.DIRECTORATE), approver(Party.DIRECTORATE)
    meetings.plan(directorate, year=YEAR, county=COUNTY, at=datetime(2020, 9, 1, 9, tzinfo=UTC), place="Video")
    meetings.invite(directorate, year=YEAR, county=COUNTY)
    hold(COUNTY, "Gått gjennom.")
    outcomes.outcomes_as_recommended(directorate, year=YEAR, county=COUNTY)
    # The county's reason is the county's: the meeting's sum is passed on with the directorate's own.
    assert refused(lambda: recommendations.discuss(directorate, year=YEAR, county=COUNTY))[0] == "gate_target_kept"
    recommendations.discuss(directorate, year=YEAR, county=COUNTY, reason="Møtet var enig.")
    assert row_of().outcome_reason == "Møtet var enig."
    added = MeetingAddendum.objects.filter(meeting__county=COUNTY).values_list("kind", "text")
    assert list(added.order_by("number"))[-1] == ("remark", "Møtet var enig.")
    recommendations.finish(boss, year=YEAR, county=COUNTY)
    assert row_of().state == "final"
    assert sum(FinalNumber.objects.filter(county=COUNTY).values_list("number", flat=True)) == target + 7
    recommendations.reopen_final(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, reason="Ny prognose.")
    assert (row_of().reason, row_of().outcome_reason) == ("Fylket tar flere.", "")


def test_an_outcome_away_from_the_target_needs_its_reason_also_when_the_county_kept_it() -> None:
    take_to("submitted", 0)
    code, number = next((code, number) for code, number in proposed().items() if number > 10)
    directorate = worker(Party.DIRECTORATE)
    agreed = Outcome(code, Numbers(number - 3), "Skolen er full.", Party.KS.value)
    outcomes.set_outcomes(directorate, year=YEAR, county=COUNTY, outcomes=[agreed])
    code_of, facts = refused(lambda: recommendations.discuss(directorate, year=YEAR, county=COUNTY))
    assert (code_of, facts["away"]) == ("gate_target_kept", -3)
    page = tidy(client_of(Party.DIRECTORATE).get(PAGE).content.decode())
    assert "3 under måltallet" in page


def test_a_form_without_the_reason_says_so_at_its_field_and_keeps_the_rest() -> None:
    take_to("open", 7)
    client = client_of(Party.COUNTY, COUNTY)
    signed = client.get(PAGE).context["signed"]
    answer = client.post(f"/{YEAR}/do/recommendation.ready", {"county": COUNTY, "reason": " ", "shown_to": signed})
    page = tidy(answer.content.decode())
    assert answer.status_code == 409
    assert re.search(r'id="[^"]*-error">Til sammen [^<]*: 7 over måltallet, som er \d+\. Skriv hvorfor\.', page)
    assert '<details class="move" open>' in page


# A reason left from an earlier number


def with_a_reason_left_over() -> str:
    """Give a municipality another number with its reason, then the proposed again; return its code."""
    county = worker(Party.COUNTY, COUNTY)
    cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    code, number = next((code, number) for code, number in proposed().items() if number > 10)
    away = [Cell(code, "number", number + 3), Cell(code, "reason", LEFT_OVER)]
    cells.set_cells(county, year=YEAR, county=COUNTY, cells=away)
    cells.set_cells(county, year=YEAR, county=COUNTY, cells=[Cell(code, "number", number)])
    return code


def reasons_in_the_sheet(number: int | None) -> dict[str, str]:
    at = standing(YEAR)
    row = at.recommendations[COUNTY]
    rows = kept(row.id)
    version = version_of(row, rows, number, date(2020, 9, 1))
    assert version is not None
    return {each.name: each.reason for each in sheet(at, row, version, rows, "nb").lines}


def test_it_is_kept_and_greyed_in_the_sheet_with_the_word_for_it() -> None:
    code = with_a_reason_left_over()
    assert RecommendationLine.objects.get(municipality=code).reason == LEFT_OVER
    client = client_of(Party.COUNTY, COUNTY)
    page = tidy(client.get(PAGE).content.decode())
    (cell,) = re.findall(r'<td data-column="reason"[^>]*class="idle">.*?</td>', page)
    assert f'value="{LEFT_OVER}"' in cell
    assert "Tallet avviker ikke lenger." in cell
    rows = client.get(f"{PAGE}/cells", headers={"accept": "application/json"}).json()["rows"]
    assert {each for each, row in rows.items() if row["idle"]} == {code}
    # It speaks again when the number departs again.
    number = proposed()[code]
    written = {"m": code, "f": "number", "v": str(number + 1), "b": str(number)}
    form = {"cells": json.dumps([written]), "shown_to": client.get(PAGE).context["signed"]}
    saved = client.post(f"{PAGE}/cells", form, headers={"accept": "application/json"}).json()["rows"][code]
    assert (saved["idle"], saved["unreasoned"], saved["cells"]["reason"]) == (False, False, LEFT_OVER)
    assert "idle" not in client.get(PAGE).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]


def test_no_document_prints_it_and_nothing_is_lost() -> None:
    code = with_a_reason_left_over()
    assert set(reasons_in_the_sheet(None).values()) == {""}
    directorate = worker(Party.DIRECTORATE)
    ready()
    recommendations.submit(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    meetings.plan(directorate, year=YEAR, county=COUNTY, at=datetime(2020, 9, 1, 9, tzinfo=UTC), place="Video")
    meetings.invite(directorate, year=YEAR, county=COUNTY)
    readers = [client_of(Party.DIRECTORATE), client_of(Party.KS), client_of(Party.COUNTY, COUNTY)]

    def looked() -> None:
        for client in readers:
            for path in (f"meetings/{COUNTY}/room", f"meetings/{COUNTY}/minutes", f"numbers/{COUNTY}", "country", "ks"):
                assert LEFT_OVER not in client.get(f"/{YEAR}/{path}").content.decode(), path
        for number in (None, 1):
            assert set(reasons_in_the_sheet(number).values()) == {""}

    looked()
    # Where the county's sheet itself is read, it stands with the word that it is not printed.
    page = tidy(readers[0].get(PAGE).content.decode())
    assert LEFT_OVER not in page or "Tallet avviker ikke lenger." in page
    hold(COUNTY, "Gått gjennom.")
    outcomes.outcomes_as_recommended(directorate, year=YEAR, county=COUNTY)
    recommendations.discuss(directorate, year=YEAR, county=COUNTY)
    recommendations.finish(approver(Party.DIRECTORATE), year=YEAR, county=COUNTY)
    looked()
    assert RecommendationLine.objects.get(municipality=code).reason == LEFT_OVER
    assert FreeText.objects.filter(text=LEFT_OVER).exists()


def test_the_county_s_reason_for_another_sum_is_printed_only_while_the_sum_is_another() -> None:
    take_to("submitted", 7)
    Recommendation.objects.filter(county=COUNTY).update(reason=LEFT_OVER)
    # The minutes stand as they were when the meeting was held.
    client, paths = client_of(Party.DIRECTORATE), (f"meetings/{COUNTY}/room",)
    for path in paths:
        assert LEFT_OVER in client.get(f"/{YEAR}/{path}").content.decode(), path
    for code, number in proposed().items():
        RecommendationLine.objects.filter(municipality=code).update(number=number)
    for path in (*paths, f"counties/{COUNTY}"):
        assert LEFT_OVER not in client.get(f"/{YEAR}/{path}").content.decode(), path
    assert Recommendation.objects.get(county=COUNTY).reason == LEFT_OVER


def test_a_reason_of_a_departure_is_printed_everywhere() -> None:
    """The check of the check: with the number away from the proposal the same text stands in what is printed."""
    code = with_a_reason_left_over()
    RecommendationLine.objects.filter(municipality=code).update(number=proposed()[code] - 1)
    assert LEFT_OVER in reasons_in_the_sheet(None).values()
    Recommendation.objects.filter(county=COUNTY).update(state="submitted", reason="Fordi.")
    directorate = worker(Party.DIRECTORATE)
    meetings.plan(directorate, year=YEAR, county=COUNTY, at=datetime(2020, 9, 1, 9, tzinfo=UTC), place="Video")
    meetings.invite(directorate, year=YEAR, county=COUNTY)
    client = client_of(Party.DIRECTORATE)
    for path in (f"meetings/{COUNTY}/room", f"numbers/{COUNTY}", f"counties/{COUNTY}"):
        assert LEFT_OVER in client.get(f"/{YEAR}/{path}").content.decode(), path
