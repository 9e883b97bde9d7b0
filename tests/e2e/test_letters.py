"""From frozen numbers to the last decision: letters made, looked through, approved by another, sent; answers come in.

What comes out is written to `var/walk/letters.json`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import hostile
from visitor import (
    APPROVER,
    IMDI,
    WORKER,
    YEAR,
    Visitor,
    asked_of,
    freeze,
    move_clock,
    municipality_body,
    municipality_of,
)
from walker import Walker, in_norway
from workspace import Workspace, workspace

WALK = Path(__file__).parents[2] / "var" / "walk" / "letters.json"
BERGEN, WITHIN = "4601", 180_000
STATES = ("made", "approved", "queued", "delivered", "read", "on_paper", "failed", "stopped")
LIGHT = "/accessibility"
"""A page that is quickly made: what goes hidden with any form stands on every page, and two hundred are sent."""
OWN_TEXT = "e => e.firstChild.textContent"  # without the small words beside a number


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with workspace(tmp_path_factory.mktemp("letters") / "var", freeze) as demo:
        move_clock(demo, "2021-02-01")
        yield demo


def answer(stage: Workspace, numbers: Mapping[str, int], conditions: Mapping[str, str]) -> None:
    """Let municipalities record their decisions, without a browser: those of a county one after another at one desk."""
    for _, codes in groupby(sorted(numbers), key=lambda code: code[:2]):
        first, *others = codes
        visitor = municipality_of(stage, first)
        record(visitor, first, numbers[first], conditions.get(first, ""))
        for code in others:
            visitor.be(municipality_body(code), WORKER)
            record(visitor, code, numbers[code], conditions.get(code, ""))


def record(visitor: Visitor, code: str, number: int, conditions: str) -> None:
    fields = {
        "municipality": code,
        "request": "1",
        "number": str(number),
        "minors": "no",
        "conditions": conditions,
        "decided_by": "council",
        "decided_on": "2021-02-01",
    }
    assert visitor.send(f"/{YEAR}/do/decision.record", fields, visitor.get(LIGHT)) == 302, code


def look_through(walk: Walker) -> None:
    """Lay in last year's text, look at what differs, and go from letter to letter by the keyboard."""
    page = walk.page
    page.get_by_text("Legg inn en tidligere tekst").click()
    page.get_by_label("Type og målform").select_option("request:nb")
    page.get_by_label("Teksten", exact=True).fill("Kriteriene\n\nVi ber dere gjøre et vedtak.\n\nDette sto der i fjor.")
    page.get_by_label("Hvor teksten er hentet fra").fill("sak 19/04711 i arkivet")
    page.get_by_label("Brevets dato").fill("2019-12-03")
    walk.press("Legg inn teksten")
    page.get_by_role("link", name=re.compile("^Se endringene")).click()
    changes = page.locator("#changes")
    expect(changes.locator("del")).to_contain_text(["Dette sto der i fjor."])
    expect(changes).to_contain_text("avsnitt borte")
    walk.look("letter-changes")
    walk.go("letters/look?kind=not_asked&random=3&seed=7")
    page.locator("tbody tr").filter(has_text=f"{YEAR}/").first.get_by_role("link").first.click()
    shown = [page.locator("h1").inner_text()]
    for place, key in enumerate(("ArrowRight", "ArrowRight", "ArrowLeft"), 1):
        page.keyboard.press(key)
        expect(page.locator(".way")).to_contain_text(f"Brev {(1, 2, 3, 2)[place]} av 3")
        shown.append(page.locator("h1").inner_text())
    assert len(set(shown)) == 3
    assert shown[1] == shown[3]


def find(walk: Walker) -> None:
    """Find letters by name without script's help, mark one by the keyboard, and go on with it alone."""
    page = walk.page
    walk.go("letters/look")
    expect(page.locator("tbody tr")).to_have_count(100)
    assert sticks(page, ".listed thead th")
    page.get_by_label("Kommune eller fylke").fill("gáivuotna")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Kåfjord")
    walk.look("letters-look")
    walk.print_page("letters-look")
    page.get_by_role("checkbox", name="Merk Kåfjord").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Gå videre til kontrollen").click()
    expect(page.locator("main")).to_contain_text("1 brev: 1 ")
    expect(page.locator("main")).to_contain_text("Dette er en del av brevene som venter.")


