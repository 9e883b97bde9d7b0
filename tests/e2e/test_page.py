"""The round's page in a browser: nothing from outside, no errors, keyboard, 320 px, light and dark, print."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from bosett.render.page import write_round_page
from bosett.rounds.run import compute
from thorough import asked_of
from unit.test_render_run import made_up_run
from walker import in_norway


@pytest.fixture(scope="module", params=["made up", "2021"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    run = made_up_run() if request.param == "made up" else compute(2021)
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    write_round_page(run, path)
    assert path.stat().st_size < 1_500_000
    return path.as_uri()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    tab = context.new_page()
    messages: list[str] = []
    tab.on("console", lambda message: messages.append(message.text))
    tab.on("pageerror", lambda error: messages.append(str(error)))
    tab.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else messages.append(asked.url))
    yield tab
    assert messages == []


@pytest.mark.parametrize(
    ("scheme", "width"), asked_of(product(("light", "dark"), (1280, 320)), (("light", 1280), ("dark", 320)))
)
def test_no_violations_of_accessibility(page: Page, address: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    page.locator(".told summary").first.click()
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_no_sideways_scroll_at_320_pixels(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address)
    page.locator(".told summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_table_is_sorted_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    head = page.locator(".places > thead th").nth(6)
    head.locator("button").focus()
    numbers = "[...document.querySelectorAll('.places > tbody')].map(b => Number(b.rows[0].cells[6].dataset.v))"
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    shown = page.evaluate(numbers)
    assert shown == sorted(shown, reverse=True)
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert page.evaluate(numbers) == sorted(shown)


def test_missing_figures_come_last_whichever_way(page: Page, address: str) -> None:
    page.goto(address)
    button = page.locator(".places > thead th").nth(4).locator("button")
    for _ in range(2):
        button.click()
        shown = page.evaluate(
            "[...document.querySelectorAll('.places > tbody')].map(b => b.rows[0].cells[4].dataset.v)"
        )
        filled = [each != "" for each in shown]
        assert filled == sorted(filled, reverse=True)


def test_search_hides_the_others_and_a_tile_opens_the_explanation(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("searchbox").fill("oslo")
    assert page.locator(".places > tbody:visible").count() == 1
    page.locator('a[href="#k1101"]').focus()
    page.keyboard.press("Enter")
    page.locator("#k1101 .box").wait_for(state="visible")
    assert page.locator("#k1101 details").get_attribute("open") is not None


def test_print_opens_every_explanation_and_closes_them_again(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_without_script_the_page_shows_everything(browser: Browser, address: str) -> None:
    page = in_norway(browser, scripts=False).new_page()
    page.goto(address)
    assert page.locator(".places > tbody").first.is_visible()
    assert not page.locator("#search").is_visible()
