"""The county's desk in the browser: one county by keyboard alone, one by workbook, two by paste; nothing is lost.

The demo's parties take the other counties, and all of them on to final numbers.

What comes out is written to `var/walk/county.json`.
"""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from visitor import (
    IMDI,
    WORKER,
    YEAR,
    Visitor,
    county_names,
    freeze,
    organisation_of,
    to_the_counties,
)
from walker import Walker, in_norway
from workbooks import filled_in
from workspace import Workspace, workspace

BY_KEYBOARD, BY_WORKBOOK = "30", "46"  # Viken has 51 municipalities
BY_PASTE = ("03", "18")  # Oslo is one cell, Nordland 41
WALK = Path(__file__).parents[2] / "var" / "walk" / "county.json"
SAVED = "Alt er lagret."


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("county") / "var", to_the_counties) as demo:
        yield demo


def sits_down(browser: Browser, stage: Workspace, county: str, grade: str = WORKER) -> Walker:
    """Log in as somebody of a county and open its sheet."""
    walk = Walker(in_norway(browser, wide=1440).new_page(), stage.address)
    names = county_names(stage)
    walk.be(organisation_of(county, names), grade, "fylkeskommunen")
    walk.go(f"counties/{county}")
    return walk


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text(SAVED, timeout=20_000)


def proposed(page: Page) -> list[tuple[str, str, str]]:
    """Return code, name and proposed number of each row, in the order of the page."""
    rows = page.locator("#desk tbody tr[data-code]")
    texts = rows.evaluate_all(
        "rows => rows.map(row => [row.dataset.code, row.dataset.name,"
        " row.querySelector('[data-column=proposed]').dataset.value])"
    )
    return [(code, name, number) for code, name, number in texts]


def numbers_of(page: Page, field: str = "number") -> dict[str, str]:
    """Return what stands in a column's cells."""
    cells = page.locator(f"#desk .cell[name$='-{field}']")
    pairs = cells.evaluate_all("cells => cells.map(cell => [cell.name.slice(0, 4), cell.value])")
    return dict(pairs)


@pytest.mark.long
def test_the_counties_by_keyboard_workbook_and_paste_and_the_country_to_final_numbers(
    browser: Browser, stage: Workspace, tmp_path: Path
) -> None:
    by_keyboard_alone(browser, stage)
    by_workbook(browser, stage, tmp_path)
    by_paste(browser, stage)
    to_final_numbers(stage)


def by_keyboard_alone(browser: Browser, stage: Workspace) -> None:
    walk = sits_down(browser, stage, BY_KEYBOARD)
    page, keys = walk.page, walk.page.keyboard
    walk.look("county-sheet")
    rows = proposed(page)
    assert len(rows) == 51
    # From the top of the page to the first number with Tab alone.
    page.locator("body").press("Tab")
    first = f"{rows[0][0]}-number"
    for _ in range(150):
        if page.evaluate("document.activeElement.name") == first:
            break
        keys.press("Tab")
    assert page.evaluate("document.activeElement.name") == first
    for _, _, number in rows:
        keys.type(number)
        keys.press("Enter")
    saved(page)
    assert numbers_of(page) == {code: number for code, _, number in rows}
    # A departure is said in words, and asks for its reason, which arrows reach.
    code, name, number = next(row for row in rows if int(row[2]) >= 10)
    more = str(int(number) + 3)
    cell, flags = page.get_by_label(f"{name}: Anbefalt", exact=True), page.locator(f"#row-{code} .flags")
    cell.focus()
    keys.press("Control+A")
    keys.type(more)
    keys.press("Enter")
    expect(flags).to_contain_text("3 flere enn forslaget.")
    expect(flags).to_contain_text("Begrunnelse mangler.")
    expect(page.locator("[data-sum=unreasoned]")).to_have_text("1")
    keys.press("ArrowUp")
    keys.press("End")
    keys.press("ArrowRight")
    keys.type("Har ledige boliger og et godt læringstilbud.")
    keys.press("Enter")
    expect(flags).not_to_contain_text("Begrunnelse mangler.")
    # Undo twice, redo twice; then take it back for good.
    keys.press("Control+z")
    expect(flags).to_contain_text("Begrunnelse mangler.")
    keys.press("Control+z")
    expect(cell).to_have_value(number)
    keys.press("Control+y")
    keys.press("Control+Shift+z")
    expect(cell).to_have_value(more)
    keys.press("Control+z")
    keys.press("Control+z")
    saved(page)
    # Pick three signals, fill them down, clear them with Delete.
    names = [f"{name}: Kommunens signal" for _, name, _ in rows[:3]]
    page.get_by_label(names[0], exact=True).focus()
    keys.type("7")
    keys.press("Shift+ArrowDown")
    keys.press("Shift+ArrowDown")
    keys.press("Control+d")
    saved(page)
    assert [page.get_by_label(name, exact=True).input_value() for name in names] == ["7", "7", "7"]
    keys.press("Control+z")
    saved(page)
    assert [page.get_by_label(name, exact=True).input_value() for name in names] == ["7", "", ""]
    keys.press("Control+z")
    saved(page)
    # A municipality without a number gets what is left, by the engine.
    cell.focus()
    keys.press("Control+A")
    keys.press("Delete")
    keys.press("Enter")
    saved(page)
    expect(page.locator("[data-sum=missing]")).to_have_text("1")
    button = page.get_by_role("button", name="Fordel resten")
    button.focus()
    keys.press("Enter")
    walk.done()
    assert numbers_of(page)[code] == number
    expect(page.locator("[data-sum=left]")).to_have_text("nådd")
    page.reload()
    assert numbers_of(page) == {code: number for code, _, number in rows}
    ready = page.get_by_role("button", name="Send til godkjenning")
    ready.focus()
    keys.press("Enter")
    walk.done()
    assert walk.faults == []


