"""The settlement year in a browser: a count by keyboard, a table pasted, a workbook out and in, a row corrected."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from visitor import IMDI, WORKER, freeze, move_clock
from walker import Walker
from workspace import Workspace, workspace

BERGEN = "4601"
TABLE = "Kommune\tDag\tForespurt\tAvtalt\tBosatt\nBergen\t07.03.2021\t9\t6\t5\nAskøy\t07.03.2021\t\t:\t{settled}\n"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("ledger") / "var", freeze) as demo:
        move_clock(demo, "2021-03-10")
        yield demo


def enter_by_keyboard(page: Page) -> None:
    """Enter a count without the mouse: from field to field by the tabulator."""
    page.get_by_label("Kommune", exact=True).last.focus()
    page.keyboard.type("Bergen")
    page.keyboard.press("Tab")
    page.keyboard.type("Bosatt")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.locator("#n-on").fill("2021-02-28")
    page.locator("#n-count").focus()
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    page.locator("#n-said_on").fill("2021-03-01")
    page.get_by_role("button", name="Før tallet").focus()
    page.keyboard.press("Enter")


def forget_refusals(walk: Walker) -> None:
    """Forget what the browser's console tells of a form that was refused."""
    walk.faults[:] = [fault for fault in walk.faults if "422" not in fault]


def test_a_year_is_counted(context: BrowserContext, stage: Workspace, tmp_path: Path) -> None:
    walk = Walker(context.new_page(), stage.address)
    page, main = walk.page, walk.page.locator("main")
    walk.be(IMDI, WORKER)
    page.get_by_role("link", name="Bosettingsåret").first.click()
    expect(main).to_contain_text("Ingenting er ført ennå.")
    walk.look("ledger-empty")
    enter_by_keyboard(page)
    walk.done()
    expect(page.locator("#row-1")).to_contain_text("28. februar 2021")

    # A table with a fault is told by its cell, and nothing of it is entered.
    page.get_by_label("Tabell fra utklippstavlen").fill(TABLE.format(settled="tre"))
    page.get_by_role("button", name="Se hva tabellen sier").click()
    expect(page.locator("#faults")).to_be_visible()
    expect(main).to_contain_text("E3")
    walk.look("ledger-faults")
    forget_refusals(walk)
    page.get_by_label("Tabell fra utklippstavlen").fill(TABLE.format(settled="0"))
    page.locator("#t-said_on").fill("2021-03-08")
    page.get_by_role("button", name="Se hva tabellen sier").click()
    expect(page.locator("#preview")).to_contain_text("5 rader")
    walk.look("ledger-preview")
    page.get_by_role("button", name="Før 5 rader").click()
    walk.done()

    # A row is corrected, and the old one stays.
    page.locator("#row-1").get_by_role("link", name="Rett raden").click()
    page.locator("#c-count").fill("6")
    walk.look("ledger-correct")
    page.locator("#c-reason").fill("To kom samme dag.")
    walk.press("Rett raden")
    expect(page.locator("#row-1 del")).to_contain_text("4")
    expect(page.locator("#row-7")).to_contain_text("Retter rad 1: To kom samme dag.")
    walk.go("settlement?county=46")
    expect(main).to_contain_text("minst" if page.get_by_text("minst").count() else "skjermet")
    walk.look("ledger-county")

    # The workbook goes out, and in again as it is.
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned regnskapet som arbeidsbok").click()
    book = tmp_path / "regnskap.xlsx"
    download.value.save_as(book)
    page.get_by_label("Eller en fil").set_input_files(book)
    page.get_by_role("button", name="Se hva tabellen sier").click()
    expect(main).to_contain_text("7 rader står allerede")

    # The demo draws what nobody has counted, and says so on every page of it.
    walk.go("settlement")
    walk.press("Trekk demoens uker til og med i dag")
    expect(main).to_contain_text("Ukestallene her er oppdiktet")
    walk.look("ledger-drawn")
    walk.go("settlement?county=46")
    walk.look("ledger-drawn-county")

    # The municipality sees its own, and says its own.
    page.goto(f"{stage.address}/login?county=46")
    page.get_by_role("button", name=re.compile("^saksbehandler, Bergen kommune")).click()
    page.wait_for_url(re.compile(r"/own$"))
    walk.go("settlement")
    expect(main).not_to_contain_text("Askøy")
    page.locator("#n-step").select_option("settled")
    page.locator("#n-on").fill("2021-02-28")
    page.locator("#n-count").fill("9")
    page.locator("#n-said_on").fill("2021-03-09")
    page.get_by_role("button", name="Før kommunens tall").click()
    walk.done()
    expect(page.locator("#disagreements")).to_be_visible()
    walk.look("ledger-own")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Før kommunens tall").is_visible()
    page.emulate_media(media="screen")
    assert walk.faults == []