def sticks(page: Page, heading: str) -> bool:
    """Tell whether the headings of a table stay in sight while its end is."""
    page.locator(heading).first.evaluate(
        "e => e.closest('table').querySelector('tbody tr:last-child').scrollIntoView()"
    )
    top = page.locator(heading).first.evaluate("e => e.getBoundingClientRect().top")
    page.evaluate("scrollTo(0, 0)")
    return bool(0 <= top < 1)


def by_state(stage: Workspace) -> dict[str, dict[str, int]]:
    """Count the letters of the numbers by state and language, as the page counts them."""
    visitor = Visitor(stage, IMDI, WORKER)
    counts: dict[str, dict[str, int]] = {}
    for state in STATES:
        for language in ("nb", "nn"):
            page = visitor.get(f"/{YEAR}/letters/look?state={state}&language={language}")
            total = re.search(r"Brev i utvalget: ([\d\s]+)\.", page)
            assert total is not None
            if count := number_of(total[1]):
                counts.setdefault(state, {})[language] = count
    return counts


@pytest.mark.long
def test_from_frozen_numbers_to_the_last_decision(browser: Browser, stage: Workspace) -> None:
    walk = Walker(in_norway(browser).new_page(), stage.address)
    page = walk.page
    standing = page.locator("#standing")
    numbers = asked_of(stage)
    number = str(numbers[BERGEN])
    # A municipality sees nothing of its number before its letter.
    assert not re.search(rf"\b{number}\b", municipality_of(stage, BERGEN).get(f"/{YEAR}/own"))

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
    look_through(walk)
    find(walk)
    walk.be(IMDI, APPROVER)
    walk.go("letters/check")
    walk.look("letters-check")
    walk.press("Godkjenn")
    walk.be(IMDI, WORKER)
    walk.go("letters/check")
    expect(page.locator("#numbers tfoot")).to_contain_text(f"{sum(numbers.values()):,}".replace(",", "\u00a0"))
    page.get_by_role("link", name="Gå videre til sending").click()
    asked = f"356 brev: {len(numbers)} anmodninger, {356 - len(numbers)} ikke anmodet. Kan ikke angres."
    expect(page.locator("main")).to_contain_text(asked)
    walk.look("letters-confirm")
    # Something else lies where Bergen's letter is to lie: it alone is refused, and goes when that is mended.
    taken = stage.var / "dispatch" / f"{YEAR}-{BERGEN}-anmodning-1.zip"
    taken.parent.mkdir(exist_ok=True)
    taken.write_bytes(b"another letter")
    walk.press("Send 356 brev")
    expect(standing).to_contain_text("355 levert", timeout=WITHIN)
    # Kept current while the letters went out, with what failed and why.
    failed = page.locator("#not-come")
    expect(failed).to_contain_text("med et annet brev")
    walk.look("letters-failed")
    failed.get_by_role("link", name="Bergen", exact=True).click()
    expect(page.locator("main")).to_contain_text("med et annet brev")
    walk.look("letter-refused")
    taken.unlink()
    walk.press("Prøv igjen")
    expect(page.locator("h1")).to_have_text("Bergen: Anmodning")
    walk.go("letters/delivery")
    expect(standing).to_contain_text("356 levert", timeout=WITHIN)
    assert taken.exists()
    walk.look("letters-sent")
    walk.print_page("letters-sent")
    walk.go("letters/check")
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
    record_in_the_browser(walk, number)
    # The directorate has the overview open while the answers come.
    watch = in_norway(browser).new_page()
    watching = Walker(watch, stage.address)
    watching.be(IMDI, WORKER)
    watching.go("decisions")
    expect(watch.locator("#headline")).to_contain_text(f"1 av {len(numbers)}")
    others = [code for code in numbers if code != BERGEN]
    answers = {code: numbers[code] for code in others} | {others[0]: 0, others[1]: numbers[others[1]] - 1}
    answer(stage, answers, {others[1]: "Familiegjenforente skal regnes med i tallet."})
    expect(watch.locator("#headline")).to_contain_text(f"{len(numbers)} av {len(numbers)}", timeout=60_000)
    assert watching.faults == []
    watch.context.close()
    walk.be(IMDI, WORKER)
    walk.go("decisions")
    walk.look("decisions")
    walk.print_page("decisions")
    facts = page.locator(".headline .facts > div")
    told_facts = [(fact.locator("dt").inner_text(), fact.locator("dd").evaluate(OWN_TEXT)) for fact in facts.all()]
    counts = {name: number_of(text) for name, text in told_facts}
    expect(page.locator("#unclear")).to_contain_text("Familiegjenforente")
    decided = sum(numbers.values()) - numbers[others[0]] - 1
    assert decided in counts.values()
    assert page.locator("#waiting tbody tr").count() == 0
    pick(walk, others[0])
    raise_with(walk, others[1])
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("^Kvittering")).first.click()
    walk.look("receipt")

    verified = re.search(r'data-holds="(\w+)"', Visitor(stage, IMDI, WORKER).get(f"/{YEAR}/journal?verify=1"))
    assert verified
    summary = {
        "letters": by_state(stage),
        "languages": languages,
        "decisions": counts,
        "verify": verified[1] == "True",
    }
    WALK.parent.mkdir(parents=True, exist_ok=True)
    WALK.write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert summary["letters"] == {"delivered": {"nb": languages["bokmål"], "nn": languages["nynorsk"]}}
    assert summary["verify"]
    assert walk.faults == []


