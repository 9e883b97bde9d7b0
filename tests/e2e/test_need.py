"""A stop on 14 March 2020 in a browser: an alert, the committee, a revision side by side, the requests, the letters."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from pdfs import Read
from visitor import APPROVER, COMMITTEE, IMDI, WORKER, municipality_of
from walker import Walker
from workspace import Workspace, workspace

YEAR = 2020
WITHIN = 60_000
KEPT = {"Sarpsborg": 24, "Lørenskog": 25, "Lunner": 19, "Gjøvik": 27, "Notodden": 13, "Grimstad": 18}
KEPT |= {"Kristiansand": 61, "Ullensvang": 24, "Askøy": 24, "Malvik": 15, "Stjørdal": 22}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("need") / "var") as demo:
        yield demo


@pytest.mark.long
def test_a_stop_becomes_an_alert_a_revision_and_letters(
    context: BrowserContext, stage: Workspace, tmp_path: Path
) -> None:
    walk = Walker(context.new_page(), stage.address, YEAR)
    page, main = walk.page, walk.page.locator("main")

    # The demo knows the stop from its first day; the background holds the need against the plan and raises an alert.
    walk.be(COMMITTEE, WORKER)
    walk.go("")
    for _ in range(60):
        if main.get_by_text("Kvitter for at behovet har flyttet seg").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    main.get_by_role("link", name="Kvitter for at behovet har flyttet seg").first.click()
    expect(main).to_contain_text("Måltallet er 5\u00a0100")
    expect(main).to_contain_text("venter på utvalget")
    walk.look("alert")
    main.get_by_text("Kvitter", exact=True).first.click()
    main.get_by_label("Begrunnelse").first.fill("Ankomstene er stanset. Anmodningene må ned.")
    main.get_by_role("button", name="Kvitter").click()
    walk.done()
    expect(main).to_contain_text("Ankomstene er stanset.")

    # IMDi registers what it forecasts, and drafts a revision; the ways stand side by side.
    walk.be(IMDI, WORKER)
    walk.go("forecasts")
    for name, value in {"low": "2900", "middle": "3600", "high": "4400", "as_of": "2020-05-19"}.items():
        page.locator(f"#f-{name}").fill(value)
    page.locator("#f-publisher").fill("IMDi")
    walk.press("Registrer prognosen")
    walk.go("revision")
    main.locator("summary", has_text="Lag en revisjon").click()
    page.locator("#r-total").fill("3602")
    page.locator("#r-locks").fill("\n".join(f"{name} {number}" for name, number in KEPT.items()))
    page.locator("#r-why").fill("Alle ankomster av overføringsflyktninger er stanset.")
    walk.look("revision-form")
    main.get_by_role("button", name="Lag en revisjon").click()
    walk.done()
    expect(main).to_contain_text("Fra 5\u00a0120 til 3\u00a0602 personer.")
    expect(main.get_by_role("row", name="Anmodningene slik de er")).to_contain_text("164")
    walk.look("revision-ways")
    main.get_by_role("link", name="Vestland").click()
    expect(main.get_by_role("row", name="Ullensvang")).to_contain_text("Bosatt, avtalt eller låst for hånd")
    walk.look("revision-county")
    with page.expect_download() as downloading:
        main.get_by_role("link", name="Last ned tallene som CSV").click()
    downloading.value.save_as(tmp_path / "revision.csv")
    assert len((tmp_path / "revision.csv").read_text(encoding="utf-8-sig").splitlines()) == 212
    walk.press("Legg fram for utvalget")

    # The committee decides the total, another person the numbers.
    walk.be(COMMITTEE, APPROVER)
    walk.go("revision")
    walk.look("revision-committee")
    walk.press("Vedta måltallet")
    walk.be(IMDI, APPROVER)
    walk.go("revision")
    walk.press("Vedta anmodningene")
    expect(main).to_contain_text("Tidligere revisjoner")
    walk.look("revision-decided")
    main.get_by_role("link", name=re.compile(r"^3\s602\b")).click()
    page.wait_for_url("**/why/0/revision-1")
    expect(main).to_contain_text("Etter revisjonen er de anmodet om 3\u00a0602")
    walk.look("revision-explained")

    # A letter to each whose number changes, looked through and sent.
    walk.be(IMDI, WORKER)
    walk.go("letters")
    page.get_by_label("Svarfrist").fill("2020-06-30")
    page.get_by_label("Hvordan kommunen svarer").fill("i Bosett")
    page.get_by_label("Hvem som signerer").fill("avdelingsdirektør: NN")
    page.get_by_label("Målform til språknøytrale kommuner").select_option("nb")
    walk.press("Lagre")
    walk.press("Lag brevene")
    standing = page.locator("#standing")
    expect(standing).to_contain_text("164 brev er lagd", timeout=WITHIN)
    walk.go("letters/look")
    main.get_by_role("link", name="Oslo", exact=True).first.click()
    pdf = page.request.get(f"{page.url}.pdf").body()
    (tmp_path / "letter.pdf").write_bytes(pdf)
    text = Read(pdf).whole
    for words in ("Alle ankomster av overføringsflyktninger er stanset.", "210 personer", "138 personer"):
        assert words in text
    walk.be(IMDI, APPROVER)
    walk.go("letters/check")
    walk.press("Godkjenn")
    walk.be(IMDI, WORKER)
    walk.go("letters/check")
    page.get_by_role("link", name="Gå videre til sending").click()
    walk.press("Send 164 brev")
    expect(standing).to_contain_text("164 levert", timeout=WITHIN)
    # The new number is the municipality's when its letter has come.
    assert "61" in municipality_of(stage, "4204").get(f"/{YEAR}/own")
    assert not walk.faults
