"""Logging in by a real issuer over HTTP: who is vouched for, who is not, and how access comes about and ends."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from bosett.geography import counties, municipalities
from bosett_web.actions.round.demo import DAY, NATIONAL
from bosett_web.screens.access.login_check import LoginSettings, try_login
from issuer import CLIENT, SECRET, Provider
from walker import in_norway
from workspace import Workspace, free_port

IMDI, IMDI_NUMBER = "Integrerings- og mangfoldsdirektoratet", 300_000_000
# The demo numbers the national parties, the counties without Oslo, then the municipalities.
FIRST_MUNICIPALITY = IMDI_NUMBER + len(NATIONAL) + len(counties(DAY.year)) - 1
OSLO_NUMBER = FIRST_MUNICIPALITY + [place.code for place in municipalities(DAY.year)].index("0301")
OUTSIDE_NUMBER = 399_999_999
NOT_ACCEPTED = "Innloggingen ble ikke godtatt"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Provider]]:
    """A workspace and its issuer. It believes a proxy, so that each visitor may have an address of its own."""
    workspace = Workspace(tmp_path_factory.mktemp("login") / "var")
    provider = Provider(f"{workspace.address}/login/callback")
    workspace.environment = {
        "OIDC_ISSUER": provider.address,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": SECRET,
        "BOSETT_BEHIND_PROXY": "1",
    }
    provider.start()
    try:
        workspace.start()
        yield workspace, provider
    finally:
        workspace.stop()
        provider.stop()


class Visitor:
    """Somebody with cookies who goes through the login step by step, as no browser lets one do."""

    count = 0

    def __init__(self, stage: tuple[Workspace, Provider]) -> None:
        Visitor.count += 1
        self.address = stage[0].address
        self.session = requests.Session()
        self.session.headers["X-Forwarded-For"] = f"198.51.100.{Visitor.count}"

    def get(self, address: str) -> requests.Response:
        address = address if address.startswith("http") else self.address + address
        return self.session.get(address, allow_redirects=False, timeout=20)

    def to_issuer(self) -> str:
        """Begin, and return the issuer's address."""
        answer = self.get("/login/start")
        assert answer.status_code == 302
        return answer.headers["Location"]

    def vouched(self, subject: str, **fields: str) -> str:
        """Be vouched for, and return the address that leads back."""
        form = {"sub": subject, **fields}
        answer = requests.post(self.to_issuer(), form, allow_redirects=False, timeout=20)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def log_in(self, subject: str) -> requests.Response:
        return self.get(self.vouched(subject))

    def refused(self, back: str) -> bool:
        """Tell whether coming back is refused, and nobody is logged in."""
        answer = self.get(back)
        outside = self.get("/login/role").headers.get("Location") == "/login"
        return answer.status_code == 403 and NOT_ACCEPTED in answer.text and outside


def look(page: Page, name: str) -> None:
    """Check a page: axe without violations, no sideways scroll, wide and at 320 px."""
    for scheme, width in (("light", 1280), ("dark", 320)):
        page.evaluate("scheme => document.documentElement.dataset.colorScheme = scheme", scheme)
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} scrolls sideways at {width} px: {wide}"
        findings = Axe().run(page)
        assert findings.violations_count == 0, f"{name} {scheme} {width}: {findings.generate_report()}"
    page.evaluate("document.documentElement.dataset.colorScheme = 'auto'")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert "MISSING-IN-TEMPLATE" not in page.content(), name


def browse(browser: Browser, faults: list[str]) -> Page:
    context = in_norway(browser)
    context.route(re.compile("^https:"), lambda route: route.abort())  # the issuer's own page asks for styles
    page = context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    return page


