"""The public pages in a browser: without scripts, in three languages, wide, narrow, dark and in print; kept current."""

import json
import re
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from visitor import APPROVER, IMDI, WORKER, YEAR, freeze, move_clock, someone
from walker import Walker, in_norway
from workspace import Workspace, workspace

LANGUAGES = {"nb": "Bosetting av flyktninger", "nn": "Busetjing av flyktningar", "en": "Settlement of refugees"}
PAGES = ("", "places", "counties/46", "municipalities/4601", "calendar", "criteria", "documents", "data", "releases/1")
WITHIN = 60
"""Seconds within which what has become public stands on the pages."""
DECIDED, RELEASED, AFTER, SETTLED_ON = "2020-11-02", "2020-11-03", "2020-11-04", "2021-03-02"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("public") / "var", freeze) as demo:
        yield demo


def opened(browser: Browser, *, scripts: bool) -> Page:
    return in_norway(browser, scripts=scripts).new_page()


def until(stage: Workspace, path: str, words: str) -> None:
    """Read a page again until something stands there."""
    ends = time.monotonic() + WITHIN
    while words not in (text := requests.get(f"{stage.address}{path}", timeout=20).text):
        assert time.monotonic() < ends, f"{path} does not tell of {words!r} within a minute:\n{text[-2000:]}"
        time.sleep(1)


def test_the_year_is_followed_without_scripts_and_changes_within_a_minute(browser: Browser, stage: Workspace) -> None:
    page = opened(browser, scripts=False)
    until(stage, "/nb/", "Bosetting av flyktninger i 2020")
    page.goto(stage.address)
    expect(page).to_have_url(f"{stage.address}/nb/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bosetting av flyktninger")
    expect(page.locator("main")).to_contain_text("Bures boahtin")
    assert page.locator("script").count() == 0

    # From the name of a municipality to its page, by keyboard alone.
    page.get_by_label("Finn kommunen din").fill("kárá")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("Kárášjohka")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kárášjohka")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2020")

    # A stop is told at the desk, and stands on the page within a minute, with who told it.
    path = f"/nb/{YEAR}/"
    until(stage, path, "Tallene for hver kommune er ikke klare.")
    page.goto(f"{stage.address}{path}")
    expect(page.locator("main")).not_to_contain_text("Bosetting av enslige mindreårige er stanset")
    notice = {"kind": "stop", "stream": "minors", "since": "2020-05-19", "source": "Prøve"}
    texts = {"text_nb": "Ingen enslige mindreårige flytter inn nå.", "text_nn": "Ingen einslege flyttar inn no."}
    someone(stage, IMDI, WORKER, "notice.tell", notice | texts)
    until(stage, path, "Bosetting av enslige mindreårige er stanset")
    page.reload()
    expect(page.locator(".notices [data-kind=stop]").first).to_contain_text("stanset")
    expect(page.locator("main")).to_contain_text(re.compile("Sist endret .*stanset .IMDi"))
    expect(page.get_by_role("link", name="Nynorsk")).to_have_attribute("href", f"/nn/{YEAR}/")
    page.get_by_role("link", name="Nynorsk").click()
    expect(page.locator("main")).to_contain_text("Ingen einslege flyttar inn no.")

    # The numbers become public at their hour, the same for all, and the counts when a month is over.
    move_clock(stage, DECIDED)
    someone(stage, IMDI, APPROVER, "round.release", {"release": f"{RELEASED}T09:00"})
    move_clock(stage, AFTER)
    until(stage, path, "er anmodet om å bosette")
    move_clock(stage, SETTLED_ON)
    someone(stage, IMDI, WORKER, "ledger.draw", {})
    until(stage, path, "Nye tall for bosatte til og med")
    page.goto(f"{stage.address}/nb/{YEAR}/municipalities/4601")
    expect(page.locator("main")).to_contain_text(re.compile(r"Bergen er anmodet om å bosette \d+ flyktninger i 2021"))
    page.get_by_text("Slik ble forslaget regnet ut").click()
    expect(page.locator("main")).to_contain_text("Folketall")

    # The documents are listed, and each is read at its own address without logging in.
    page.goto(f"{stage.address}/nb/{YEAR}/documents")
    page.get_by_label("Type").select_option("minutes")
    page.get_by_role("button", name="Vis").click()
    page.get_by_role("link", name=re.compile("Les.*Referat Vestland")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Referat fra regionalt fordelingsmøte")

    # The desk is behind login: its pages lead to these, and what is nobody else's to logging in.
    for desk, public in (
        (f"/{YEAR}/", f"/nb/{YEAR}/"),
        (f"/{YEAR}/numbers", f"/nb/{YEAR}/places"),
        (f"/{YEAR}/counties/46", f"/nb/{YEAR}/counties/46"),
        (f"/{YEAR}/letters", f"/login?next=/{YEAR}/letters"),
    ):
        page.goto(f"{stage.address}{desk}")
        expect(page).to_have_url(f"{stage.address}{public}")


@pytest.mark.long
def test_each_page_holds_in_three_languages_and_in_print(browser: Browser, stage: Workspace) -> None:
    walk = Walker(opened(browser, scripts=True), stage.address)
    page = walk.page
    for language, title in LANGUAGES.items():
        page.goto(f"{stage.address}/{language}/")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert page.locator("html").get_attribute("lang") == language
    for language in LANGUAGES:
        looked = PAGES if language == "nb" else PAGES[:1]
        for each in looked:
            answer = page.goto(f"{stage.address}/{language}/{YEAR}/{each}")
            assert answer is not None
            assert answer.status == 200, each
            walk.look(f"public-{language}-{each.replace('/', '-') or 'year'}")
    for each in ("", "about", "find?q=ka", "find?q=finnesikke"):
        page.goto(f"{stage.address}/nb/{each}")
        walk.look(f"public-nb-{each.partition('?')[0] or 'front'}")
    page.goto(f"{stage.address}/nb/{YEAR}/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").first.is_visible()
    expect(page.locator(".large-figures")).to_be_visible()
    assert walk.faults == []


def test_programs_read_the_same(stage: Workspace) -> None:
    def read(path: str) -> requests.Response:
        answer = requests.get(f"{stage.address}{path}", timeout=20)
        assert answer.status_code == 200, path
        return answer

    until(stage, f"/nb/{YEAR}/", "Bosetting av flyktninger i 2021")
    newest = read("/api/v1/rounds").json()["rounds"][0]["newest"]
    files = f"/data/{YEAR}/{newest['number']}"
    whole = read(f"{files}/release.json").json()
    assert whole["hash"] == newest["sha256"]
    with zipfile.ZipFile(BytesIO(read(f"{files}/package.zip").content)) as package:
        assert json.loads(package.read("release.json")) == whole
        descriptor = json.loads(package.read("datapackage.json"))
        assert {each["path"] for each in descriptor["resources"]} == {*package.namelist()} - {"datapackage.json"}
    assert read("/data/").headers["Content-Type"].startswith("application/ld+json")
    feed = read(f"/nb/{YEAR}/news.atom")
    assert feed.text.count("<entry>") == len(whole["round"]["news"])