def by_workbook(browser: Browser, stage: Workspace, folder: Path) -> None:
    walk = sits_down(browser, stage, BY_WORKBOOK)
    page = walk.page
    with page.expect_download() as download:
        page.locator(f"a[href$='/{BY_WORKBOOK}.xlsx']").click()
    path = folder / "vestland.xlsx"
    filled_in(download.value.path(), path)
    page.locator("input[type=file][name=file]").set_input_files(path)
    with page.expect_navigation():
        page.get_by_role("button", name="Se endringene").click()
    walk.look("county-upload")
    expect(page.locator("main")).to_contain_text("Bergen")
    page.get_by_role("button", name=re.compile("^Lagre")).click()
    walk.done()
    walk.go(f"counties/{BY_WORKBOOK}")
    assert numbers_of(page) == {code: number for code, _, number in proposed(page)}
    walk.press("Send til godkjenning")
    assert walk.faults == []


def by_paste(browser: Browser, stage: Workspace) -> None:
    for county in BY_PASTE:
        walk = sits_down(browser, stage, county)
        walk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = walk.page
        rows = proposed(page)
        block = "\n".join(number for _, _, number in rows)
        page.evaluate("text => navigator.clipboard.writeText(text)", block)
        page.get_by_label(f"{rows[0][1]}: Anbefalt", exact=True).focus()
        page.keyboard.press("Control+v")
        page.keyboard.press("Enter")  # one lone value is saved as the cell is left
        saved(page)
        expect(page.locator("[data-sum=missing]")).to_have_text("0")
        walk.press("Send til godkjenning")
        assert walk.faults == []


def to_final_numbers(stage: Workspace) -> None:
    freeze(stage)
    visitor = Visitor(stage, IMDI, WORKER)
    rows = list(csv.reader(StringIO(visitor.get(f"/{YEAR}/numbers.csv").lstrip("\ufeff")), delimiter=";"))
    final = {row[0]: int(row[-1]) for row in rows[1:]}
    verified = re.search(r'data-events="(\d+)"\s+data-holds="(\w+)"', visitor.get(f"/{YEAR}/journal?verify=1"))
    assert verified
    holds = verified[2] == "True"
    WALK.parent.mkdir(parents=True, exist_ok=True)
    summary = {"final": final, "total": sum(final.values()), "events": int(verified[1]), "verify": holds}
    WALK.write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    assert len(final) == 356
    assert sum(final.values()) == 5025
    assert holds
