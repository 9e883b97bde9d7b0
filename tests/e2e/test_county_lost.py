"""The county's sheet when things go wrong: two writers at once, a dropped line, an ended session, a closed page."""

import json
import random
import re
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect  # noqa: A004  - the browser's own

from thorough import asked_of
from visitor import APPROVER, WORKER, YEAR, Visitor, to_the_counties
from walker import Walker, in_norway
from workspace import Workspace, workspace

COUNTY, ORGANISATION = "11", "Rogaland fylkeskommune"
SAVED = "Alt er lagret."


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("lost") / "var", to_the_counties) as demo:
        yield demo


def sits_down(browser: Browser, stage: Workspace, grade: str = WORKER) -> Page:
    walk = Walker(in_norway(browser, wide=1440).new_page(), stage.address)
    walk.be(ORGANISATION, grade, "fylkeskommunen")
    walk.go(f"counties/{COUNTY}")
    return walk.page


def write(page: Page, name: str, value: str) -> None:
    cell = page.locator(f"[name='{name}']")
    cell.fill(value)
    cell.press("Enter")


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_have_text(SAVED, timeout=30_000)


def stored(browser: Browser, stage: Workspace, name: str) -> str:
    """Return what the server holds in a cell, as a page of somebody else shows it."""
    page = sits_down(browser, stage, APPROVER)
    value = page.locator(f"[name='{name}']").input_value()
    page.context.close()
    return value


@pytest.mark.long
def test_a_dropped_line_loses_nothing(browser: Browser, stage: Workspace) -> None:
    page = sits_down(browser, stage)
    page.context.set_offline(True)
    write(page, "1101-number", "11")
    write(page, "1103-number", "113")
    expect(page.locator("#saved")).to_contain_text("er tilbake: 2.")
    page.context.set_offline(False)
    saved(page)
    assert stored(browser, stage, "1103-number") == "113"


def test_a_page_closed_without_a_line_brings_its_cells_back(browser: Browser, stage: Workspace) -> None:
    page = sits_down(browser, stage)
    page.context.set_offline(True)
    write(page, "1106-number", "16")
    expect(page.locator("#saved")).to_contain_text("Ingen forbindelse")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(f"{stage.address}/{YEAR}/counties/{COUNTY}")
    saved(again)
    assert again.locator("[name='1106-number']").input_value() == "16"
    assert stored(browser, stage, "1106-number") == "16"


def test_an_ended_session_loses_nothing(browser: Browser, stage: Workspace) -> None:
    page = sits_down(browser, stage)
    page.context.clear_cookies(name="sessionid")
    write(page, "1108-number", "18")
    expect(page.locator("#saved")).to_contain_text(
        "Innloggingen er slutt. Logg inn i samme rolle, så sendes det som er tatt vare på her. Endringer: 1."
    )
    with page.context.expect_page() as opened:
        page.locator("#saved").get_by_role("link", name="Logg inn").click()
    other = opened.value
    other.get_by_role("button", name=re.compile(rf"^{WORKER}, {ORGANISATION}")).first.click()
    other.wait_for_url(re.compile(r"/20\d\d/$"))
    saved(page)
    assert stored(browser, stage, "1108-number") == "18"


def test_a_cell_that_cannot_stand_is_told_once_and_kept(browser: Browser, stage: Workspace) -> None:
    page = sits_down(browser, stage)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    write(page, "1130-number", "tolv")
    write(page, "1133-number", "33")
    expect(page.locator("#e-1130-number")).to_contain_text("Skriv et helt tall")
    expect(page.locator("#saved")).to_have_text("Celler som må rettes: 1.")
    page.wait_for_timeout(1500)
    assert len(sent) <= 3  # it is not sent for ever
    assert stored(browser, stage, "1133-number") == "33"
    write(page, "1130-number", "12")
    expect(page.locator("#e-1130-number")).to_have_count(0)
    saved(page)


