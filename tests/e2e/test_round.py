"""The 2021 round in the browser: every party, from the letter's date to frozen numbers for the whole country.

Three counties walk there; eight, which have nothing that these lack, take their turn by forms alone. What comes out is
written to `var/walk/round.json`.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from visitor import fill_county, finish_county
from walker import Walker
from workspace import Workspace, workspace

TOTAL = 5025
BY_CELL = "11"  # Rogaland: typed municipality by municipality
BY_BUTTON = ("03", "54")  # Oslo, whose municipality is the county; and Troms og Finnmark
WALK = Path(__file__).parents[2] / "var" / "walk" / "round.json"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("walk") / "var") as demo:
        yield demo


def number_of(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def move_date(walk: Walker, day: str) -> None:
    walk.page.locator("summary", has_text="Flytt datoen").click()
    walk.page.get_by_label("Ny dato").fill(day)
    walk.page.get_by_role("button", name="Flytt datoen").click()
    walk.done()


@pytest.mark.long
def test_the_parties_take_the_2021_round_to_frozen_numbers(context: BrowserContext, stage: Workspace) -> None:
    page = context.new_page()
    walk = Walker(page, stage.address)
    imdi, committee = "Integrerings- og mangfoldsdirektoratet", "Nasjonalt utvalg for mottak og bosetting"

    page.goto(f"{stage.address}/login")
    walk.look("login")
    answer = page.goto(f"{stage.address}/rules")
    assert answer is not None
    assert answer.status == 200
    walk.look("rules")

    # The ministry adopts the criteria, the directorate shares them.
    walk.be("Kunnskapsdepartementet", "godkjenner")
    walk.look("overview")
    walk.go("criteria")
    walk.look("criteria-ministry")
    walk.press("Vedta kriteriene")
    walk.be(imdi, "saksbehandler")
    walk.go("criteria")
    walk.press("Del med fylkeskommunene")

    # The joint meeting before the summer; the forecast at the end of June.
    walk.go("meetings")
    walk.look("meetings-empty")
    page.get_by_label("Tid", exact=True).fill("2020-06-10T10:00")
    page.get_by_label("Sted", exact=True).fill("Video")
    page.get_by_label("Saksliste", exact=True).fill("Hvilken informasjon fylkeskommunene trenger")
    walk.press("Planlegg møtet")
    walk.press("Kall inn")
    move_date(walk, "2020-06-10")
    walk.go("meetings")
    page.locator("summary", has_text="Lagre referat").click()
    page.get_by_label("Referat", exact=True).fill("Fylkeskommunene ønsker forslaget i god tid før møtene.")
    walk.press("Lagre referat: møtet er holdt")
    move_date(walk, "2020-06-30")
    walk.go("forecasts")
    page.get_by_label("Lav", exact=True).fill("4 000")
    page.get_by_label("Middels", exact=True).fill("3 000")
    page.get_by_label("Høy", exact=True).fill("7 000")
    page.get_by_label("Per dato").fill("2020-06-15")
    page.get_by_label("Utgiver").fill("Satt for prøven, ikke en ekte prognose")
    page.get_by_role("button", name="Registrer prognosen").click()
    page.get_by_text("stigende rekkefølge").first.wait_for()
    assert page.get_by_label("Lav", exact=True).input_value() == "4 000"  # nothing that was filled in is lost
    walk.look("forecasts-fault")
    page.get_by_label("Middels", exact=True).fill("5 000")
    walk.press("Registrer prognosen")
    walk.look("forecasts")

    # The committee: targets suggested by the engine, submitted by one, decided by another.
    walk.be(committee, "saksbehandler")
    walk.go("targets")
    page.get_by_label("Nasjonalt måltall", exact=True).fill(str(TOTAL))
    page.get_by_role("button", name="Etter kriteriene").click()
    page.locator("#filled").wait_for()
    walk.look("targets-suggested")
    walk.press("Lagre utkast")
    walk.press("Legg fram for utvalgsmøtet")
    walk.be(committee, "godkjenner")
    walk.go("targets")
    walk.press("Vedta måltallene")
    walk.look("targets")
    targets = {}
    for row in page.locator("article").first.locator("tbody tr").all():
        targets[row.locator("th").inner_text()] = number_of(row.locator("td").first.inner_text())
    national = number_of(page.locator("article").first.locator("tfoot td").first.inner_text())
    assert national == TOTAL == sum(targets.values())

    # The proposal is computed in the background while the page tells how far it has come.
    walk.be(imdi, "saksbehandler")
    walk.go("proposal")
    walk.look("proposal-empty")
    walk.press("Regn ut forslag")
    page.get_by_text("regnet ut", exact=True).wait_for(timeout=60_000)
    walk.look("proposal")
    page.locator("summary", has_text="For kontroll").click()
    page.get_by_role("button", name="Regn ut igjen").click()
    page.get_by_text("Samme tall kom ut igjen.").wait_for(timeout=30_000)
    page.get_by_role("link", name="Kjøringer").click()
    walk.look("runs")
    walk.be(imdi, "godkjenner")
    walk.go("proposal")
    walk.press("Del til møtene")
    walk.go("counties")
    walk.look("counties")

    # The directorate plans and calls every county's meeting.
    walk.be(imdi, "saksbehandler")
    walk.go("meetings")
    page.get_by_label("Tid", exact=True).fill("2020-09-01T09:00")
    page.get_by_label("Sted", exact=True).fill("Video")
    walk.press("Planlegg møtene som mangler")
    while page.locator("main").get_by_role("button", name="Kall inn", exact=True).count():
        walk.press("Kall inn")
    walk.look("meetings")
    move_date(walk, "2020-09-15")  # the day of the last of them

    walk.go("counties")
    links = page.locator("main tbody th a")
    counties = {str(link.get_attribute("href"))[-2:]: link.inner_text() for link in links.all()}
    assert len(counties) == 11
    for code, name in counties.items():
        if code in (BY_CELL, *BY_BUTTON):
            walk_county(walk, code, name)
        else:
            fill_county(stage, code, counties)
            finish_county(stage, code, counties)

    # The whole country: laid before KS, which answers; then submitted by one, frozen by another.
    walk.be(imdi, "saksbehandler")
    walk.go("numbers")
    walk.look("numbers")
    walk.go("country")
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
    walk.look("country")
    walk.press("Legg tallene fram for KS")
    walk.be("KS", "saksbehandler")
    walk.go("country")
    page.get_by_label("Merknad fra KS (valgfri)").fill("KS har ingen merknader til tallene.")
    walk.look("country-ks")
    walk.press("Svar på tallene")
    walk.be(imdi, "saksbehandler")
    walk.go("country")
    page.get_by_text("KS har ingen merknader til tallene.").wait_for()
    walk.press("Send tallene til godkjenning")
    walk.be(imdi, "godkjenner")
    walk.go("numbers")
    walk.press("Frys tallene")
    walk.look("numbers-frozen")
    final: dict[str, int] = {}
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned som CSV").click()
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    for line in rows[1:]:
        cells = line.split(";")
        final[cells[0]] = int(cells[-1])
    walk.go("numbers/11")
    walk.look("county-numbers")
    walk.go("journal")
    walk.look("journal")
    page.get_by_role("button", name="Kontroller loggen").click()
    verified = page.locator("#verified")
    verified.wait_for(timeout=30_000)
    walk.go("proposal")
    page.locator("summary", has_text="For kontroll").click()
    page.get_by_role("button", name="Regn ut igjen").click()
    page.get_by_text("Samme tall kom ut igjen.").wait_for(timeout=30_000)
    walk.go("journal?verify=1")
    holds = verified.get_attribute("data-holds") == "True"
    events = int(str(verified.get_attribute("data-events")))

    # Nobody sees a number before its letter: not a municipality, not the public.
    page.goto(f"{stage.address}/login?county=11")
    page.get_by_role("button", name=re.compile("^saksbehandler, Stavanger kommune")).click()
    for path in ("numbers", "numbers/11", "proposal", "counties/11", "numbers.csv"):
        shown = context.request.get(f"{stage.address}/2021/{path}").text()
        assert not re.search(rf"\b{final['1103']}\b", shown), path
    walk.go("")
    walk.look("overview-municipality")
    walk.go("own")
    assert str(final["1103"]) not in page.locator("main").inner_text()
    walk.look("own-waiting")
    page.goto(f"{stage.address}/2020/own")
    page.get_by_text("vektene i kriteriene for 2020 er ikke kjent").wait_for()
    walk.look("own")

    codes = {name: code for code, name in counties.items()}
    WALK.parent.mkdir(parents=True, exist_ok=True)
    WALK.write_text(
        json.dumps(
            {
                "final": final,
                "targets": {"national": national, "counties": {codes[name]: each for name, each in targets.items()}},
                "events": events,
                "verify": holds,
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    assert len(final) == 356
    assert sum(final.values()) == TOTAL
    assert holds
    assert events > 100
    expected = [fault for fault in walk.faults if "422" not in fault]
    assert expected == []


def walk_county(walk: Walker, code: str, name: str) -> None:
    """Take one county from its open recommendation to a final one."""
    page = walk.page
    imdi = "Integrerings- og mangfoldsdirektoratet"
    organisation = "Oslo kommune" if code == "03" else f"{name} fylkeskommune"
    walk.be(organisation, "saksbehandler", "fylkeskommunen")
    walk.go(f"counties/{code}")
    if code == BY_CELL:
        walk.look("county-form")
        for row in page.locator("#desk tbody tr[data-code]").all():
            cell = row.locator("[name$='-number']")
            cell.fill(str(row.locator("[data-column=proposed]").get_attribute("data-value")))
            cell.press("Enter")
        minors = page.locator("#desk [name$='-under15']").first
        minors.fill("999999")
        minors.press("Enter")
        page.get_by_text("mindreårige er flere enn").first.wait_for()
        walk.look("county-fault")
        minors.fill("")
        minors.press("Enter")
        page.get_by_text("Alt er lagret.").wait_for()
    else:
        walk.press("Fyll tomme med forslaget")
    walk.press("Send til godkjenning")
    walk.be(organisation, "godkjenner", "fylkeskommunen")
    walk.go(f"counties/{code}")
    walk.press("Godkjenn og send til IMDi")

    walk.be(imdi, "saksbehandler")
    walk.go("meetings")
    meeting = page.locator(f"#m-{code}")
    meeting.locator("summary").click()
    meeting.get_by_label("Referat", exact=True).fill("Tallene ble gått gjennom kommune for kommune.")
    meeting.get_by_role("button", name="Lagre referat: møtet er holdt").click()
    walk.done()
    walk.go(f"counties/{code}")
    if code == BY_CELL:
        walk.look("county-outcome")
    walk.press("Utfall som anbefalt")
    walk.press("Avslutt drøftingen")
    walk.be(imdi, "godkjenner")
    walk.go(f"counties/{code}")
    walk.press("Gjør endelig")
    if code == BY_CELL:
        walk.look("county-final")