def record_in_the_browser(walk: Walker, number: str) -> None:
    """Record an answer with its document: refused once, and nothing has to be filled in or chosen again."""
    page = walk.page
    page.locator("#a-number").fill(number)
    page.locator("#a-minors").select_option("yes")
    page.locator("#a-minors_number").fill("99999")
    page.locator("#a-decided_by").select_option("council")
    page.locator("#a-decided_on").fill("2021-02-01")
    chosen = page.locator("#a-attachment")
    for name, content, fault in (
        ("stor.pdf", b"%PDF-1.7" + b"0" * 11 * 1024 * 1024, "Filen er for stor: høyst 10 MB."),
        ("vedtak.docx", b"PK\x03\x04", "Filen er ikke en PDF. Lagre dokumentet som PDF og prøv igjen."),
        ("vedtak.pdf", hostile.plain(), ""),
    ):
        chosen.set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})
        expect(chosen).to_have_js_property("validationMessage", fault)
    page.get_by_role("button", name="Registrer vedtaket").click()
    expect(page.locator("#answer [role=alert]")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.id") == "answer"
    assert [fault for fault in walk.faults if "422" not in fault] == []  # the browser tells of a refusal in its console
    walk.faults.clear()
    walk.look("own-refused")
    expect(page.locator("#a-held_document")).to_be_checked()
    page.locator("#a-minors_number").fill("1")
    page.get_by_role("button", name="Registrer vedtaket").click()
    walk.done()
    assert page.url.endswith("/own#answer")
    expect(page.locator("#answer [role=status]")).to_be_in_viewport()
    expect(page.get_by_role("link", name="vedtak.pdf")).to_be_visible()


def pick(walk: Walker, code: str) -> None:
    """Pick answers by how they were given and by name; the headings stay, and the map is there in words."""
    page = walk.page
    assert sticks(page, "#all thead th")
    page.get_by_label("Svar", exact=True).select_option("no")
    page.locator("#listed").get_by_role("button", name="Vis").click()
    expect(page.locator("#all tbody tr")).to_have_count(1)
    page.locator("#all tbody tr th a[href*=for]").click()
    page.wait_for_url(re.compile(rf"/decisions\?for={code}&answer=no#one$"))
    page.get_by_text("Kartet i ord").click()
    expect(page.locator("#map details")).to_contain_text("nei: 1")
    walk.look("decisions-picked")
    walk.go("decisions")


def raise_with(walk: Walker, code: str) -> None:
    """Raise a condition with a municipality, and be where one was."""
    page = walk.page
    walk.go(f"decisions?for={code}")
    page.locator("#one summary", has_text="Ta opp med kommunen").click()
    page.locator("#one details[open] textarea").fill("Familiegjenforente regnes ikke inn i tallet.")
    page.locator("#one details[open]").get_by_role("button", name="Ta opp med kommunen").click()
    page.wait_for_url(re.compile(rf"/decisions\?for={code}#one$"))
    expect(page.locator("#one [role=status]")).to_be_in_viewport()
    walk.look("decisions-one")


def number_of(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)
