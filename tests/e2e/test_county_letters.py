"""Letters to and from a county in the browser: the joint meeting's, its own meeting's, and its recommendation."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from visitor import APPROVER, IMDI, WORKER, YEAR, Visitor, someone, to_the_counties
from walker import PICTURES, Walker
from workspace import Workspace, workspace

COUNTY, OWNER = "11", "Rogaland fylkeskommune"
JOINT = "Brev om fellesmøtet"
OWN = "Brev om fylkesmøtene"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("letters") / "var", to_the_counties) as demo:
        finish(demo)
        for county in ("", "46"):
            agenda = {"agenda": "Prognosene\nMåltallene"}
            plan = {"county": county, "at": "2020-09-08T10:00", "place": "Video", **agenda}
            someone(demo, IMDI, WORKER, "meeting.plan", plan)
        yield demo


def finish(stage: Workspace) -> None:
    """Take the county's recommendation to a final one, as proposed."""
    own = {"county": COUNTY}
    for grade, name in ((WORKER, "fill"), (WORKER, "ready"), (APPROVER, "submit")):
        someone(stage, OWNER, grade, f"recommendation.{name}", own)
    someone(stage, IMDI, WORKER, "meeting.plan", own | {"at": "2020-05-19T09:00", "place": "Video"})
    someone(stage, IMDI, WORKER, "meeting.invite", own)
    present = {f"present_{party}": "rådgiver" for party in ("directorate", "ks", "county")}
    someone(stage, IMDI, WORKER, "meeting.note", own | present)
    someone(stage, IMDI, WORKER, "recommendation.outcomes", own)
    someone(stage, IMDI, WORKER, "meeting.hold", own | {"minutes": "Alle var enige."})
    someone(stage, IMDI, WORKER, "recommendation.discuss", own)
    someone(stage, IMDI, APPROVER, "recommendation.finish", own)


def under(page: Page, title: str, kind: str) -> None:
    """Open the form of a kind of letter under a heading."""
    section = page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True))
    section.locator("summary", has_text=kind).click()


def save(page: Page, stage: Workspace, name: str) -> None:
    """Keep the file that a link leads to, to be looked at."""
    if PICTURES:
        address = page.get_by_role("link", name=re.compile("PDF")).first.get_attribute("href")
        answer = page.request.get(f"{stage.address}{address}")
        (Path(PICTURES) / f"{name}.pdf").write_bytes(answer.body())


def test_letters_to_a_county_and_its_recommendation(context: BrowserContext, stage: Workspace) -> None:
    page = context.new_page()
    walk = Walker(page, stage.address)

    # The letters of the joint meeting, then of a county's own.
    walk.be(IMDI, WORKER)
    walk.go("letters")
    page.get_by_label("Hvem som signerer").fill("avdelingsdirektør: NN")
    page.get_by_label("Målform til språknøytrale kommuner").select_option("nb")
    walk.press("Lagre")
    under(page, JOINT, "Skriv innkalling")
    page.locator("#j-invitation-invited_by").fill("2020-08-20")
    page.locator("#j-invitation-how_to_come").fill("til post@imdi.no")
    for choice in page.locator("[id^=j-invitation-form-]").all():
        choice.select_option("nn" if choice.get_attribute("name") == "form-46" else "nb")
    walk.look("letters-joint")
    walk.press("Skriv innkalling")
    walk.go("letters/look?q=vestland")
    expect(page.locator("main")).to_contain_text(f"{YEAR}/46-felles-innkalling-1")
    walk.go("letters")
    under(page, OWN, "Skriv saksliste")
    page.locator("#m-agenda-county").select_option("46")
    page.locator("#m-agenda-language").select_option("nn")
    page.locator("#m-agenda-items").fill("10.00 Velkomen; 10 min; IMDi\n9.00 For tidleg")
    page.locator("details[open]").get_by_role("button", name="Skriv saksliste").click()
    expect(page.locator(".ds-alert")).to_contain_text("«9.00 For tidleg»")
    walk.look("letters-agenda-fault")
    page.locator("#m-agenda-items").fill("10.00 Velkomen; 10 min; IMDi\n10.10 Kommune for kommune; 90 min")
    walk.press("Skriv saksliste")
    page.goto(f"{stage.address}/{YEAR}/letters/look?kind=agenda")
    page.get_by_role("link", name="Vestland", exact=True).click()
    save(page, stage, "agenda")
    walk.go("letters/look?kind=invitation")
    page.get_by_role("link", name="Vestland", exact=True).click()
    expect(page.get_by_role("link", name="Kalenderfil til møtet")).to_be_visible()
    walk.look("letter-invitation")

    # Any version of the county's sheet on paper, and the final one handed over.
    walk.be(OWNER, APPROVER, "fylkeskommunen")
    walk.go(f"counties/{COUNTY}/versions")
    walk.look("versions-files")
    save(page, stage, "sheet")
    walk.go(f"counties/{COUNTY}")
    form = page.locator("#letter")
    form.get_by_label("Vedtatt av").select_option("executive")
    form.get_by_label("Dato").fill("2020-05-19")
    form.get_by_label("Saksnummer").fill("2020/1234")
    form.get_by_label("Målform").select_option("nb")
    form.get_by_label("Hvem som signerer").fill("fylkesdirektør: NN")
    walk.look("county-hand-over")
    walk.press("Send anbefalingen")
    expect(form).to_contain_text(f"{YEAR}/{COUNTY}-anbefaling-")
    walk.look("county-handed-over")
    address = form.get_by_role("link").get_attribute("href")
    assert page.request.get(f"{stage.address}{address}").headers["content-type"] == "application/pdf"
    if PICTURES:
        (Path(PICTURES) / "recommendation.pdf").write_bytes(page.request.get(f"{stage.address}{address}").body())
    assert f"{COUNTY}-anbefaling-" in Visitor(stage, IMDI, WORKER).get(f"/{YEAR}/letters/look")
    assert walk.faults == [] or all("422" in fault for fault in walk.faults)
