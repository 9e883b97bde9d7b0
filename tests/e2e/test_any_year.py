"""A year as an office lives it: from an empty database without the demo to the round of 2027 with letters.

The workspace is set up by the commands that `run-for-real.md` tells, people log in by an issuer, and do their part in a
browser; where the same step is only repeated, by forms alone. Organisations and figures come from stand-ins of the
services, and what is made up of the year 2026 says so. What comes out is written to `var/walk/any_year.json`.
"""

import csv
import json
import re
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Locator, expect

from bosett.geography import counties, municipalities
from bosett.parameters import criteria_of_year
from bosett.rounds.moves import Gate
from bosett.rounds.parties import Party
from bosett_web.screens.words import say
from coming_year import DAYS, PERSONS, TODAY, YEAR, csv_of
from enhetsregisteret_pages import number
from madeup import unemployed_of_february_2026
from office import ADMINISTRATOR, APPROVER, WORKER, Cast, Office, commands, office, section
from published import imdi_file, made_up_settlement, organisation_number
from publishers import Publishers, publishing
from walker import Walker

WALK = Path(__file__).parents[2] / "var" / "walk"
TELEMARK, FINNMARK, PORSGRUNN = "40", "56", "4001"
WHY = "Prøven følger to fylker; de andre får forslagets tall."
WITHIN = 60_000
"""Milliseconds that what is done in the background may take."""
FIGURES = "/imdi.csv"


@pytest.mark.long
def test_an_office_takes_a_year_from_an_empty_database_to_letters(browser: Browser, tmp_path: Path) -> None:
    with ExitStack() as stack:
        services, of = stack.enter_context(publishing()), stack.enter_context(office(tmp_path))
        cast = Cast(of, browser, YEAR)
        of.be_on(TODAY)
        set_up(of)
        organised(of, services, tmp_path)
        the_directorate_begins(cast)
        the_others_begin(cast)
        requests_of_the_year_before(cast, services)
        the_round_is_opened(cast)
        agreed(cast)
        of.be_on(date(2026, 6, 30))
        targets = decided(cast)
        proposed(cast)
        of.be_on(date(2026, 9, 15))
        recommended(cast)
        of.be_on(date(2026, 10, 26))
        final = frozen(cast)
        package = lettered(cast)
        verified = of.do(["verify"])
    asked = {code: each for code, each in final.items() if each}
    summary = {
        "year": YEAR,
        "municipalities": len(final),
        "asked": len(asked),
        "targets": {"national": PERSONS, "counties": targets},
        "final_sum": sum(final.values()),
        "letters": len(final),
        "sent": package.name,
        "verify": verified.strip(),
    }
    WALK.mkdir(parents=True, exist_ok=True)
    (WALK / "any_year.json").write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert set(final) == {each.code for each in municipalities(YEAR)}
    assert (len(final), sum(final.values())) == (357, PERSONS)
    by_county = {county: sum(each for code, each in final.items() if code[:2] == county) for county in targets}
    assert by_county == targets
    assert min(asked.values()) >= 10
    assert re.fullmatch(r"\d+ events in \d+ chains and 1 shared proposals: all hold\n", verified)
    assert [fault for fault in cast.faults if "422" not in fault] == []  # a refusal is told in the browser's console


def set_up(of: Office) -> None:
    """Begin the workspace by the page, one command after another."""
    (check,) = commands(3)
    lacks = of.run(check)
    assert (lacks.returncode, "run bosett-web migrate" in lacks.stdout) == (1, True), lacks.stdout
    for words in commands(4):
        of.do(words)
    of.wait()
    for words in commands(6):
        of.do(words)  # the login can be tried before anybody has come
    assert requests.get(f"{of.address}/", timeout=20).status_code == 200  # there is no round, and the page says so


