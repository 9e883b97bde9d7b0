"""The runs of all rounds: who sees them, what they were computed from, and two of them side by side."""

import re
from io import BytesIO

import pytest
from django.db.models import F
from python_calamine import CalamineWorkbook

from bosett.rounds.parties import Party
from bosett_web.actions.round import proposals
from bosett_web.records.models import Proposal, ProposalLine, Targets
from markup import tidy
from parties import DECIDED, SHARED, YEAR, worker
from readers import client_of
from web_database import Start

BERGEN, KINN = "4601", "4602"


def another_run() -> None:
    """Compute a second run, of targets that have moved 100 persons from Vestland to Oslo."""
    for code, by in (("46", -100), ("03", 100)):
        Targets.objects.get(round=YEAR).counties.filter(county=code).update(number=F("number") + by)
    proposals.queue(worker(Party.DIRECTORATE), year=YEAR)
    proposals.compute(Proposal.objects.get(round=YEAR, version=2).pk, lambda _: None)


TWO = Start(another_run, SHARED)
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(TWO)]


def page(party: Party, asked: str = "", area: str = "") -> str:
    answer = client_of(party, area).get(f"/{YEAR}/runs{asked}")
    assert answer.status_code == 200
    return tidy(answer.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ")


def numbers(version: int) -> dict[str, int]:
    return dict(
        ProposalLine.objects.filter(proposal__round=YEAR, proposal__version=version).values_list(
            "municipality", "number"
        )
    )


def test_two_runs_are_laid_side_by_side_with_what_each_was_computed_from() -> None:
    text = page(Party.DIRECTORATE)
    before, after = numbers(1), numbers(2)
    up = sum(after[code] > before[code] for code in before)
    down = sum(after[code] < before[code] for code in before)
    assert up
    assert down
    assert f"{up} {'kommune' if up == 1 else 'kommuner'} får flere, {down} får færre." in text
    bergen = re.search(
        rf'<tr><th scope="row"> ?<a class="ds-link" href="/{YEAR}/why/{BERGEN}/proposal-2">Bergen</a> ?</th>.*?</tr>',
        text,
    )
    assert bergen
    assert f">{before[BERGEN]}<" in bergen[0]
    assert f">{after[BERGEN]}<" in bergen[0]
    assert f"−{before[BERGEN] - after[BERGEN]}" in bergen[0]
    vestland = re.search(r'<tr><th scope="row">Vestland</th>.*?</tr>', text)
    assert vestland
    assert "−100" in vestland[0]
    for run in Proposal.objects.filter(round=YEAR):
        assert run.inputs_sha256[:12] in text
        assert run.result_sha256[:12] in text
    assert "ulikt" in text


def test_a_run_beside_itself_or_one_that_there_is_not_is_the_newest_beside_the_one_before() -> None:
    usual = page(Party.DIRECTORATE).partition('id="compared"')[2]
    for asked in ("?from=2021-1&to=2021-1", "?from=2021-9&to=2021-1", "?from=x&to=%3Cb%3E"):
        assert page(Party.DIRECTORATE, asked).partition('id="compared"')[2] == usual
    turned = page(Party.DIRECTORATE, "?from=2021-2&to=2021-1")
    assert "+100" in turned


def test_each_sees_the_runs_that_they_may_see() -> None:
    assert "versjon 2" not in page(Party.KS), "it is not shared"
    assert "Når det er to kjøringer" in page(Party.KS)
    for party, area in ((Party.MINISTRY, ""), (Party.UDI, ""), (Party.MUNICIPALITY, BERGEN)):
        assert "Ingen kjøring" in page(party, area=area)
        assert client_of(party, area).get(f"/{YEAR}/runs.csv").status_code == 404
    assert client_of(Party.KS).get(f"/{YEAR}/runs.xlsx").status_code == 404


def test_the_files_hold_the_same() -> None:
    client = client_of(Party.DIRECTORATE)
    rows = client.get(f"/{YEAR}/runs.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 357
    bergen = next(row for row in rows if row.startswith(BERGEN)).split(";")
    assert bergen[-3:] == [
        str(numbers(1)[BERGEN]),
        str(numbers(2)[BERGEN]),
        str(numbers(2)[BERGEN] - numbers(1)[BERGEN]),
    ]
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"/{YEAR}/runs.xlsx").content))
    sheet = book.get_sheet_by_name("Kjøringer").to_python()
    assert next(row for row in sheet if row[0] == BERGEN)[4] == numbers(2)[BERGEN]
    assert any(Proposal.objects.get(version=2).result_sha256 in str(cell) for row in sheet for cell in row)


def test_a_run_of_another_year_comes_first() -> None:
    run, targets = Proposal.objects.get(version=2), Targets.objects.get(round=YEAR)
    inputs = {**run.inputs, "year": 2020}
    former = Proposal.objects.create(
        round_id=2020, version=1, state="shared", targets=targets, criteria_file=run.criteria_file, inputs=inputs,
        rules=run.rules, inputs_sha256="a" * 64, result_sha256="b" * 64, day=run.day,
    )  # fmt: skip
    ProposalLine.objects.bulk_create(
        ProposalLine(proposal=former, municipality=code, county=code[:2], number=number + 1, exact="1")
        for code, number in numbers(2).items()
    )
    text = page(Party.DIRECTORATE, "?from=2021-2&to=2020-1")
    heads = re.findall(r'<th scope="col">(20\d\d, versjon \d)', text)
    assert heads[:2] == ["2020, versjon 1", "2021, versjon 2"]
    assert f"0 kommuner får flere, {len(numbers(2))} får færre." in text


def test_a_run_that_cannot_be_computed_again_is_told_so() -> None:
    run = Proposal.objects.get(version=2)
    Proposal.objects.filter(pk=run.pk).update(inputs={**run.inputs, "total": 5})  # no more than the targets' sum
    answer = client_of(Party.DIRECTORATE).get(f"/{YEAR}/proposal?replay=2")
    assert answer.status_code == 200
    assert "Kjøringen kan ikke regnes ut igjen" in answer.content.decode()
    assert "Samme tall kom ut igjen." in client_of(Party.DIRECTORATE).get(f"/{YEAR}/proposal?replay=1").content.decode()


@pytest.mark.begins_at(DECIDED)
def test_before_there_is_a_run_the_page_says_so() -> None:
    assert "Ingen kjøring har kommet til tall ennå." in page(Party.DIRECTORATE)
