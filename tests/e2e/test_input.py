"""The first half of the letter in a browser: what is stopped, who can take whom, and what the counties say.

UDI stops a programme, IMDi asks, a municipality answers on a telephone by keyboard, its county mends by pasting,
IMDi uses it in a run and in a plan, and answers what the county writes.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from visitor import APPROVER, IMDI, WORKER
from walker import Walker
from workspace import Workspace, workspace

UDI, COUNTY = "Utlendingsdirektoratet", "Vestland fylkeskommune"
GROUPS = "Gruppe\tSlag\tStørrelse\tHusstander\tVentet\nA\tenslig voksen\t1\t9\t20\nB\tfamilie\t5\t6\t30\n"
"""As a spreadsheet gives it to the clipboard."""
PASTE = """([element, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("input") / "var") as demo:
        yield demo


@pytest.fixture
def walk(context: BrowserContext, stage: Workspace) -> Walker:
    return Walker(context.new_page(), stage.address)


@pytest.mark.long
def test_from_a_stop_to_a_plan_and_an_answer(walk: Walker) -> None:
    udi_stops(walk)
    imdi_asks(walk)
    municipality_reports(walk)
    county_mends(walk)
    imdi_uses_it_in_a_run(walk)
    imdi_plans_who_moves_in(walk)
    county_writes_and_is_answered(walk)
    assert walk.faults == []


def udi_stops(walk: Walker) -> None:
    page = walk.page
    walk.be(UDI, WORKER)
    walk.go("notices")
    walk.look("notices")
    page.locator("summary", has_text="En stans").click()
    form = page.locator("form", has=page.locator("#tell-stop-stream"))
    form.get_by_label("Hva er stanset?").select_option("programme")
    form.get_by_label("Navn på programmet eller stedet").fill("Syrere fra Libanon")
    form.get_by_label("Siste dag", exact=True).fill("2020-06-30")
    form.get_by_label("Uker med opptrapping etter siste dag").fill("3")
    form.get_by_label("Kilde").fill("UDIs melding 19.05.2020")
    form.get_by_label("Teksten på bokmål").fill("Ingen fly før grensene åpner.")
    form.get_by_role("button", name="Meld stansen").click()  # without the nynorsk
    expect(page.get_by_text("Fyll ut feltet").first).to_be_visible()
    forget_refusals(walk)
    expect(form.get_by_label("Kilde")).to_have_value("UDIs melding 19.05.2020")  # nothing is lost
    form.get_by_label("Teksten på nynorsk").fill("Ingen fly før grensene opnar.")
    walk.press("Meld stansen")
    expect(page.locator("#notices")).to_contain_text("Deretter trappes det opp over 3 uker")


def imdi_asks(walk: Walker) -> None:
    page = walk.page
    walk.be(IMDI, WORKER)
    expect(page.locator("main")).to_contain_text("Stans: Syrere fra Libanon")
    walk.go("capacity")
    walk.look("capacity-none")
    page.locator("summary", has_text="Start en spørrerunde").click()
    page.get_by_label("Svar innen").fill("2020-05-29")
    page.get_by_label("Hva dere ber om").fill("Meld hva kommunen kan ta imot.")
    walk.press("Start en spørrerunde")
    expect(page.locator("main")).to_contain_text("Har svart: 0 av 356.")
    walk.press("Minn på dem som ikke har svart")
    expect(page.locator("main")).to_contain_text("Påminnet 19. mai 2020.")


def municipality_reports(walk: Walker) -> None:
    """On a telephone, and by keyboard alone from the first page on."""
    page = walk.page
    page.goto(f"{walk.address}/login?county=46")
    page.get_by_role("button", name=re.compile("^saksbehandler, Bergen kommune")).click()
    page.wait_for_url(re.compile(r"/own$"))
    expect(page.locator("main")).to_contain_text("Stans: Syrere fra Libanon")
    page.set_viewport_size({"width": 320, "height": 720})
    page.get_by_role("link", name="Meld kapasitet").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/capacity$"))
    page.get_by_label("Enslige voksne").focus()
    for written in ("3", "2", "0"):
        page.keyboard.type(written)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Meld", exact=True).focus()
    page.keyboard.press("Enter")
    walk.done()
    expect(page.locator("main")).to_contain_text("Kommunen har svart.")
    expect(page.locator(".weeks .said").first).to_contain_text("3")
    walk.look("capacity-own")
    # The same once more is one key.
    page.get_by_role("button", name="Som sist").focus()
    page.keyboard.press("Enter")
    walk.done()


def county_mends(walk: Walker) -> None:
    page = walk.page
    walk.be(COUNTY, WORKER)
    walk.go("capacity/46")
    expect(page.locator("main")).to_contain_text("42 kommuner har ikke svart")
    walk.look("capacity-county")
    first = page.locator("table input.cell").first
    paste(first, "4\t1\t0\tmange\n2\t\t\t1\n")
    expect(page.locator("#pasted")).to_contain_text("Limt inn: 8.")
    page.get_by_role("button", name="Meld", exact=True).click()
    expect(page.get_by_text("Skriv et helt tall").first).to_be_visible()  # at its cell, and nothing is kept
    walk.look("capacity-faults")
    forget_refusals(walk)
    page.locator("input[aria-invalid=true]").first.fill("1")
    page.get_by_role("button", name="Meld", exact=True).click()
    walk.done()
    expect(page.locator("main")).to_contain_text("40 kommuner har ikke svart")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Meld", exact=True).is_visible()
    page.emulate_media(media="screen")


def imdi_uses_it_in_a_run(walk: Walker) -> None:
    page = walk.page
    walk.be(IMDI, WORKER)
    walk.go("capacity")
    expect(page.locator("main")).to_contain_text("Har svart: 3 av 356.")
    page.locator("summary", has_text="Les inn som tall").click()
    walk.press("Les inn som tall")
    walk.be(IMDI, APPROVER)
    page.goto(f"{walk.address}/figures")
    page.locator("#waiting-sets").get_by_role("link", name="Meldt kapasitet, personer").click()
    expect(page.locator("main")).to_contain_text("Kapasitetsmeldinger 19. mai 2020")
    walk.look("capacity-figures")
    page.locator("main").get_by_role("button", name="Godkjenn alt").first.click()
    walk.done()


def imdi_plans_who_moves_in(walk: Walker) -> None:
    page = walk.page
    walk.be(IMDI, WORKER)
    walk.go("placement")
    walk.look("placement-empty")
    page.get_by_label("Lim inn en tabell").fill(GROUPS)
    walk.press("Meld gruppene")
    plan = page.locator("section", has=page.locator("#plan"))
    expect(plan).to_contain_text("A, enslig voksen")
    expect(plan).to_contain_text("Den tidligste plassen som passer.")
    plan.locator("summary", has_text="Hva som ellers kunne vært").first.click()
    walk.look("placement")
    walk.press("Ta vare på planen")
    expect(page.locator("main")).to_contain_text("Sist tatt vare på 19. mai 2020.")


def county_writes_and_is_answered(walk: Walker) -> None:
    page, words = walk.page, "Alle kommunene har beredskapsplan."
    walk.be(COUNTY, WORKER)
    walk.go("inputs")
    page.get_by_label("Innspillet").fill(words)
    walk.press("Lagre utkast")
    walk.press("Send til IMDi")
    walk.look("inputs-county")
    walk.be(IMDI, WORKER)
    expect(page.locator("main")).to_contain_text("Les et innspill fra Vestland")
    walk.go("inputs")
    expect(page.locator("main")).to_contain_text(words)
    walk.press("Marker som lest")
    page.get_by_label("Svar til fylkeskommunen").fill("Takk, vi tar det med til UDI.")
    page.get_by_label("Hva det førte til").fill("Ankomstene ble fordelt over flere uker.")
    walk.press("Svar")
    walk.look("inputs-answered")
    walk.be(COUNTY, WORKER)
    walk.go("inputs")
    expect(page.locator("main")).to_contain_text("Ankomstene ble fordelt over flere uker.")


def paste(cell: Locator, text: str) -> None:
    """Paste a table into a cell, as a spreadsheet gives it."""
    page: Page = cell.page
    page.evaluate(PASTE, [cell.element_handle(), text])


def forget_refusals(walk: Walker) -> None:
    """Forget what the browser's console tells of a form that was refused."""
    walk.faults[:] = [fault for fault in walk.faults if "422" not in fault]