def organised(of: Office, services: Publishers, folder: Path) -> None:
    """Save the register's pages as the page tells, look at what would change, and take it in."""
    words_of_page = section(8)
    address = re.search(r"`(https://\S+/enheter\?organisasjonsform=)KOMM(&size=100&page=)0`", words_of_page)
    named = re.search(r"`bosett-web (organisations KOMM-\*\.json FYLK-\*\.json)`", words_of_page)
    assert address is not None
    assert named is not None
    asked = address[1].replace("https://data.brreg.no/enhetsregisteret/api", services.brreg)
    words, *patterns = named[1].split()
    for form in ("KOMM", "FYLK"):
        for page in count():
            answer = requests.get(f"{asked}{form}{address[2]}{page}", timeout=20)
            (folder / f"{form}-{page}.json").write_bytes(answer.content)
            if page + 1 == answer.json()["page"]["totalPages"]:
                break
    files = [str(path) for pattern in patterns for path in sorted(folder.glob(pattern))]
    assert len(files) == 5
    accept = [each[-1] for each in commands(8) if each[-1] == "--accept"]
    assert "371 new, 0 changed, 0 as they are. Nothing has been done" in of.do([words, *files])
    assert "371 new, 0 changed, 0 as they are: done" in of.do([words, *files, *accept])
    assert "0 new, 0 changed, 371 as they are" in of.do([words, *files])


def the_directorate_begins(cast: Cast) -> None:
    """Let the first administrator come by the printed link, log in at the issuer, and give two others access."""
    (words,) = commands(7)
    organisation = words[words.index("--organisation") + 1]
    link = cast.office.do(words).splitlines()[0]
    boss = cast.enter(Party.DIRECTORATE, ADMINISTRATOR, organisation)
    context = boss.sit_down(cast.browser)
    context.route(re.compile("^https:"), lambda route: route.abort())  # the issuer's own page asks for styles
    walk = Walker(context.new_page(), cast.office.address, YEAR)
    page = walk.page
    page.goto(link)
    page.locator("main").get_by_role("link", name="Logg inn").click()
    page.get_by_placeholder("sub").fill(boss.subject)
    page.get_by_role("button", name="Authorize").click()
    page.get_by_text("du representerer Direktoratet").wait_for()
    walk.look("any-year-first")
    page.get_by_role("button", name="Bli administrator").click()
    page.get_by_role("heading", name="Tilganger").wait_for()
    for grade in (WORKER, APPROVER):
        other = cast.enter(Party.DIRECTORATE, grade, organisation)
        other.log_in()
        page.reload()
        form = page.locator("section", has=page.get_by_role("heading", name="Gi tilgang", exact=True))
        form.get_by_label("Person").select_option(other.reference)
        form.get_by_label("Rolle").select_option(label="IMDi")
        form.get_by_label("Nivå").select_option(grade.value)
        form.get_by_role("button", name="Gi tilgang").click()
        page.get_by_role("status").get_by_text("Tilgang gitt").wait_for()
        other.enter()
    for county in (TELEMARK, FINNMARK):
        name = next(each.name for each in counties(YEAR) if each.code == county)
        invite = page.locator("#invite")
        option = invite.locator("option", has_text=re.compile(name, re.IGNORECASE)).filter(has_text="fylkeskommune")
        invite.get_by_label("Organisasjon").select_option(option.first.get_attribute("value"))
        invite.get_by_role("button", name="Lag lenke").click()
        made = invite.locator("code")
        made.wait_for()
        cast.begin(county, organisation_number(county), made.inner_text(), WORKER, APPROVER)
    assert [fault for fault in walk.faults if cast.office.address in fault] == []


def the_others_begin(cast: Cast) -> None:
    """Let the ministry, the committee and KS come in the same way."""
    (words,) = commands(7)
    grades = {Party.MINISTRY: (APPROVER,), Party.COMMITTEE: (WORKER, APPROVER), Party.KS: (WORKER,)}
    for index, (party, given) in enumerate(grades.items()):
        name = f"{say(f'party_{party}', 'nb')} (laget for prøven)"
        own = {"--organisation": number(3000 + index), "--name": name, "--party": party.value}
        asked = [own.get(before, each) for before, each in zip(["", *words], words, strict=False)]
        cast.begin(party, number(3000 + index), cast.office.do(asked).splitlines()[0], *given)