def log_in(page: Page, address: str, subject: str) -> dict[str, str]:
    """Log in by the issuer's own page; return what it was asked for."""
    page.goto(f"{address}/login")
    page.locator("main").get_by_role("link", name="Logg inn").click()
    page.get_by_placeholder("sub").fill(subject)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{address}/**")
    return asked


def administer(page: Page, address: str, organisation: str) -> None:
    page.goto(f"{address}/login?county=03")
    page.get_by_role("button", name=re.compile(f"^administrator, {re.escape(organisation)}")).first.click()
    page.get_by_role("link", name="Tilganger").click()


def give(page: Page, reference: str, role: str, grade: str) -> None:
    form = page.locator("section", has=page.get_by_role("heading", name="Gi tilgang", exact=True))
    form.get_by_label("Person").select_option(reference)
    form.get_by_label("Rolle").select_option(label=role)
    form.get_by_label("Nivå").select_option(label=grade)
    form.get_by_role("button", name="Gi tilgang").click()
    page.get_by_role("status").get_by_text("Tilgang gitt").wait_for()


def test_a_person_is_vouched_for_is_given_access_works_and_is_out_when_it_is_taken_away(
    browser: Browser, stage: tuple[Workspace, Provider]
) -> None:
    workspace, provider = stage
    faults: list[str] = []
    provider.knows("the-new-one", IMDI_NUMBER)
    person, administrator = browse(browser, faults), browse(browser, faults)
    person.goto(f"{workspace.address}/login")
    look(person, "login")

    asked = log_in(person, workspace.address, "the-new-one")
    assert json.loads(asked["authorization_details"]) == [{"type": "ansattporten:orgno"}]
    expected = {"response_type": "code", "code_challenge_method": "S256", "acr_values": "substantial"}
    assert expected.items() <= asked.items()
    assert (asked["scope"], asked["ui_locales"]) == ("openid profile", "nb")
    assert {"state", "nonce", "code_challenge"} <= set(asked)

    person.get_by_role("heading", name="Du har ingen tilgang ennå").wait_for()
    assert IMDI in person.locator("main").inner_text()
    reference = person.locator("main strong").inner_text()
    look(person, "no-access")

    administer(administrator, workspace.address, IMDI)
    administrator.get_by_text(f"Named the-new-one (Referanse {reference})").wait_for()
    look(administrator, "access")
    give(administrator, reference, "IMDi", "saksbehandler")
    look(administrator, "access-given")

    log_in(person, workspace.address, "the-new-one")
    person.wait_for_url(re.compile(r"/2021/$"))
    assert "saksbehandler" in person.locator("header .role").inner_text()
    person.goto(f"{workspace.address}/2021/forecasts")
    person.get_by_role("button", name="Registrer prognosen").wait_for()

    row = administrator.locator("tbody tr", has_text="Named the-new-one")
    row.locator("summary").click()
    row.get_by_role("button", name="Trekke tilbake tilgang").click()
    administrator.get_by_role("status").get_by_text("Tilgang trukket tilbake").wait_for()
    person.reload()
    assert person.locator("header .role").count() == 0
    person.goto(f"{workspace.address}/login/role")
    person.get_by_role("heading", name="Du har ingen tilgang ennå").wait_for()
    assert faults == []


def test_who_holds_two_roles_chooses_and_may_switch(browser: Browser, stage: tuple[Workspace, Provider]) -> None:
    workspace, provider = stage
    faults: list[str] = []
    provider.knows("of-oslo", OSLO_NUMBER)
    person, administrator = browse(browser, faults), browse(browser, faults)
    log_in(person, workspace.address, "of-oslo")
    reference = person.locator("main strong").inner_text()
    administer(administrator, workspace.address, "Oslo kommune")
    give(administrator, reference, "fylkeskommunen", "godkjenner")
    give(administrator, reference, "kommunen", "leser")

    log_in(person, workspace.address, "of-oslo")
    person.get_by_role("heading", name="Velg rolle").wait_for()
    look(person, "role")
    person.get_by_role("button", name="godkjenner, Oslo kommune, fylkeskommunen").click()
    person.wait_for_url(re.compile(r"/2021/$"))
    assert "godkjenner" in person.locator("header .role").inner_text()
    person.get_by_role("link", name="Bytt rolle").click()
    person.get_by_role("button", name="leser, Oslo kommune, kommunen").click()
    person.wait_for_url(re.compile(r"/20\d\d/own$"))
    assert "leser" in person.locator("header .role").inner_text()
    assert faults == []


def test_logging_out_ends_the_login_at_the_issuer_and_another_may_log_in_on_the_same_machine(
    browser: Browser, stage: tuple[Workspace, Provider]
) -> None:
    workspace, provider = stage
    faults: list[str] = []
    provider.knows("who-leaves", IMDI_NUMBER)
    page = browse(browser, faults)
    log_in(page, workspace.address, "who-leaves")
    # Who has no access yet can leave too.
    page.locator("main").get_by_role("button", name="Logg ut").click()
    # Our own page says that one is out, and leads on to the issuer, which is told whose login it is.
    page.wait_for_url(f"{provider.address}/oauth2/end_session**")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}
    assert asked["post_logout_redirect_uri"] == f"{workspace.address}/login"
    assert asked["client_id"] == CLIENT
    head = json.loads(base64.urlsafe_b64decode(asked["id_token_hint"].split(".")[1] + "=="))
    assert head["sub"] == "who-leaves"
    page.get_by_role("button").first.click()
    page.wait_for_url(f"{workspace.address}/login**")
    assert page.locator("header .role").count() == 0
    # Whoever sits down next may ask the issuer to ask anew.
    page.get_by_role("link", name="Bruk en annen innlogging").click()
    page.wait_for_url(f"{provider.address}/**")
    assert parse_qs(urlsplit(page.url).query)["prompt"] == ["login"]
    assert faults == []


def test_who_acts_for_an_organisation_that_takes_no_part_is_told_so(stage: tuple[Workspace, Provider]) -> None:
    stage[1].knows("from-outside", OUTSIDE_NUMBER)
    visitor = Visitor(stage)
    assert visitor.log_in("from-outside").headers["Location"] == "/login/role"
    assert f"Organisasjonen {OUTSIDE_NUMBER} deltar ikke i runden her." in visitor.get("/login/role").text


def test_a_higher_level_than_asked_for_is_taken(stage: tuple[Workspace, Provider]) -> None:
    stage[1].knows("surely-known", IMDI_NUMBER, acr="high")
    assert Visitor(stage).log_in("surely-known").headers["Location"] == "/login/role"


ALTINN = {"type": "ansattporten:altinn:resource", "authorized_parties": [{"orgno": {"ID": f"0192:{IMDI_NUMBER}"}}]}


@pytest.mark.parametrize(
    ("numbers", "claims"),
    [
        pytest.param((OUTSIDE_NUMBER,), {"lie": "payload", "as": IMDI_NUMBER}, id="number-changed-after-signing"),
        pytest.param((OUTSIDE_NUMBER,), {"lie": "unsigned", "as": IMDI_NUMBER}, id="no-signature"),
        pytest.param((OUTSIDE_NUMBER,), {"lie": "key", "as": IMDI_NUMBER}, id="signed-by-another-key"),
        pytest.param((IMDI_NUMBER,), {"nonce": "of-another-login"}, id="another-nonce"),
        pytest.param((IMDI_NUMBER,), {"iss": "http://localhost:1"}, id="another-issuer"),
        pytest.param((IMDI_NUMBER,), {"aud": "another-client"}, id="another-client"),
        pytest.param((IMDI_NUMBER,), {"exp": 1_600_000_000}, id="run-out"),
        pytest.param((IMDI_NUMBER,), {"acr": "low"}, id="lower-level"),
        pytest.param((IMDI_NUMBER,), {"acr": None}, id="no-level"),
        pytest.param((IMDI_NUMBER, OSLO_NUMBER), {}, id="two-organisations"),
        pytest.param((), {}, id="no-organisation"),
        pytest.param((), {"authorization_details": None}, id="no-details"),
        pytest.param((), {"authorization_details": [ALTINN]}, id="a-kind-that-was-not-asked-for"),
    ],
)
def test_a_token_that_does_not_hold_is_not_accepted(
    stage: tuple[Workspace, Provider], numbers: tuple[int, ...], claims: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    subject = f"a-{request.node.callspec.id}"
    stage[1].knows(subject, *numbers, **claims)
    visitor = Visitor(stage)
    assert visitor.refused(visitor.vouched(subject))
    # The same person with a token that holds is let in: it was the token that was refused.
    stage[1].knows(subject, IMDI_NUMBER)
    assert visitor.log_in(subject).headers["Location"] == "/login/role"


def test_an_answer_that_was_not_asked_for_is_not_accepted(stage: tuple[Workspace, Provider]) -> None:
    workspace, provider = stage
    provider.knows("the-one", IMDI_NUMBER)
    visitor, other = Visitor(stage), Visitor(stage)
    assert visitor.refused("/login/callback?state=forged&code=guessed")
    assert visitor.refused("/login/callback")
    # One's own answer planted in another's browser.
    back = visitor.vouched("the-one")
    assert other.refused(back)
    assert other.vouched("the-one") != back
    assert other.refused(back)
    # Changed on the way, and used twice.
    assert other.refused(re.sub("code=[^&]+", "code=guessed", other.vouched("the-one")))
    assert visitor.get(back).headers["Location"] == "/login/role"
    again = visitor.get(back)
    assert again.status_code == 403
    assert NOT_ACCEPTED in again.text
    log = workspace.log.read_text(encoding="utf-8")
    assert "login.not_vouched" in log
    assert SECRET not in log


def test_who_breaks_off_at_the_issuer_is_not_let_in(stage: tuple[Workspace, Provider]) -> None:
    visitor = Visitor(stage)
    assert visitor.refused(f"/login/callback?error=access_denied&state={'x' * 20}")
    back = visitor.vouched("the-one", action="deny")
    assert "error=access_denied" in back
    assert visitor.refused(back)


def test_a_code_without_what_its_login_began_with_is_worth_nothing_to_a_thief(
    stage: tuple[Workspace, Provider],
) -> None:
    workspace, provider = stage
    provider.knows("the-one", IMDI_NUMBER)
    code = parse_qs(urlsplit(Visitor(stage).vouched("the-one")).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": f"{workspace.address}/login/callback"}
    answer = requests.post(f"{provider.address}/oauth2/token", form, auth=(CLIENT, SECRET), timeout=20)
    assert answer.status_code == 400
    assert "PKCE" in answer.text


def test_an_issuer_that_is_down_is_told_of_and_may_come_back_with_other_keys(stage: tuple[Workspace, Provider]) -> None:
    provider = stage[1]
    provider.knows("the-one", IMDI_NUMBER)
    visitor = Visitor(stage)
    back = visitor.vouched("the-one")
    provider.stop()
    try:
        assert visitor.refused(back)
    finally:
        provider.start()
    provider.knows("the-one", IMDI_NUMBER)
    assert visitor.log_in("the-one").headers["Location"] == "/login/role"
    # New keys that nobody was told of: one login is refused, the next one asks for them.
    provider.stop()
    provider.start()
    provider.knows("the-one", IMDI_NUMBER)
    assert visitor.get(visitor.vouched("the-one")).status_code == 403
    assert visitor.log_in("the-one").headers["Location"] == "/login/role"


def test_many_tries_from_one_address_are_slowed_and_no_others(stage: tuple[Workspace, Provider]) -> None:
    hasty = Visitor(stage)
    answers = [hasty.get("/login/callback?state=forged&code=guessed") for _ in range(31)]
    assert [answer.status_code for answer in answers] == [403] * 30 + [429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert Visitor(stage).get("/login/start").status_code == 302


def test_the_login_is_tried_without_logging_in_and_what_is_wrong_is_told(stage: tuple[Workspace, Provider]) -> None:
    _, provider = stage
    right = LoginSettings(provider.address, CLIENT, SECRET, "substantial", "", provider.redirect_uri)

    def wrong(login: LoginSettings) -> list[str]:
        return [each.code for each in try_login(login) if not each.holds]

    assert wrong(right) == []
    assert {"discovery", "issuer", "keys", "client", "redirect"} <= {each.code for each in try_login(right)}
    # This issuer looks at PKCE before it looks at the secret: a wrong one is tried in test_web_login_check.py.
    assert wrong(replace(right, redirect="https://elsewhere.example/login/callback")) == ["redirect"]
    assert wrong(replace(right, issuer=f"{provider.address}/")) == ["issuer"]
    assert wrong(replace(right, issuer=f"{provider.address}/nowhere")) == ["no_discovery"]
    assert wrong(replace(right, issuer=f"http://localhost:{free_port()}")) == ["unreached"]
