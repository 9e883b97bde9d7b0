"""The need in a browser: scenarios side by side, one's own numbers, a full run, and a forecast registered from it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from visitor import IMDI, WORKER, move_clock
from walker import Walker, in_norway
from workspace import Workspace, workspace

STOPPED = "2020 med overføringsflyktninger stanset fra 14. mars"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("need") / "var") as demo:
        yield demo


def opened(browser: Browser, *, scripts: bool = True) -> Page:
    return in_norway(browser, scripts=scripts).new_page()


def whole_number(page: Page, name: str) -> int:
    return int(re.sub(r"\D", "", page.locator(f"[name={name}]").input_value()))


def test_the_need_is_seen_changed_run_in_full_and_registered(browser: Browser, stage: Workspace) -> None:
    walk = Walker(opened(browser), stage.address)
    page, main = walk.page, walk.page.locator("main")
    walk.be(IMDI, WORKER)
    page.get_by_role("link", name="Behov", exact=True).click()
    expect(main).to_contain_text("Behovet i 2021 er ikke kjent ennå.")
    walk.look("need-lacking")
    main.get_by_role("link", name="2020", exact=True).click()
    expect(main).to_contain_text("Scenarioene side om side")
    for drawing in main.locator("svg.fan").all():
        assert drawing.get_attribute("aria-label")
    walk.look("need")

    # A slider is moved; the answer comes by itself, and the address says what was changed.
    own = page.locator("#own")
    page.locator("#own-quota").fill("3500")
    expect(own).to_contain_text("Endret:")
    expect(own).to_contain_text("Kvote for overføringsflyktninger i året: 3 500")
    expect(page).to_have_url(re.compile(r"quota=3500"))
    walk.look("need-own")
    own.get_by_role("link", name="Tilbake til scenarioet").click()
    expect(page.locator("#own")).not_to_contain_text("Endret:")

    # What cannot be is told at its field.
    walk.go("need?of=2020&scenario=stop-resettlement&restart=2020-03-14&permits=999")
    expect(page.locator("#own-permits-error")).to_contain_text("Tallet må være fra 0 til 300.")
    walk.look("need-wrong")
    walk.go("need?of=2020&scenario=stop-resettlement&restart=2020-03-14")
    expect(page.locator("#own-restart-error")).to_contain_text("Velg en senere dag.")

    # A full run is ordered; the page says which answer it shows, and changes by itself.
    walk.go("need?of=2020")
    stopped = page.locator("#need-stop-resettlement")
    expect(stopped).to_contain_text("Foreløpig svar")
    stopped.get_by_role("button", name="Kjør fullt ut").click()
    walk.done()
    expect(page.locator("#need-stop-resettlement")).to_contain_text("Full kjøring, 100 000 forløp.", timeout=60_000)
    expect(page.locator("#need-stop-resettlement").get_by_role("button")).to_have_count(0)

    # In July the year 2021 is known, and its answer is registered.
    move_clock(stage, "2020-07-01")
    walk.go("need")
    expect(main).to_contain_text("2021 slik året kunne ses i slutten av juni 2020")
    walk.look("need-2021")
    for _ in range(2):
        walk.go("need")
        page.locator("#need-june-2020").get_by_role("link", name="Registrer som prognose").click()
        assert whole_number(page, "low") < whole_number(page, "middle") < whole_number(page, "high")
        walk.look("forecasts-filled")
        walk.press("Registrer prognosen")
    expect(main.locator("svg.fan")).to_have_count(1)
    expect(main).to_contain_text("enslige mindreårige: 0")
    walk.look("forecasts-compared")
    assert walk.faults == []


def test_without_scripts_the_form_is_sent(browser: Browser, stage: Workspace) -> None:
    walk = Walker(opened(browser, scripts=False), stage.address)
    walk.be(IMDI, WORKER)
    walk.go("need?of=2020")
    walk.page.locator("#own-quota").fill("2000")
    walk.page.locator("#own").get_by_role("button", name="Vis").click()
    expect(walk.page.locator("#own")).to_contain_text("Kvote for overføringsflyktninger i året: 2 000")