def requests_of_the_year_before(cast: Cast, services: Publishers) -> None:
    """Read the figures of 2026 in: the page of a login is refused, IMDi's file is taken, and another accepts it."""
    services.files[FIGURES] = imdi_file(made_up_settlement(2026))
    services.plan.append("page")
    walk = cast.walk(Party.DIRECTORATE)
    page = walk.page
    page.goto(f"{cast.office.address}/figures")
    walk.look("any-year-figures")
    for fault in ("Filen kunne ikke leses", ""):
        content = requests.get(f"{services.address}{FIGURES}", timeout=20).content
        form = reading(walk, "imdi", "requested")
        form.get_by_label("Kjent fra").fill("2026-01-15")
        form.get_by_label("Fil", exact=True).set_input_files(
            {"name": "imdi.csv", "mimeType": "text/csv", "buffer": content}
        )
        form.get_by_role("button", name="Les inn").click()
        if fault:
            page.locator(".ds-validation-message", has_text=fault).wait_for()
            walk.look("any-year-figures-refused")
        else:
            walk.done()
    approver = cast.walk(Party.DIRECTORATE, APPROVER)
    approver.page.goto(page.url)
    approver.look("any-year-figure-set")
    approver.page.get_by_role("link", name="Godkjenn tallene").click()
    approver.page.get_by_label(re.compile("^Jeg har sett på")).check()
    approver.press("Godkjenn alt")


def reading(walk: Walker, reader: str, indicator: str) -> Locator:
    """Return the form that reads a file in, with the form of the file and what it is of chosen."""
    form = walk.page.locator("section[aria-labelledby=read-figures]")
    form.get_by_label("Form på filen").select_option(reader)
    form.get_by_label("Hva tallene er").select_option(indicator)
    return form


def the_round_is_opened(cast: Cast) -> None:
    """Open the round, see what is lacking, and read that in."""
    walk = cast.walk(Party.DIRECTORATE, APPROVER)
    page = walk.page
    page.goto(f"{cast.office.address}/rounds")
    walk.look("any-year-rounds")
    assert page.get_by_label("Bosettingsår").input_value() == str(YEAR)
    page.get_by_label("Færrest per kommune").fill("10")
    for step, day in DAYS.items():
        page.get_by_label(say(f"field_day_{step}", "nb")).fill(day.isoformat())
    walk.press("Åpne runden")
    walk.look("any-year-lacking")
    expect(page.locator("section[aria-labelledby=lacking] li")).to_have_text(
        [re.compile(r"Helt ledige\s+februar\s2026: NAV")]
    )
    worker = cast.walk(Party.DIRECTORATE)
    worker.go("")
    worker.page.locator("summary", has_text="Endre datoene").click()
    worker.look("any-year-calendar")
    worker.page.get_by_role("link", name="Les inn tall").click()
    form = reading(worker, "plain", "unemployed")
    form.get_by_label("Innlimt tabell").fill(csv_of(unemployed_of_february_2026()).decode())
    form.get_by_role("button", name="Les inn").click()
    worker.done()
    approver = cast.person(Party.DIRECTORATE, APPROVER)
    path = worker.page.url.removeprefix(cast.office.address)
    assert approver.send(f"{path}/accept", {"which": "all", "looked": "yes"}, approver.get(path)) == 302
    walk.go("")
    expect(page.locator("#lacking")).to_have_count(0)


def agreed(cast: Cast) -> None:
    """Draft criteria, propose, adopt and share them."""
    walk = cast.walk(Party.COMMITTEE)
    walk.go("criteria")
    walk.page.get_by_label("Tittel").fill("Kriterier for 2027 (laget for prøven)")
    walk.page.get_by_label("Ordlyd").fill("Kommunene anmodes etter innbyggertall og arbeidsmarked (laget for prøven).")
    walk.page.get_by_label("Regler som tallene regnes ut etter").select_option(criteria_of_year(YEAR, 10)[-1])
    walk.press("Lagre nytt utkast")
    cast.do(Party.COMMITTEE, "criteria.propose", APPROVER, version="1")
    cast.do(Party.MINISTRY, "criteria.adopt", APPROVER, version="1")
    cast.do(Party.DIRECTORATE, "criteria.share", version="1")


