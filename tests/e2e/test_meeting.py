"""A county's meeting in the browser: plan, needs and answers, the outcome written by keyboard, and the minutes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from visitor import APPROVER, IMDI, WORKER, move_clock, someone, to_the_counties
from walker import PICTURES, Walker, in_norway
from workspace import Workspace, workspace

COUNTY, OWNER = "11", "Rogaland fylkeskommune"
FIRST, SECOND = "1114", "1145"  # Bjerkreim and Bokn: the first two by name
NEED = "Hvor lenge de bosatte blir boende i kommunene"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("meeting") / "var", to_the_counties) as demo:
        yield demo


def submit(stage: Workspace) -> None:
    """Let the county take its recommendation as proposed, and send it."""
    for grade, name in ((WORKER, "fill"), (WORKER, "ready"), (APPROVER, "submit")):
        someone(stage, OWNER, grade, f"recommendation.{name}", {"county": COUNTY})


def picture(page: Page, name: str, width: int = 1920, height: int = 1080) -> None:
    """Take a picture as on a big screen."""
    if PICTURES:
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png")
        page.set_viewport_size({"width": 1280, "height": 900})


def press(walk: Walker, name: str, within: str = "main") -> None:
    """Press a button and wait for the page that it leads to: the one before may tell of something done, too."""
    with walk.page.expect_navigation():
        walk.page.locator(within).get_by_role("button", name=name, exact=True).first.click()
    walk.done()


def called_off(walk: Walker) -> None:
    """Call off the joint meeting, with why."""
    page = walk.page
    walk.go("meetings/joint")
    page.locator("summary", has_text="Avlys møtet").click()
    page.get_by_label("Begrunnelse").fill("Prognosen er ikke klar til den dagen.")
    walk.look("meeting-call-off")
    press(walk, "Avlys møtet", "details[open]")
    expect(page.locator("main")).to_contain_text("Prognosen er ikke klar til den dagen.")
    walk.look("meeting-off")
    walk.go("meetings")
    walk.look("meetings-off")


def not_for_the_public(walk: Walker) -> None:
    """Withhold the minutes on a ground; somebody else opens them again."""
    page = walk.page
    walk.go("documents")
    row = page.locator("tbody tr", has_text="Referat").first
    walk.look("documents")
    with page.expect_navigation():
        row.get_by_role("link", name=re.compile("^Unnta fra offentlighet")).click()
    walk.look("documents-one")
    page.get_by_label("Hjemmel").select_option(index=1)
    press(walk, "Unnta fra offentlighet", "#one")
    expect(row).to_contain_text("Unntatt offentlighet")
    walk.look("documents-withheld")
    walk.be(IMDI, APPROVER)
    walk.go("documents")
    row.get_by_role("link", name=re.compile("^Gi innsyn igjen")).click()
    press(walk, "Gi innsyn igjen", "#one")
    expect(row).to_contain_text("Åpent")


def test_a_meeting_from_its_plan_to_its_minutes(context: BrowserContext, stage: Workspace) -> None:
    page = context.new_page()
    walk = Walker(page, stage.address)

    # What the county needs to know, and the answer.
    walk.be(OWNER, WORKER, "fylkeskommunen")
    walk.go("meetings")
    page.get_by_label("Hva trenger dere å vite?").fill(NEED)
    press(walk, "Meld behovet")
    walk.be(IMDI, WORKER)
    walk.go("meetings")
    joint, own = "Felles møte med fylkeskommunene", "Regionalt fordelingsmøte: Rogaland"
    for code, which, when in (("joint", joint, "2020-06-15T10:00"), (COUNTY, own, "2020-09-01T09:00")):
        page.get_by_label("Møte", exact=True).select_option(label=which)
        page.get_by_label("Tid", exact=True).fill(when)
        page.get_by_label("Sted", exact=True).fill("Video")
        page.get_by_label("Saksliste", exact=True).fill("Velkommen\nTallene, kommune for kommune\nVeien videre")
        press(walk, "Planlegg møtet")
        press(walk, "Kall inn", f"#m-{code}")
    page.locator("summary", has_text="Svar").click()
    page.get_by_label("Svar", exact=True).fill("Tallene for flytting fra bosettingskommunen ligger hos SSB.")
    press(walk, "Lagre svaret")
    walk.look("meetings-needs")
    walk.go("meetings/joint/room")
    expect(page.locator("#room")).to_contain_text(NEED)
    walk.look("room-joint")
    called_off(walk)

    # One meeting: changed, and who takes part.
    walk.go(f"meetings/{COUNTY}")
    page.locator("summary", has_text="Endre tid").click()
    assert page.get_by_label("Tid", exact=True).input_value() == "2020-09-01T09:00"
    page.get_by_label("Sted", exact=True).fill("Stavanger")
    press(walk, "Lagre endringen")
    page.get_by_label("IMDi", exact=True).fill("avdelingsdirektør, rådgiver")
    page.get_by_label("KS", exact=True).fill("regiondirektør")
    page.get_by_label("Fylkeskommunen", exact=True).fill("integreringsleder")
    press(walk, "Lagre deltakerne")
    walk.look("meeting")

    # Meeting mode says what is missing until the county has submitted.
    walk.go(f"meetings/{COUNTY}/room")
    expect(page.get_by_text("Fylkeskommunen har ikke sendt inn anbefalingen.")).to_be_visible()
    assert page.locator("form.outcome").count() == 0
    walk.look("room-before")
    submit(stage)
    someone(
        stage,
        "KS",
        WORKER,
        "meeting.comment",
        {"county": COUNTY, "municipality": FIRST, "comment": "Kommunen har god erfaring med små kull."},
    )
    in_the_room(walk)

    # The minutes, as a draft and as held, in both languages: once the day of the meeting has come.
    walk.go("meetings")
    expect(page.locator(f"#m-{COUNTY}")).to_contain_text("kan ikke føres som holdt før den dagen")
    move_clock(stage, "2020-09-01")
    walk.go("meetings")
    page.locator(f"#m-{COUNTY} summary", has_text="Lagre referat").click()
    page.locator(f"#m-{COUNTY}").get_by_label("Referat", exact=True).fill(
        "Partene var enige om tallene.\nFylkeskommunen melder fra om endringer innen 15. september."
    )
    press(walk, "Lagre referat: møtet er holdt")
    for language, words in (("nb", "Referat fra regionalt"), ("nn", "Referat frå regionalt")):
        walk.go(f"meetings/{COUNTY}/minutes?lang={language}")
        expect(page.locator("article.minutes")).to_contain_text(words)
        expect(page.locator("article.minutes")).to_contain_text("Kommunen har bolig til flere")
        walk.look(f"minutes-{language}")
        if PICTURES:
            page.pdf(path=Path(PICTURES) / f"minutes-{language}.pdf", prefer_css_page_size=True)
    not_for_the_public(walk)
    walk.be("KS", WORKER)
    walk.go("ks")
    walk.look("ks")
    assert [fault for fault in walk.faults if "422" not in fault] == []


def in_the_room(walk: Walker) -> None:
    """Write the outcome with the keyboard alone."""
    page = walk.page
    walk.go(f"meetings/{COUNTY}/room")
    heading = page.locator(".place:not([hidden]) h2")
    expect(heading).to_have_text("Saksliste og fylket som helhet")
    page.keyboard.press("n")
    expect(heading).to_have_text("Bjerkreim")
    expect(heading).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(heading).to_have_text("Bokn")
    page.keyboard.press("p")
    expect(heading).to_have_text("Bjerkreim")
    expect(page.locator(f"#at-{FIRST}")).to_contain_text("god erfaring med små kull")

    # Saved as the field is left; a departure waits for its reason, and what was written stays.
    place = page.locator(f"#at-{FIRST}")
    number = place.get_by_label("Personer", exact=True)
    recommended = int(place.locator("button", has_text="Som anbefalt").inner_text().split(":")[1])
    number.fill(str(recommended + 5))
    number.press("Tab")
    expect(place.get_by_text("Tallet avviker fra anbefalingen. Skriv hvorfor.").first).to_be_visible()
    walk.look("room-fault")
    place.get_by_label("Under 15").fill("1")
    place.get_by_label("Hvem sa hvorfor").select_option("kommunen")
    place.get_by_label("Begrunnelse").fill("Kommunen har bolig til flere")
    place.get_by_label("Begrunnelse").press("n")  # a letter within a field is a letter
    expect(heading).to_have_text("Bjerkreim")
    place.get_by_label("Begrunnelse").fill("Kommunen har bolig til flere")
    place.get_by_label("Begrunnelse").press("Tab")
    expect(place.locator(".answer")).to_have_text("Lagret")
    expect(page.locator("#sums")).to_contain_text("1 av 23 kommuner")
    expect(page.locator("#sums")).to_contain_text("5 over måltallet")
    expect(page.locator(f'#places a[href="#at-{FIRST}"]')).to_contain_text(str(recommended + 5))

    # As recommended in one press, and the rest at once.
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("n")
    second = page.locator(f"#at-{SECOND}")
    second.locator("button", has_text="Som anbefalt").press("Enter")
    expect(page.locator("#sums")).to_contain_text("2 av 23 kommuner")
    assert second.get_by_label("Personer", exact=True).input_value() != ""
    picture(page, "room")
    picture(page, "room", 320, 2000)
    walk.look("room")

    # Points, and the clock, which goes on after a reload.
    page.get_by_label("Nytt punkt").fill("Avklar skoleplasser på Bokn")
    page.get_by_label("Nytt punkt").press("Enter")
    expect(page.locator("#points li")).to_have_count(1)
    page.locator("#points").get_by_role("button", name="Lukk").click()
    expect(page.locator("#points li.closed")).to_have_count(1)
    page.locator("#points").get_by_role("button", name="Åpne igjen").click()
    expect(page.locator("#points li.closed")).to_have_count(0)
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile("00:0[1-9]"), timeout=5_000)
    page.reload()
    expect(heading).to_have_text("Bokn")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.get_by_role("timer")).not_to_have_text("00:00")
    page.get_by_role("button", name="Pause").click()

    page.get_by_role("button", name="Resten som anbefalt").click()
    expect(page.locator("#sums")).to_contain_text("23 av 23 kommuner")
    page.keyboard.press("n")
    assert page.locator(".place:not([hidden])").get_by_label("Personer", exact=True).input_value() != ""

    # Keys can be switched off, as WCAG 2.1.4 asks; arrows still work.
    page.get_by_label("Hurtigtaster").uncheck()
    page.locator("body").click(position={"x": 5, "y": 5})
    before = heading.inner_text()
    page.keyboard.press("n")
    assert heading.inner_text() == before
    page.keyboard.press("ArrowLeft")
    expect(heading).to_have_text("Bokn")


def test_meeting_mode_works_without_script(browser: Browser, stage: Workspace) -> None:
    page = in_norway(browser, scripts=False).new_page()
    someone(stage, IMDI, WORKER, "meeting.plan", {"county": "03", "at": "2020-09-02T09:00", "place": "Video"})
    for grade, name in ((WORKER, "fill"), (WORKER, "ready"), (APPROVER, "submit")):
        someone(stage, "Oslo kommune", grade, f"recommendation.{name}", {"county": "03"})
    page.goto(f"{stage.address}/login")
    page.get_by_role("button", name=re.compile(f"^{WORKER}, {IMDI}")).first.click()
    page.goto(f"{stage.address}/2021/meetings/03/room#at-0301")
    place = page.locator("#at-0301")
    expect(place).to_be_visible()
    expect(page.locator("#at-county")).to_be_hidden()
    number = place.get_by_label("Personer", exact=True)
    number.fill("3")
    place.get_by_role("button", name="Lagre", exact=True).click()
    expect(place.get_by_text("Skriv hvorfor")).to_be_visible()
    assert number.input_value() == "3"
    place.get_by_label("Begrunnelse").fill("Avtalt")
    place.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.locator("#sums")).to_contain_text("1 av 1")
    expect(place).to_be_visible()
