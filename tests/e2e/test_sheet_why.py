"""Beside the sheet: why a number was proposed, in the reader's words; and a filter that shows what the sum counts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from visitor import WORKER, to_the_counties
from walker import Walker, in_norway
from workspace import Workspace, workspace

COUNTY, ORGANISATION = "46", "Vestland fylkeskommune"
ALVER, KINN = "4631", "4602"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("why") / "var", to_the_counties) as demo:
        yield demo


@pytest.fixture
def walk(context: BrowserContext, stage: Workspace) -> Iterator[Walker]:
    walker = Walker(context.new_page(), stage.address)
    walker.be(ORGANISATION, WORKER, "fylkeskommunen")
    walker.go(f"counties/{COUNTY}")
    yield walker
    assert walker.faults == []


def write(page: Page, name: str, text: str) -> None:
    page.locator(f"[name='{name}']").fill(text)
    page.locator(f"[name='{name}']").press("Tab")
    expect(page.locator("#saved")).to_have_text("Alt er lagret.", timeout=20_000)


def shown(page: Page) -> set[str]:
    return set(
        page.locator("#desk tbody tr[data-code]:visible").evaluate_all("rows => rows.map(row => row.dataset.code)")
    )


def test_the_explanation_stands_beside_the_table_and_closes_by_escape(walk: Walker) -> None:
    page, panel = walk.page, walk.page.locator("#why")
    link = page.get_by_role("link", name="Hvorfor: Kinn", exact=True)
    expect(panel).to_be_hidden()
    link.focus()
    page.keyboard.press("Enter")  # by the keyboard, as by the mouse
    expect(panel.locator("h2")).to_have_text(re.compile(r"^Kinn \(4602\), Vestland: forslag for 2021: \d+ personer$"))
    for words in ("Slik ble tallet til", "Hva skal til for flere?", "Hvem betaler for det?", "personer før avrunding"):
        expect(panel).to_contain_text(words)
    assert not re.search(r"\d{5,}/\d|rounded|threshold", panel.inner_text())
    assert f"/counties/{COUNTY}" in page.url  # no other page, and nothing over this one
    expect(panel).to_be_focused()
    table, beside = page.locator("#desk").bounding_box(), panel.bounding_box()
    assert table is not None
    assert beside is not None
    assert beside["x"] >= table["x"] + table["width"]
    expect(link).to_have_attribute("aria-expanded", "true")
    walk.look("sheet-why")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-expanded", "false")
    # Another one's takes its place; its own button closes it.
    page.get_by_role("link", name="Hvorfor: Alver", exact=True).click()
    expect(panel.locator("h2")).to_contain_text("Alver (4631)")
    panel.get_by_role("button", name="Lukk").click()
    expect(panel).to_be_hidden()


def test_on_a_narrow_screen_it_stands_below_its_row(walk: Walker) -> None:
    page, panel = walk.page, walk.page.locator("#why")
    page.set_viewport_size({"width": 320, "height": 800})
    page.get_by_role("link", name="Hvorfor: Kinn", exact=True).click()
    expect(panel.locator("h2")).to_contain_text("Kinn (4602)")
    assert page.locator(f"#row-{KINN} #why").count() == 1
    row, below = page.locator(f"#row-{KINN} th").bounding_box(), panel.bounding_box()
    assert row is not None
    assert below is not None
    assert below["y"] > row["y"]
    assert below["x"] + below["width"] <= 320
    # Wide again, it is back beside the table.
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator(".beside-why > #why").count() == 1


def test_without_the_script_the_same_stands_on_a_page(stage: Workspace, browser: Browser) -> None:
    walk = Walker(in_norway(browser, scripts=False).new_page(), stage.address)
    walk.be(ORGANISATION, WORKER, "fylkeskommunen")
    walk.go(f"counties/{COUNTY}")
    walk.page.get_by_role("link", name="Hvorfor: Kinn", exact=True).click()
    expect(walk.page.locator("h1")).to_contain_text("Kinn (4602)")
    walk.page.get_by_role("link", name="Tilbake til arket").click()
    expect(walk.page.locator("#desk")).to_be_visible()


def test_the_filter_shows_the_rows_that_the_sum_counts(walk: Walker) -> None:
    page, total = walk.page, walk.page.locator("[data-sum=unreasoned]")
    write(page, f"{KINN}-number", "")
    proposed = int(page.locator(f"#row-{ALVER} [data-column=proposed]").get_attribute("data-value") or 0)
    write(page, f"{ALVER}-number", str(proposed))
    write(page, f"{ALVER}-signal", str(proposed + 5))
    expect(page.locator(f"#row-{ALVER} .flags")).to_contain_text("Kommunen har sagt at den kan ta")
    only = page.get_by_label("Vis", exact=True)
    only.select_option("unreasoned")
    expect(total).to_have_text("0")
    assert shown(page) == set()
    only.select_option("")
    write(page, f"{KINN}-number", "5")
    expect(total).to_have_text("1")
    only.select_option("unreasoned")
    assert shown(page) == {KINN}
    only.select_option("flagged")
    assert shown(page) == {ALVER, KINN}
    # The row that is worked in stays till it is left; then the filter shows what the sum says.
    only.select_option("unreasoned")
    page.locator(f"[name='{KINN}-reason']").fill("Skolen er full.")
    page.locator(f"[name='{KINN}-reason']").press("Enter")
    expect(total).to_have_text("0")
    only.select_option("")
    # A reason whose number is back at the proposal is greyed, with the word for it.
    back = page.locator(f"#row-{KINN} [data-column=proposed]").get_attribute("data-value") or ""
    write(page, f"{KINN}-number", back)
    expect(page.locator(f"#row-{KINN} td.idle")).to_contain_text("Tallet avviker ikke lenger.")
    walk.look("sheet-idle")
    write(page, f"{KINN}-number", "5")
    expect(page.locator(f"#row-{KINN} td.idle")).to_have_count(0)


def test_the_sum_is_told_against_the_target_in_words(walk: Walker) -> None:
    page, left = walk.page, walk.page.locator("[data-sum=left]")
    target = int(left.get_attribute("data-target") or 0)
    write(page, f"{KINN}-number", "")
    write(page, f"{ALVER}-number", str(target + 5))
    expect(left).to_have_text("5 over")
    expect(left).to_have_attribute("data-kind", "over")
    assert page.locator("#save-sheet").inner_text() == "Lagre begrunnelsen"


def test_the_panel_leads_to_a_page_in_both_written_forms_side_by_side_where_there_is_room(walk: Walker) -> None:
    page, panel = walk.page, walk.page.locator("#why")
    page.get_by_role("link", name="Hvorfor: Kinn", exact=True).click()
    panel.get_by_role("link", name=re.compile("^Forklaringen i begge målformer")).click()
    page.wait_for_url(re.compile(f"/why/{KINN}/proposal-1$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Forklaring: Kinn")
    forms = page.locator(".explained-form")
    assert forms.evaluate_all("forms => forms.map(form => form.lang)") == ["nb", "nn"]

    def corners() -> list[tuple[float, float]]:
        boxes = [forms.nth(place).bounding_box() for place in range(2)]
        return [(box["x"], box["y"]) for box in boxes if box is not None]

    (left, top), (right, beside) = corners()
    assert (left < right, top) == (True, beside)
    page.set_viewport_size({"width": 320, "height": 900})
    (left, top), (below_left, below) = corners()
    assert (left, top < below) == (below_left, True)
    walk.look("explained")
    page.emulate_media(media="print")
    for gone in (".top", ".explained-versions", ".explained-links"):
        expect(page.locator(gone)).to_be_hidden()
    expect(forms.first.get_by_text(f"/2021/why/{KINN}/proposal-1")).to_be_visible()  # it says where it stands