def decided(cast: Cast) -> Mapping[str, int]:
    """Register a forecast, share 9 000 persons over the counties, and decide; return the targets by county."""
    forecast = {"low": "7000", "middle": "9000", "high": "12000", "as_of": "2026-06-12"}
    cast.do(Party.DIRECTORATE, "forecast.register", publisher="Laget for prøven", **forecast)
    walk = cast.walk(Party.COMMITTEE)
    page = walk.page
    walk.go("targets")
    page.get_by_label("Nasjonalt måltall", exact=True).fill(str(PERSONS))
    page.get_by_role("button", name="Etter kriteriene").click()
    page.locator("#filled").wait_for()
    walk.press("Lagre utkast")
    walk.press("Legg fram for utvalgsmøtet")
    cast.do(Party.COMMITTEE, "targets.decide", APPROVER, version="1")
    walk.go("targets")
    codes = {each.name: each.code for each in counties(YEAR)}
    rows = page.locator("article").first.locator("tbody tr").all()
    targets = {codes[row.locator("th").inner_text()]: number_of(row.locator("td").first.inner_text()) for row in rows}
    national = number_of(page.locator("article").first.locator("tfoot td").first.inner_text())
    assert (len(targets), sum(targets.values()), national) == (15, PERSONS, PERSONS)
    return targets


def proposed(cast: Cast) -> None:
    """Compute the proposal in the background, and share it."""
    walk = cast.walk(Party.DIRECTORATE)
    walk.go("proposal")
    walk.press("Regn ut forslag")
    walk.page.get_by_text("regnet ut", exact=True).wait_for(timeout=WITHIN)
    cast.do(Party.DIRECTORATE, "proposal.share", APPROVER, version="1")
    walk.go("meetings")
    for county in (TELEMARK, FINNMARK):
        walk.page.get_by_label("Møte", exact=True).select_option(county)
        walk.page.get_by_label("Tid", exact=True).fill("2026-09-15T09:00")
        walk.page.get_by_label("Sted", exact=True).fill("Video")
        walk.press("Planlegg møtet")
        walk.press("Kall inn")


def recommended(cast: Cast) -> None:
    """Take two counties through their sheets and meetings: one is typed, in the other the numbers are pasted."""
    for county in (TELEMARK, FINNMARK):
        walk = cast.walk(county)
        page = walk.page
        walk.go(f"counties/{county}")
        rows = page.locator("#desk tbody tr[data-code]").evaluate_all(
            "rows => rows.map(row => [row.dataset.code, row.querySelector('[data-column=proposed]').dataset.value])"
        )
        proposal = {code: int(each or 0) for code, each in rows}
        if county == TELEMARK:
            typed(walk, proposal)
        else:
            page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(map(str, proposal.values())))
            page.locator("#desk .cell[name$='-number']").first.focus()
            page.keyboard.press("Control+v")
        expect(page.locator("#saved")).to_have_text("Alt er lagret.", timeout=20_000)
        expect(page.locator("[data-sum=missing]")).to_have_text("0")
        walk.press("Send til godkjenning")
        cast.do(county, "recommendation.submit", APPROVER, county=county)
        minutes = "Tallene ble gått gjennom kommune for kommune."
        cast.do(Party.DIRECTORATE, "recommendation.outcomes", county=county)
        cast.do(Party.DIRECTORATE, "meeting.hold", county=county, minutes=minutes)
        cast.do(Party.DIRECTORATE, "recommendation.discuss", county=county)
        cast.do(Party.DIRECTORATE, "recommendation.finish", APPROVER, county=county)


