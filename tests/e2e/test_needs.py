"""What the counties need to know in the browser: told, answered to all with a document, found again and used anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

import hostile
from visitor import IMDI, WORKER
from walker import Walker
from workspace import Workspace, workspace

ROGALAND, AGDER = "Rogaland fylkeskommune", "Agder fylkeskommune"
NEED = "Hvor lenge blir flyktningene boende i kommunene?"
REPLY = "Botiden ligger i tabell 13055 hos SSB. Vedlegget viser den for hver kommune."


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("needs") / "var") as demo:
        yield demo


def press(walk: Walker, name: str, within: str = "main") -> None:
    """Press a button and wait for the page that it leads to."""
    with walk.page.expect_navigation():
        walk.page.locator(within).get_by_role("button", name=name, exact=True).first.click()
    walk.done()


def tell(walk: Walker, owner: str, *needs: str) -> None:
    """Tell what a county municipality needs to know."""
    walk.be(owner, WORKER, "fylkeskommunen")
    for need in needs:
        walk.go("meetings")
        walk.page.get_by_label("Hva trenger dere å vite?").fill(need)
        press(walk, "Meld behovet")


def answer(page: Page, walk: Walker, folder: Path) -> None:
    """Answer the first need to all, with a document."""
    document = folder / "botid.pdf"
    document.write_bytes(hostile.plain())
    walk.go("")
    expect(page.locator(".duties")).to_contain_text("Svar på 3 informasjonsbehov fra fylkeskommunene")
    walk.go("meetings")
    own = page.locator("#need-11 li").first
    own.locator("summary", has_text="Svar").click()
    own.get_by_label("Svar", exact=True).fill(REPLY)
    own.get_by_label("Hvem svaret er til").select_option(label="Alle, som delt kunnskap")
    own.get_by_label("Vedlegg").set_input_files(document)
    walk.look("needs-answer")
    press(walk, "Lagre svaret", "#need-11")
    expect(own.get_by_role("link", name="botid.pdf")).to_be_visible()
    walk.look("needs-answered")


def test_a_need_is_answered_to_all_found_again_and_answers_another(
    context: BrowserContext, stage: Workspace, tmp_path: Path
) -> None:
    page = context.new_page()
    walk = Walker(page, stage.address)
    walk.be("KS", WORKER)
    walk.go("knowledge")
    walk.look("knowledge-empty")
    tell(walk, ROGALAND, NEED, "Hva skjer med barnehageplassene?")
    tell(walk, AGDER, "Hvor lenge bor flyktninger i kommunen?")
    walk.be(IMDI, WORKER)
    answer(page, walk, tmp_path)

    # The like need of the other county is answered by the same answer.
    page.locator("#need-42").get_by_role("link", name="Lignende svar").click()
    expect(page.locator(".known")).to_contain_text("Botiden ligger i tabell 13055")
    walk.look("knowledge-like")
    press(walk, "Bruk dette svaret", ".known")
    expect(page.locator("#need-42")).to_contain_text("Botiden ligger i tabell 13055")

    # KS finds it by another form of a word, sees it marked, and opens it with its document.
    walk.be("KS", WORKER)
    page.get_by_role("navigation").get_by_role("link", name="Møter").click()
    page.get_by_role("link", name="Delt kunnskap").click()
    page.get_by_label("Søk i behov og svar").fill("flyktning vedlegg")
    page.get_by_label("Vis", exact=True).select_option(label="Bare besvarte")
    page.locator("main").get_by_role("button", name="Søk").click()
    expect(page.locator(".known > li")).to_have_count(2)
    expect(page.locator(".known mark").first).to_be_visible()
    walk.look("knowledge")
    page.locator(".known").get_by_role("link", name="Åpne svaret").first.click()
    expect(page.locator("main")).to_contain_text(NEED)
    walk.look("given-answer")
    press(walk, "Kvitter for at dere har lest svaret")
    expect(page.locator("main")).to_contain_text("Dere kvitterte")
    with page.expect_download() as saved:
        page.get_by_role("link", name="botid.pdf").click()
    assert saved.value.suggested_filename == "botid.pdf"
    walk.go("knowledge?q=romferge")
    expect(page.get_by_role("status")).to_contain_text("Ingen behov eller svar passer")
    walk.look("knowledge-none")

    # What is new stands on the front page until it is marked as read, and may come by e-mail.
    walk.go("")
    news = page.locator("section", has=page.get_by_role("heading", name="Nytt siden sist"))
    expect(news).to_contain_text("IMDi har svart på et informasjonsbehov fra Rogaland")
    walk.look("news")
    press(walk, "Merk som lest")
    expect(news).to_contain_text("Ingenting nytt")
    page.locator("summary", has_text="Visning").click()
    page.get_by_role("link", name="Varsler").click()
    page.get_by_label("E-post om det som er nytt").select_option(label="Når det skjer")
    page.locator("main").get_by_role("button", name="Lagre").click()
    expect(page.locator("main")).to_contain_text("Fyll ut feltet")
    walk.look("alerts-refused")
    page.get_by_label("E-postadresse").fill("noen@ks.no")
    press(walk, "Lagre")
    walk.look("alerts")

    # The directorate sees who has read the answer.
    walk.be(IMDI, WORKER)
    walk.go("knowledge?q=vedlegg")
    page.locator(".known").get_by_role("link", name="Åpne svaret").first.click()
    expect(page.locator("main")).to_contain_text("Hvem som har lest svaret")
    walk.look("given-receipts")
    assert [fault for fault in walk.faults if "422" not in fault] == []  # one form was refused
