"""Criteria in a browser: read with their weights, and other weights tried by the keyboard, with what each does."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from visitor import COMMITTEE, WORKER
from walker import Walker
from workspace import Workspace, chromium, workspace

HEADER = 120
"""Pixels that the header takes at most at 320, the demo's own note left out."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as chrome:
        yield chrome


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("criteria") / "var") as demo:
        yield demo


def test_criteria_are_read_and_other_weights_are_tried(browser: Browser, stage: Workspace) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO", timezone_id="Europe/Oslo")
    walk = Walker(context.new_page(), stage.address)
    page, main = walk.page, walk.page.locator("main")
    walk.be(COMMITTEE, WORKER)
    walk.go("criteria")
    expect(main).to_contain_text("Slik fordeles tallet")
    expect(main).to_contain_text("Oppgitt og virkelig vekt")
    walk.look("criteria")

    # A weight is moved: the others must make room for it, and then the effect is there without a new page.
    page.get_by_role("link", name="Prøv andre vekter").click()
    effect = page.locator("#effect")
    expect(effect).to_contain_text("Side om side")
    walk.look("criteria-try")
    page.locator("#try-w-continuity").fill("50")
    expect(effect).to_contain_text(re.compile(r"Vektene er 75\s%"))
    page.locator("#try-w-size").fill("30")
    page.locator("#try-w-work").fill("20")
    expect(effect).to_contain_text(re.compile(r"\d+ kommuner får flere, \d+ får færre"))
    expect(page).to_have_url(re.compile(r"w-continuity=50&w-size=30&w-work=20"))
    walk.look("criteria-tried")

    # It is kept beside, the next is tried, and one step back undoes it.
    page.get_by_role("link", name="Behold dette ved siden av").click()
    page.locator("#try-least").fill("5")
    page.locator("#try-least").press("Tab")
    expect(effect.locator("thead th").first.locator("xpath=..")).to_contain_text("Det du prøver")
    expect(effect).to_contain_text("Ved siden av 1")
    page.go_back()
    expect(page).to_have_url(re.compile(r"least=10"))

    # The header leaves room for the page.
    page.set_viewport_size({"width": 320, "height": 700})
    walk.go("criteria")
    heights = page.evaluate(
        "[document.querySelector('.top').offsetHeight, document.querySelector('.demo')?.offsetHeight ?? 0]"
    )
    assert heights[0] - heights[1] <= HEADER
    assert walk.faults == []
    context.close()