def typed(walk: Walker, proposal: Mapping[str, int]) -> None:
    """Type a county's numbers: one person is moved between its two largest municipalities, with reasons."""
    more, less = sorted(proposal, key=lambda code: -proposal[code])[:2]
    wanted = {**proposal, more: proposal[more] + 1, less: proposal[less] - 1}
    for code, each in wanted.items():
        cell = walk.page.locator(f"#desk [name='{code}-number']")
        cell.fill(str(each))
        cell.press("Enter")
    for code in (more, less):
        cell = walk.page.locator(f"#desk [name='{code}-reason']")
        cell.fill("Skoleplasser (laget for prøven).")
        cell.press("Enter")


def frozen(cast: Cast) -> Mapping[str, int]:
    """Set, lay before KS and freeze the final numbers; return them by municipality."""
    cast.do(Party.DIRECTORATE, "round.skip", APPROVER, gate=Gate.RECOMMENDATIONS_FINAL, reason=WHY)
    for each in counties(YEAR):
        own = each.code in (TELEMARK, FINNMARK)
        filled = {"source": "recommendation"} if own else {"source": "proposal", "reason": WHY}
        cast.do(Party.DIRECTORATE, "round.fill", county=each.code, **filled)
    walk = cast.walk(Party.DIRECTORATE)
    walk.go("country")
    walk.press("Legg tallene fram for KS")
    cast.do(Party.KS, "round.answer", comment="Ingen merknader (laget for prøven).")
    walk.go("country")
    walk.press("Send tallene til godkjenning")
    approver = cast.walk(Party.DIRECTORATE, APPROVER)
    approver.go("numbers")
    approver.press("Frys tallene")
    assert requests.get(f"{cast.office.address}/{YEAR}/", timeout=20).status_code == 200  # the public's page of it
    table = cast.person(Party.DIRECTORATE).get(f"/{YEAR}/numbers.csv").lstrip("\ufeff")
    rows = list(csv.reader(StringIO(table), delimiter=";"))[1:]
    return {row[0]: int(row[-1]) for row in rows}


def lettered(cast: Cast) -> Path:
    """Make every letter, and approve and send the one to Porsgrunn; return the package that the archive reads."""
    walk = cast.walk(Party.DIRECTORATE)
    page, standing = walk.page, walk.page.locator("#standing")
    walk.go("letters")
    page.get_by_label("Svarfrist").fill("2027-01-29")
    page.get_by_label("Hvordan kommunen svarer").fill("i Bosett")
    page.get_by_label("Hvem som signerer").fill("avdelingsdirektør: NN")
    page.get_by_label("Målform til språknøytrale kommuner").select_option("nb")
    walk.press("Lagre")
    walk.press("Lag brevene")
    expect(standing).to_contain_text("357 brev er lagd", timeout=WITHIN)
    approver = cast.walk(Party.DIRECTORATE, APPROVER)
    for each in (approver, walk):
        each.go(f"letters/look?county={TELEMARK}")
        each.page.get_by_role("link", name="Porsgrunn", exact=True).click()
        each.page.get_by_role("heading", name="Porsgrunn: Anmodning").wait_for()
        if each is approver:
            each.press("Godkjenn")
    page.locator("main").get_by_role("link", name="Send brevet", exact=True).click()
    walk.press("Send 1 brev")
    walk.go("letters/delivery")
    expect(standing).to_contain_text("1 levert", timeout=WITHIN)
    package = cast.office.var / "dispatch" / f"{YEAR}-{PORSGRUNN}-anmodning-1.zip"
    with zipfile.ZipFile(package) as opened:
        assert "arkivmelding.xml" in opened.namelist()
        assert [name for name in opened.namelist() if opened.read(name).startswith(b"%PDF")]
    assert 'data-holds="True"' in cast.person(Party.DIRECTORATE).get(f"/{YEAR}/journal?verify=1")
    return package


def number_of(text: str) -> int:
    return int(re.sub(r"\D", "", text))
