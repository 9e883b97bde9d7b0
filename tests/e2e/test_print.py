"""The desk on paper: full sheets, headings with what they head, and nothing that only a screen can do."""

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page
from pypdf import PdfReader

from visitor import IMDI, WORKER, freeze
from walker import Walker
from workspace import Workspace, workspace

YEAR, FORMER = 2021, 2020
WORDS = 30
"""Fewer words on a sheet than these, and it is almost empty: something was too tall for what was left of it."""
PAGES = (
    *(f"/{YEAR}/{page}" for page in ("", "criteria", "criteria/sensitivity", "targets", "need", "country", "history")),
    *(f"/{YEAR}/{page}" for page in ("forecasts", "backtest", "decisions", "journal", "meetings", "documents")),
    f"/{YEAR}/criteria/try?w-continuity=50&w-size=30&w-work=20&least=5",
    *(f"/{FORMER}/decisions", f"/{FORMER}/history", f"/nb/{YEAR}/", f"/nb/{YEAR}/places", "/rules"),
)
FILES = ", ".join(f"[href*='.{kind}']" for kind in ("csv", "xlsx", "json", "svg", "png"))
FORMS = "form[method=get]:not(.ds-card, :has(table))"
ON_SCREEN = f"main :is({FORMS}, button, details:not([open], .folded), a:is({FILES}))"
SEEN = "each => each.checkVisibility() && each.getClientRects().length > 0"

COLOURS = """[...document.querySelectorAll("body *")].map(each => {
  const { color, fill, stroke, backgroundColor, borderBottomColor } = getComputedStyle(each);
  return [color, fill, stroke, backgroundColor, borderBottomColor].join();
})"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("print") / "var", freeze) as demo:
        yield demo


def printed(page: Page) -> list[str]:
    """Return the text of each sheet of a page."""
    side = "15mm"
    pdf = page.pdf(
        format="A4", prefer_css_page_size=True, margin={"top": side, "right": side, "bottom": side, "left": side}
    )
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(pdf)).pages]


def texts(page: Page, selector: str) -> list[str]:
    """Return the texts of what is seen of a page."""
    words = f"all => all.filter({SEEN}).map(each => each.innerText.replace(/\\s+/g, ' ').trim() || each.outerHTML)"
    return list(page.locator(selector).evaluate_all(words))


def test_sheets_are_full_and_headings_stand_with_what_they_head(context: BrowserContext, stage: Workspace) -> None:
    walk = Walker(context.new_page(), stage.address)
    page, faults = walk.page, list[str]()
    walk.be(IMDI, WORKER)
    for address in PAGES:
        page.goto(f"{stage.address}{address}")
        walk.print_page(address)
        page.emulate_media(media="print")
        headings = texts(page, "h1, h2, h3, h4, caption")
        sheets = printed(page)
        for number, sheet in enumerate(sheets[:-1], 1):
            if len(sheet.split()) < WORDS:
                faults.append(f"{address}: sheet {number} of {len(sheets)} holds only: {sheet}")
            faults += [f"{address}: sheet {number} ends with {each}" for each in headings if sheet.endswith(each)]
        faults += [f"{address}: of use on a screen only: {each[:80]}" for each in texts(page, ON_SCREEN)]
        page.emulate_media(media="null")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("address", [f"/{YEAR}/country", f"/{YEAR}/need", f"/{FORMER}/decisions", f"/nb/{YEAR}/places"])
def test_paper_is_white_whatever_the_screen_was(context: BrowserContext, stage: Workspace, address: str) -> None:
    walk = Walker(context.new_page(), stage.address)
    page = walk.page
    walk.be(IMDI, WORKER)
    page.goto(f"{stage.address}{address}")
    page.emulate_media(media="print", color_scheme="light")
    white = page.evaluate(COLOURS)
    assert len(set(white)) > 4
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(COLOURS) == white
    page.evaluate("document.documentElement.dataset.colorScheme = 'dark'")
    assert page.evaluate(COLOURS) == white
    page.emulate_media(media="screen")
    assert page.evaluate(COLOURS) != white


def test_what_there_is_to_fetch_of_a_release_stands_on_paper(context: BrowserContext, stage: Workspace) -> None:
    page = context.new_page()
    page.goto(f"{stage.address}/nb/{YEAR}/data")
    on_screen = texts(page, "main .files a")
    assert len(on_screen) > 4
    page.emulate_media(media="print")
    assert texts(page, "main .files a") == on_screen


def test_a_table_that_paper_lacks_is_seen(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_content(
        "<style>@media print { form { display: none } }</style><main><form><table><tr><td>1</table></form></main>"
    )
    with pytest.raises(AssertionError, match="not on paper"):
        Walker(page, "").print_page("made up")
