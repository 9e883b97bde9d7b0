"""Targets in a browser: what stands before them is read, counties are filled in, changed, undone and saved."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from visitor import APPROVER, COMMITTEE, IMDI, WORKER, move_clock, someone
from walker import Walker
from workspace import Workspace, workspace

FORECAST = {"low": "4200", "middle": "5025", "high": "6100", "under15": "35", "from15": "75", "as_of": "2020-06-15"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("targets") / "var") as demo:
        someone(demo, "Kunnskapsdepartementet", "godkjenner", "criteria.adopt", {"version": "1"})
        move_clock(demo, "2020-06-30")
        someone(demo, IMDI, WORKER, "forecast.register", {**FORECAST, "publisher": "Laget for prøven"})
        yield demo


def test_targets_are_filled_in_changed_and_saved(context: BrowserContext, stage: Workspace) -> None:
    walk = Walker(context.new_page(), stage.address)
    page, table = walk.page, walk.page.locator("#county-targets")
    walk.be(COMMITTEE, WORKER)
    walk.go("targets")
    walk.look("targets-empty")

    # How earlier forecasts and rounds have met what happened, of the country and of a county.
    page.get_by_role("link", name="Se hvor godt prognoser og fordeling har truffet før").click()
    expect(page.locator("#chart-rounds figcaption")).to_contain_text("Runden for 2020: Bosetts referansemodell")
    walk.look("backtest")
    page.locator("#chart-rounds summary").click()
    page.locator("main").get_by_role("link", name="Vestland", exact=True).click()
    expect(page.locator("#chart-place figcaption")).to_contain_text(re.compile(r"for Vestland: \d+\. Anmodet: 675\."))
    walk.look("backtest-county")
    walk.go("targets")

    # What is typed is summed at once.
    page.locator("[id='03-number']").fill("300")
    page.locator("[id='11-number']").fill("4 800")
    expect(table.locator("[data-sum=number]")).to_have_text("5\u00a0100")
    expect(table.locator("[data-rest=number]")).to_have_text("75 for mye")
    expect(table.locator("[data-sum=empty]")).to_have_text("9")
    expect(table.locator("tr[data-code='03'] [data-rate]")).to_have_text("0,4")

    # Enter in a field computes the columns, and replaces nothing.
    page.locator("#national-number").fill("4000")
    page.locator("#national-number").press("Enter")
    expect(page.locator("main")).to_contain_text(re.compile(r"er regnet ut for 4.000 personer"))
    assert page.locator("[id='03-number']").input_value() == "300"

    # The criteria fill in; the page says what was replaced, and it is undone.
    page.locator("#national-number").fill("5025")
    page.get_by_role("button", name="Etter kriteriene").click()
    expect(page.locator("#filled")).to_contain_text("2 tall som sto der, er byttet ut:")
    expect(table.locator("[data-rest=number]")).to_have_text("går opp")
    expect(table.locator("[data-rest=from15]")).to_have_text("går opp")
    walk.look("targets-filled")
    page.get_by_role("button", name="Angre utfyllingen").click()
    expect(page.locator("#filled")).to_contain_text("slik de var")
    assert page.locator("[id='03-number']").input_value() == "300"
    page.get_by_role("button", name="Som i fjor").click()
    expect(table.locator("[data-rest=number]")).to_have_text("går opp")
    page.locator("[id='03-number']").fill("210")
    page.get_by_label("Begrunnelse").fill("Som i fjor; Oslo tar ikke flere enn da.")
    walk.press("Lagre utkast")

    expect(page.locator("article").first).to_contain_text("Som i fjor; Oslo tar ikke flere enn da.")
    expect(page.locator("article").first).to_contain_text(
        re.compile(r"Fylkene summerer til 5.029, og måltallet er 5.025")
    )
    walk.look("targets-drafted")

    # It is decided by the criteria; the next version is held against it.
    page.get_by_role("button", name="Etter kriteriene").click()
    walk.press("Lagre utkast")
    walk.press("Legg fram for utvalgsmøtet")
    someone(stage, COMMITTEE, APPROVER, "targets.decide", {"version": "1"})
    walk.go("targets")
    page.locator("#national-number").fill("5100")
    page.get_by_role("button", name="Som i fjor").click()
    walk.press("Lagre utkast")
    compared = page.locator("#compare")
    expect(compared.locator("tbody tr").first).to_contain_text(re.compile(r"Hele landet\s+5.025\s+5.100\s+\+75"))
    walk.look("targets-compared")
    assert walk.faults == []
