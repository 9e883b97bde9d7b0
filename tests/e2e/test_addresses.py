"""Postal addresses in a browser: by hand, with a fault and mended; from a file, shown, confirmed and refused."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from visitor import IMDI, WORKER
from walker import Walker
from workspace import Workspace, workspace

HEADING = "orgnr;adresse;postnummer;poststed"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("addresses") / "var") as demo:
        yield demo


def choose(walk: Walker, text: str) -> None:
    """Choose a file and look at what it would change."""
    walk.go("addresses")
    walk.page.set_input_files("#i-file", {"name": "adresser.csv", "mimeType": "text/csv", "buffer": text.encode()})
    walk.page.get_by_role("button", name="Se hva som endres").click()
    expect(walk.page.get_by_role("heading", level=1)).to_have_text("Adresser fra fil")


def test_an_address_by_hand_and_many_from_a_file(context: BrowserContext, stage: Workspace) -> None:
    walk = Walker(context.new_page(), stage.address)
    page, main = walk.page, walk.page.locator("main")
    walk.be(IMDI, WORKER)
    walk.go("addresses")
    walk.look("addresses-none")
    link = page.get_by_role("link", name="Viken fylkeskommune", exact=True)
    number = re.search(r"\d{9}", link.get_attribute("href") or "")
    assert number
    link.click()
    page.get_by_label("Adresselinjer").fill("Postboks 220\nFylkeshuset")
    page.get_by_label("Postnummer", exact=True).fill("170")
    page.get_by_label("Poststed", exact=True).fill("Sarpsborg")
    page.locator("#a-publisher").fill("Fylkeskommunen selv")
    page.get_by_role("button", name="Lagre adressen").click()
    expect(page.locator("#a-postal_code-error")).to_contain_text("fire siffer")
    expect(page.locator("#a-lines")).to_have_value("Postboks 220\nFylkeshuset")
    walk.look("addresses-fault")
    page.get_by_label("Postnummer", exact=True).fill("1702")
    walk.press("Lagre adressen")
    expect(main).to_contain_text("Postboks 220, Fylkeshuset, 1702 Sarpsborg")
    # Changed once more: what the page was shown with comes back as it was.
    walk.go(f"addresses?edit={number[0]}")
    page.get_by_label("Postnummer", exact=True).fill("1703")
    page.locator("#a-publisher").fill("Fylkeskommunen selv")
    walk.press("Lagre adressen")
    expect(main).to_contain_text("1703 Sarpsborg")

    good = f"{HEADING}\n{number[0]};Postboks 1;0001;OSLO\n"
    choose(walk, f"{good}123;Gata 1;1;\n")
    expect(main).to_contain_text("Linje 3")
    expect(page.get_by_role("button", name="Lagre adressene")).to_have_count(0)
    walk.look("addresses-file-faults")
    choose(walk, good)
    expect(main).to_contain_text("Postboks 1, 0001 OSLO")
    walk.look("addresses-file")
    walk.press("Lagre adressene")
    expect(main).to_contain_text("Postboks 1, 0001 OSLO")
    walk.look("addresses-known")
    # The browser tells of each page that answers 422: those two were meant to.
    assert [fault for fault in walk.faults if "422" not in fault] == []
