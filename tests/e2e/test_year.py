"""Where the settlement year is heading, in a browser: the demo's 2020 on 19 May, with resettlement stopped."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from visitor import IMDI, WORKER
from walker import Walker
from workspace import Workspace, workspace

YEAR = 2020


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("year") / "var") as demo:
        yield demo


def test_a_year_is_looked_at(context: BrowserContext, stage: Workspace, tmp_path: Path) -> None:
    walk = Walker(context.new_page(), stage.address, YEAR)
    page, main = walk.page, walk.page.locator("main")
    walk.be(IMDI, WORKER)
    walk.go("settlement/year")
    expect(main).to_contain_text("Ingenting er ført ennå.")
    walk.look("year-empty")

    # The demo draws what nobody has counted; the ledger leads to where the year is heading.
    walk.go("settlement")
    walk.press("Trekk demoens uker til og med i dag")
    page.get_by_role("link", name="Se hvor året er på vei").click()
    expect(main).to_contain_text("Ukestallene her er oppdiktet")
    heading = main.locator(".heading-for")
    expect(heading).to_contain_text(re.compile(r"Året er på vei mot minst \d.\d{3} til \d.\d{3} bosatte"))
    low, high = (
        int(re.sub(r"\D", "", number))
        for number in re.findall(r"minst ([\d\s]+) til ([\d\s]+) bosatte", heading.inner_text())[0]
    )
    assert low <= 2819 <= high, "who had moved in when 2020 ended lies within, and the 5 120 requested do not"
    assert high < 5120
    expect(main).to_contain_text("lå det som kom, innenfor i 7.")
    chart = page.get_by_role("img", name="Plan, bosatte, avtalte og forespurte gjennom året")
    expect(chart).to_be_visible()
    walk.look("year-country")

    # What is drawn stands in the table, and is downloaded as it stands there.
    page.get_by_text("Tallene som tabell", exact=True).click()
    last = page.locator("#course ~ details tbody tr").last
    expect(last).to_contain_text("31. desember 2020")
    walk.look("year-table")
    for name, ending in (("Last ned som CSV", "csv"), ("Last ned alle tabellene", "xlsx")):
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile(name)).click()
        file = tmp_path / f"year.{ending}"
        download.value.save_as(file)
        assert file.stat().st_size > 500
    text = (tmp_path / "year.csv").read_text(encoding="utf-8-sig")
    *_, lowest, _, highest, as_of, note = text.splitlines()[-1].split(";")
    assert [re.sub(r"\D", "", each) for each in (lowest, highest)] == [str(low), str(high)]
    assert (lowest[:5], as_of) == ("minst", "2020-05-19")
    assert "oppdiktet" in note

    # A county, one municipality by its tile, and a day before today: by keyboard.
    page.locator("#w-county").focus()
    page.keyboard.type("Vestland")
    page.get_by_role("button", name="Vis", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#course")).to_contain_text("Vestland")
    expect(main).to_contain_text("regnes bare ut for hele landet")
    walk.look("year-county")
    page.locator(".map a[data-code='4601']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#course")).to_contain_text("Bergen")
    walk.look("year-municipality")
    walk.go("settlement/year?on=2020-03-01")
    expect(page.get_by_role("status").first).to_contain_text("1. mars 2020")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Vis", exact=True).is_visible()
    page.emulate_media(media="screen")

    # A municipality sees its own, and nothing of another.
    page.goto(f"{stage.address}/login?county=46")
    page.get_by_role("button", name=re.compile("^saksbehandler, Bergen kommune")).click()
    page.wait_for_url(re.compile(r"/own$"))
    walk.go("settlement/year?municipality=4627")
    expect(page.locator("#course")).to_contain_text("Bergen")
    expect(main).not_to_contain_text("Askøy")
    walk.look("year-own")
    assert walk.faults == []
