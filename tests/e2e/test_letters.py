"""From frozen numbers to the last decision: letters made, looked through, approved by another, sent; answers come in.

What comes out is written to `var/walk/letters.json`.
"""

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bosett.geography import counties, municipalities
from visitor import (
    APPROVER,
    IMDI,
    WORKER,
    YEAR,
    Visitor,
    decide_targets,
    fill_counties,
    freeze,
    share_proposal,
)
from walker import Walker
from workspace import Workspace, chromium, workspace

WALK = Path(__file__).parents[2] / "var" / "walk" / "letters.json"
BERGEN, WITHIN = "4601", 180_000
OWN_TEXT = "e => e.firstChild.textContent"  # without the small words beside a number


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("letters") / "var") as found:
        decide_targets(found)
        share_proposal(found)
        fill_counties(found)
        freeze(found)
        visitor = Visitor(found, IMDI, WORKER)
        assert visitor.send("/clock", {"day": "2021-02-01"}, visitor.get(f"/{YEAR}/")) == 302
        yield found


def municipality(stage: Workspace, code: str) -> Visitor:
    """Log in as a municipality's case worker."""
    place = next(each for each in municipalities(YEAR) if each.code == code)
    shown = {each.code: each.name for each in counties(YEAR)}[place.county]
    told = f"{place.name} kommune ({shown})" if place.display_name != place.name else f"{place.name} kommune"
    return Visitor(stage, f"{told}, kommunen", WORKER, place.county)  # Oslo is a county as well


def asked_of(stage: Workspace) -> dict[str, int]:
    """Return what each municipality that is asked is asked for."""
    told = Visitor(stage, IMDI, WORKER).get(f"/{YEAR}/numbers.csv").lstrip("\ufeff")
    rows = csv.reader(StringIO(told), delimiter=";")
    next(rows)
    return {row[0]: int(row[-1]) for row in rows if row[-1] not in ("", "0")}


def answer(stage: Workspace, code: str, number: int, conditions: str = "") -> None:
    """Let a municipality record its decision, without a browser."""
    visitor = municipality(stage, code)
    fields = {
        "municipality": code,
        "request": "1",
        "number": str(number),
        "minors": "no",
        "conditions": conditions,
        "decided_by": "council",
        "decided_on": "2021-01-27",
    }
    assert visitor.send(f"/{YEAR}/do/decision.record", fields, visitor.get(f"/{YEAR}/own")) == 302, code


def test_from_frozen_numbers_to_the_last_decision(browser: Browser, stage: Workspace) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO", timezone_id="Europe/Oslo")
    walk = Walker(context.new_page(), stage.address)
    page = walk.page
    standing = page.locator("#standing")
    numbers = asked_of(stage)
    number = str(numbers[BERGEN])
    # A municipality sees nothing of its number before its letter.
    assert not re.search(rf"\b{number}\b", municipality(stage, BERGEN).get(f"/{YEAR}/own"))

    walk.be(IMDI, WORKER)
    walk.go("letters")
    walk.look("letters-missing")
    page.get_by_label("Svarfrist").fill("2021-02-26")
    page.get_by_label("Hvordan kommunen svarer").fill("i Bosett")
    page.get_by_label("Hvem som signerer").fill("avdelingsdirektør: NN")
    page.get_by_label("Målform til språknøytrale kommuner").select_option("nb")
    walk.press("Lagre")
    expect(page.locator("main")).to_contain_text("Ingenting mangler.")
    walk.press("Lag brevene")
    expect(standing).to_contain_text("356 brev er lagd", timeout=WITHIN)
    walk.go("letters")
    walk.look("letters-made")
    walk.be(IMDI, APPROVER)
    walk.go("letters")
    walk.press("Godkjenn")
    walk.be(IMDI, WORKER)
    walk.go("letters")
    walk.press("Send")
    expect(standing).to_contain_text("levert 356", timeout=WITHIN)
    walk.go("letters")
    walk.look("letters-sent")
    rows = page.locator("section", has=page.get_by_role("heading", name="Målform")).locator("tbody tr")
    languages = {row.locator("th").inner_text(): number_of(row.locator("td").first.inner_text()) for row in rows.all()}
    assert sum(languages.values()) == 356

    # Bergen answers in the browser, the others by their forms: one says no, one fewer and with a condition.
    page.goto(f"{stage.address}/login?county=46")
    page.get_by_role("button", name=re.compile("^saksbehandler, Bergen kommune")).click()
    page.wait_for_url(re.compile(r"/own$"))
    walk.go("own")
    expect(page.locator("main")).to_contain_text(number)
    walk.look("own-asked")
    page.locator("#a-number").fill(number)
    page.locator("#a-minors").select_option("no")
    page.locator("#a-decided-by").select_option("council")
    page.locator("#a-decided-on").fill("2021-01-27")
    page.get_by_role("button", name="Registrer vedtaket").click()
    walk.done()
    others = [code for code in numbers if code != BERGEN]
    for code in others[2:]:
        answer(stage, code, numbers[code])
    answer(stage, others[0], 0)
    answer(stage, others[1], numbers[others[1]] - 1, "Familiegjenforente skal regnes med i tallet.")
    walk.be(IMDI, WORKER)
    walk.go("decisions")
    walk.look("decisions")
    facts = page.locator(".headline .facts > div")
    told_facts = [(fact.locator("dt").inner_text(), fact.locator("dd").evaluate(OWN_TEXT)) for fact in facts.all()]
    counts = {name: number_of(text) for name, text in told_facts}
    expect(page.locator("#unclear")).to_contain_text("Familiegjenforente")
    decided = sum(numbers.values()) - numbers[others[0]] - 1
    assert decided in counts.values()
    assert page.locator("#waiting tbody tr").count() == 0

    verified = re.search(r'data-holds="(\w+)"', Visitor(stage, IMDI, WORKER).get(f"/{YEAR}/journal?verify=1"))
    assert verified
    told = {"letters": {"levert": 356}, "languages": languages, "decisions": counts, "verify": verified[1] == "True"}
    WALK.parent.mkdir(parents=True, exist_ok=True)
    WALK.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert told["verify"]
    assert walk.faults == []
    context.close()


def number_of(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)