def test_a_clash_is_shown_cell_by_cell_and_settled_either_way(browser: Browser, stage: Workspace) -> None:
    mine = sits_down(browser, stage)
    theirs = sits_down(browser, stage, APPROVER)
    mine.context.set_offline(True)
    for name in ("1111-number", "1112-number", "1112-reason"):
        write(mine, name, "12" if name.endswith("number") else "Mine ord")
    write(theirs, "1111-number", "20")
    write(theirs, "1112-number", "21")
    saved(theirs)
    mine.context.set_offline(False)
    note = mine.locator("#e-1111-number")
    expect(note).to_contain_text("En annen har endret dette samtidig.", timeout=30_000)
    expect(note).to_contain_text("20")
    # Written anew before it is settled: the clash stands until somebody settles it, with what is written now.
    write(mine, "1111-number", "13")
    expect(note).to_contain_text("13")
    expect(mine.locator("#saved")).to_contain_text("må rettes")
    note.get_by_role("button", name="Behold mitt").click()
    mine.locator("#e-1112-number").get_by_role("button", name="Ta deres").click()
    saved(mine)
    assert stored(browser, stage, "1111-number") == "13"
    assert stored(browser, stage, "1112-number") == "21"
    assert stored(browser, stage, "1112-reason") == "Mine ord"  # a cell that nobody else touched was saved
    expect(theirs.locator("[name='1111-number']")).to_have_value("13", timeout=20_000)  # and is followed


@pytest.mark.parametrize(("code", "looked_at"), [("1134", False), ("1135", True)])
def test_undoing_what_another_has_written_since_empties_nothing(
    browser: Browser, stage: Workspace, code: str, looked_at: bool
) -> None:
    mine = sits_down(browser, stage)
    theirs = sits_down(browser, stage, APPROVER)
    cell = f"{code}-number"
    write(mine, cell, "20")
    saved(mine)
    expect(theirs.locator(f"[name='{cell}']")).to_have_value("20", timeout=20_000)
    if not looked_at:  # a page that is not looked at does not ask
        mine.evaluate("Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })")
    write(theirs, cell, "30")
    saved(theirs)
    expect(mine.locator(f"[name='{cell}']")).to_have_value("30" if looked_at else "20", timeout=20_000)
    mine.locator(f"[name='{cell}']").press("Control+z")
    note = mine.locator(f"#e-{cell}")
    expect(note).to_contain_text("En annen har endret dette samtidig.", timeout=20_000)
    assert note.locator("dd").all_inner_texts() == ["20", "30", "(tomt)"]
    expect(mine.locator("#saved")).to_contain_text("Celler som må rettes")
    assert stored(browser, stage, cell) == "30"
    assert stored(browser, stage, f"{code}-asked") == "yes"
    note.get_by_role("button", name="Ta deres").click()
    saved(mine)
    assert mine.locator(f"[name='{cell}']").input_value() == "30"
    assert mine.locator(f"[name='{code}-asked']").input_value() == "yes"
    assert stored(browser, stage, cell) == "30"


def paste(page: Page, name: str, text: str) -> None:
    """Paste as from a spreadsheet."""
    page.locator(f"[name='{name}']").focus()
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const told = { clipboardData, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", told));
        }""",
        text,
    )


def test_what_is_pasted_is_read_or_marked_and_the_stored_value_stays(browser: Browser, stage: Workspace) -> None:
    page = sits_down(browser, stage)
    page.locator("#columns").evaluate("columns => { columns.closest('details').open = true }")
    page.locator("#show-details").check()
    paste(page, "1144-signal_on", "11.05.2020\tRådmannen\n")
    saved(page)
    assert stored(browser, stage, "1144-signal_on") == "2020-05-11"
    paste(page, "1144-signal_on", 'i høst\t"Ordføreren,\nper ""telefon"""\n')
    note = page.locator("#e-1144-signal_on")
    expect(note).to_contain_text("Limt inn: «i høst».")
    expect(note).to_contain_text("Skriv en dato, for eksempel 01.09.2020.")
    expect(page.locator("[name='1144-signal_on']")).to_have_value("2020-05-11")
    expect(page.locator("[name='1144-signal_by']")).to_have_value('Ordføreren, per "telefon"')
    expect(page.locator("#saved")).to_have_text("Celler som må rettes: 1.")
    paste(page, "1146-asked", "Ja\n")
    expect(page.locator("[name='1146-asked']")).to_have_value("yes")
    last = page.locator("#desk tbody tr[data-code]").last.get_attribute("data-code")
    paste(page, f"{last}-number", "30 35\n2\n3\n")
    expect(page.locator("#pasted")).to_have_text("Innlimte rader uten plass i arket, ikke tatt med: 2.")
    expect(page.locator(f"#e-{last}-number")).to_contain_text("Dette kan være to tall.")
    walk = Walker(page, stage.address)
    page.locator("#show-details").uncheck()  # with all columns the table is wider than the window
    page.evaluate("scrollTo(0, 0)")  # nothing that stays as the page scrolls lies over the choice of columns
    walk.look("sheet-pasted")
    page.locator("#show-details").check()
    for name, left in ((f"{last}-number", "(tomt)"), ("1144-signal_on", "11.05.2020")):
        page.locator(f"#e-{name}").get_by_role("button", name=f"Behold det lagrede: {left}").click()
    saved(page)
    assert stored(browser, stage, "1144-signal_on") == "2020-05-11"


