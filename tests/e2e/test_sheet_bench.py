"""The sheet as a workbench: many rows in view, heads that stay as the page scrolls, the same grid to read, paper."""

import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from visitor import APPROVER, WORKER, county_names, someone, to_the_counties
from walker import Walker, in_norway
from workspace import Workspace, workspace

OPEN, READY, NOTING = "46", "18", "50"
ROWS_IN_VIEW, ROW = 18, 32
WIDE = 1280
A4_LANDSCAPE = (842, 595)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("bench") / "var", to_the_counties) as demo:
        yield demo


def comes(context: BrowserContext, stage: Workspace, county: str, grade: str = WORKER) -> Walker:
    walk = Walker(context.new_page(), stage.address)
    walk.be(f"{county_names(stage)[county]} fylkeskommune", grade, "fylkeskommunen")
    walk.go(f"counties/{county}")
    return walk


def rows_in_view(page: Page) -> int:
    """Count the rows that are seen whole between the headings and the bottom of the window."""
    return int(
        page.evaluate(
            """() => {
                const heads = document.querySelector("#desk thead th").getBoundingClientRect();
                const rows = [...document.querySelectorAll("#desk tbody tr[data-code]")].filter((row) => !row.hidden);
                return rows.map((row) => row.getBoundingClientRect()).filter(
                    ({ top, bottom }) => top >= heads.bottom - 1 && bottom <= innerHeight).length;
            }"""
        )
    )


def heights(page: Page) -> set[int]:
    return set(
        page.locator("#desk tbody tr[data-code]").evaluate_all(
            "rows => rows.map(row => Math.round(row.getBoundingClientRect().height))"
        )
    )


def edge(page: Page, what: str, side: str) -> float:
    return float(page.locator(what).first.evaluate(f"each => each.getBoundingClientRect().{side}"))


def test_eighteen_rows_are_in_view_as_one_sits_down(context: BrowserContext, stage: Workspace) -> None:
    walk = comes(context, stage, OPEN)
    page = walk.page
    assert rows_in_view(page) >= ROWS_IN_VIEW
    assert heights(page) == {ROW}
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE
    tools = page.locator("#toolbar > *:visible").evaluate_all(
        "all => all.map(each => { const box = each.getBoundingClientRect(); return (box.top + box.bottom) / 2; })"
    )
    assert max(tools) - min(tools) < ROW / 2  # one line
    assert walk.faults == []


def test_heads_and_names_stay_while_the_page_scrolls(context: BrowserContext, stage: Workspace) -> None:
    page = comes(context, stage, OPEN).page
    scrolling = page.evaluate(
        """() => { const found = []; for (let each = document.querySelector("#desk"); each; each = each.parentElement)
            if (each !== document.documentElement && /auto|scroll|hidden/.test(getComputedStyle(each).overflow))
                found.push(each.className); return found; }"""
    )
    assert scrolling == []  # the page, and no window within it
    page.evaluate("scrollTo(0, 700)")
    page.wait_for_timeout(100)
    assert page.evaluate("scrollY") > 600
    bench, heads = edge(page, "#bench", "bottom"), edge(page, "#desk thead th", "top")
    assert edge(page, "#bench", "top") == 0
    assert heads == pytest.approx(bench, abs=1)
    assert rows_in_view(page) >= ROWS_IN_VIEW + 3
    # All columns are more than the window holds: the page goes sideways, and the names stay.
    page.get_by_text("Kolonner og grupper", exact=True).click()
    for choice in page.locator("#columns input").all():
        choice.check()
    page.keyboard.press("Escape")
    page.evaluate("scrollTo(400, 700)")
    page.wait_for_timeout(100)
    assert page.evaluate("scrollX") > 100
    assert edge(page, "#desk tbody th", "left") <= 1
    assert edge(page, "#desk thead th", "left") <= 1
    assert edge(page, "#bench", "left") == 0
    assert edge(page, "#desk thead th", "top") == pytest.approx(edge(page, "#bench", "bottom"), abs=1)
    # A cell that one comes to by the keyboard is not behind the heads.
    page.evaluate("scrollTo(0, 900)")
    page.locator("#desk tbody tr[data-code]").nth(2).locator("[name$='-number']").focus()
    assert edge(page, "#desk tbody tr[data-code]:focus-within", "top") >= edge(page, "#desk thead th", "bottom") - 1


def test_numbers_stand_to_the_right_and_are_of_one_width(context: BrowserContext, stage: Workspace) -> None:
    page = comes(context, stage, OPEN).page
    boxes = page.locator("#desk .cell.number:visible").evaluate_all(
        "all => all.map(each => [Math.round(each.getBoundingClientRect().width), getComputedStyle(each).textAlign])"
    )
    assert len({tuple(box) for box in boxes}) == 1
    assert boxes[0][1] in ("right", "end")
    heads = page.locator("#desk thead th.num").evaluate_all("all => all.map(each => getComputedStyle(each).textAlign)")
    assert set(heads) == {"right"}


def test_flags_and_reason_stand_beside_the_number(context: BrowserContext, stage: Workspace) -> None:
    page = comes(context, stage, OPEN).page
    names = page.locator("#desk thead th").evaluate_all("all => all.map(each => each.dataset.column)")
    at = names.index("number")
    assert names[at + 1 : at + 3] == ["flags", "reason"]