def test_what_is_typed_as_another_s_value_comes_in_is_not_put_at_its_end(browser: Browser, stage: Workspace) -> None:
    mine = sits_down(browser, stage)
    theirs = sits_down(browser, stage, APPROVER)
    cell = mine.locator("[name='1127-signal']")
    write(mine, "1127-signal", "4")
    saved(mine)
    cell.focus()
    cell.select_text()  # as the arrows and Enter come to a cell
    expect(theirs.locator("[name='1127-signal']")).to_have_value("4", timeout=20_000)
    write(theirs, "1127-signal", "5")
    expect(cell).to_have_value("5", timeout=20_000)
    mine.keyboard.type("17")
    mine.keyboard.press("Enter")
    saved(mine)
    assert stored(browser, stage, "1127-signal") == "17"


@pytest.mark.parametrize("seconds", asked_of((20, 60), (20,)))
def test_two_writers_on_one_sheet_lose_nothing(browser: Browser, stage: Workspace, seconds: int) -> None:
    """No value is written over unseen, and every value stands in the log, or was written over by its own writer."""
    writers = [sits_down(browser, stage, grade) for grade in (WORKER, APPROVER)]
    cells = [f"{code}-signal" for code in ("1114", "1119", "1120", "1121", "1122", "1124")]
    chance = random.Random(20200519)  # noqa: S311  - shapes, no secret
    written: list[tuple[int, str, int]] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for who, page in enumerate(writers):
            name, value = chance.choice(cells), 1 + who * 100_000 + len(written)
            if page.locator(f"#e-{name}").count():
                settle(page, name)
            write(page, name, str(value))
            written.append((who, name, value))
    for page in writers:
        settle_all(page)
    assert len(written) > seconds
    changes = changes_of(stage)
    by_cell: dict[str, str] = {}
    for name, before, after in changes:
        assert by_cell.get(name, "") == before, "a value was written over that its writer had not seen"
        by_cell[name] = after
    logged = {(name, after) for name, _, after in changes}
    for at, (who, name, value) in enumerate(written):
        later = any((other, where) == (who, name) for other, where, _ in written[at + 1 :])
        assert (name, str(value)) in logged or later, (name, value)
    page = writers[0]
    page.reload()
    assert {name: page.locator(f"[name='{name}']").input_value() for name in by_cell} == by_cell
    assert 'data-holds="True"' in Visitor(stage, ORGANISATION, WORKER).get(f"/{YEAR}/journal?verify=1")


def settle_all(page: Page) -> None:
    """Keep one's own values until all is saved: an answer that is still on its way may bring one more clash."""
    end = time.monotonic() + 60
    while page.locator("#saved").text_content() != SAVED:
        assert time.monotonic() < end, page.locator("#saved").text_content()
        for note in page.locator("#desk .note").evaluate_all("notes => notes.map(note => note.id)"):
            settle(page, note.removeprefix("e-"))
        page.wait_for_timeout(200)


def settle(page: Page, name: str) -> None:
    """Keep one's own value; when the other has written again since, that is a new clash to settle."""
    note = page.locator(f"#e-{name}")
    for _ in range(30):
        if not note.count():
            return
        with suppress(TimeoutError):  # it may have been settled in this very moment
            note.get_by_role("button", name="Behold mitt").click(timeout=1500)
        page.wait_for_timeout(500)
    pytest.fail(f"{name} clashes for ever: {note.all_inner_texts()}")


def changes_of(stage: Workspace) -> list[tuple[str, str, str]]:
    """Return each change of a signal in the log, the oldest first: cell, before, after."""
    log = Visitor(stage, ORGANISATION, WORKER).get(f"/{YEAR}/journal.json?subject=recommendation:{YEAR}:{COUNTY}")
    changes = []
    for event in reversed(json.loads(log)["events"]):
        before, after = (event[side].get("lines", {}) for side in ("before", "after"))
        for code in after:
            signals = [_number(lines.get(code, {}).get("signal")) for lines in (before, after)]
            changes += [(f"{code}-signal", signals[0], signals[1])] if signals[0] != signals[1] else []
    return changes


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