def as_proposed_but_one(stage: Workspace, walk: Walker, county: str, more: int) -> str:
    """Fill a county's sheet in as proposed, let one number depart, and hand it to the approver; return which."""
    body = f"{county_names(stage)[county]} fylkeskommune"
    someone(stage, body, WORKER, "recommendation.fill", {"county": county})
    walk.page.reload()
    row = walk.page.locator("#desk tbody tr[data-code]").filter(has=walk.page.locator(".cell[name$='-number']")).nth(3)
    code = str(row.get_attribute("data-code"))
    number = walk.page.locator(f"[name='{code}-number']")
    number.fill(str(int(number.input_value()) + more))
    number.press("Tab")
    walk.page.locator(f"[name='{code}-reason']").fill("Har ledige boliger.")
    walk.page.locator(f"[name='{code}-reason']").press("Tab")
    expect(walk.page.locator("#saved")).to_have_text("Alt er lagret.", timeout=20_000)
    return code


def test_the_approver_reads_the_same_grid_and_hands_it_back_with_a_reason(
    browser: Browser, context: BrowserContext, stage: Workspace
) -> None:
    walk = comes(context, stage, READY)
    code = as_proposed_but_one(stage, walk, READY, 12)
    walk.page.get_by_text("Send til godkjenning", exact=True).first.click()
    reason = walk.page.locator("#moves textarea")
    if reason.count():  # the sum is another than the target
        reason.first.fill("Avklart med kommunen.")
        walk.page.locator("#moves form button").first.click()
    walk.done()
    other = in_norway(browser)
    reader = comes(other, stage, READY, APPROVER)
    page = reader.page
    assert rows_in_view(page) >= ROWS_IN_VIEW
    assert page.locator("#desk :is(input, select, textarea)").count() == 0
    reader.look("sheet-read")
    page.get_by_role("link", name="Bare avvik (1)").click()
    page.wait_for_url("**show=departing")
    shown = page.locator("#desk tbody tr[data-code]").evaluate_all("rows => rows.map(row => row.dataset.code)")
    assert shown == [code]
    page.get_by_label("Finn kommune").fill("ingen heter dette")
    expect(page.locator("#no-rows")).to_be_visible()
    page.get_by_label("Finn kommune").fill("")
    page.locator("summary", has_text="Send tilbake til saksbehandler").click()
    page.get_by_label("Begrunnelse", exact=True).fill("Se på tallet igjen.")
    reader.look("sheet-hand-back")
    reader.press("Send tilbake til saksbehandler")
    assert reader.faults == []
    walk.page.reload()
    expect(walk.page.locator(".sheet-title > .told")).to_contain_text("Se på tallet igjen.")
    assert walk.faults == []


@pytest.mark.parametrize("county", [OPEN, "11"])
def test_the_sheet_is_printed_as_a_table_with_headings_on_each_page(
    context: BrowserContext, stage: Workspace, county: str
) -> None:
    long = (
        "Kommunen har mange ledige boliger, en ny skole med plass og et godt tilbud, og har bedt om flere enn i fjor."
    )
    page = comes(context, stage, county).page
    reason = page.locator("#desk .cell[name$='-reason']").first
    reason.fill(long)
    reason.press("Tab")
    names = page.locator("#desk tbody tr[data-code]").evaluate_all("rows => rows.map(row => row.dataset.name)")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in printed} == {A4_LANDSCAPE}
    texts = [" ".join(sheet.extract_text().split()) for sheet in printed]
    holding = [text for text in texts if any(f" {name} " in f" {text} " for name in names)]
    assert "Verdt å merke seg" in texts[0]  # the table begins on the first page
    assert all(" Folketall " in text and " Anbefalt " in text for text in texts[: -(-len(names) // 24)])
    assert all(name in " ".join(holding) for name in names)
    assert long in " ".join(texts)  # whole, though its field is one line


def test_a_note_at_a_cell_and_a_column_of_one_s_own(context: BrowserContext, stage: Workspace) -> None:
    walk = comes(context, stage, NOTING)
    page, keys = walk.page, walk.page.keyboard
    page.get_by_label("Egen kolonne 1").fill("Ledige boliger")
    page.locator("#own-columns").get_by_role("button", name="Lagre").click()
    walk.done()
    first, second = (
        page.locator("#desk tbody tr[data-code]").nth(place).get_attribute("data-code") for place in (0, 1)
    )
    # Written, undone and done again by the keyboard; where it was written one goes on.
    number, note = page.locator(f"[name='{first}-number']"), page.locator(f"[name='{first}-note_number']")
    number.focus()
    keys.press("Shift+F2")
    expect(page.locator("#note-text")).to_be_focused()
    keys.type("Ring kommunen i juni.")
    walk.look("sheet-note")
    page.locator("#note-text").press("Enter")
    expect(number).to_be_focused()
    expect(page.locator("#saved")).to_have_text("Alt er lagret.", timeout=20_000)
    expect(number).to_have_accessible_description("Ring kommunen i juni.")
    keys.press("Control+z")
    expect(note).to_have_value("")
    expect(number).to_have_accessible_description("")
    keys.press("Control+y")
    expect(note).to_have_value("Ring kommunen i juni.")
    # Left by Esc, nothing is written; the button of the tools opens it at the cell that one was in.
    page.locator(f"[name='{second}-signal']").focus()
    page.get_by_role("button", name="Merknad", exact=True).click()
    keys.type("Ikke dette.")
    keys.press("Escape")
    expect(page.locator(f"[name='{second}-signal']")).to_be_focused()
    expect(page.locator(f"[name='{second}-note_signal']")).to_have_value("")
    # The county's own column is written in as any other.
    own = page.get_by_label(re.compile(": Ledige boliger$")).first
    own.focus()
    keys.type("12")
    keys.press("Enter")
    expect(page.locator("#saved")).to_have_text("Alt er lagret.", timeout=20_000)
    page.reload()
    expect(own).to_have_value("12")
    expect(page.locator("td[data-noted]")).to_have_count(1)
    expect(number).to_have_accessible_description("Ring kommunen i juni.")
    assert walk.faults == []
