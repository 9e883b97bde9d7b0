"""The first administrator of an organisation: a link that one person of it uses once, and nobody else at all."""

import argparse
import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from bosett.basis.languages import LANGUAGES
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import AdministratorLink, Grant, Organisation, Seat
from bosett_web.accounts.throttle import MOST, TRIED
from bosett_web.accounts.token_claims import Identity
from bosett_web.actions.access import access, invitations
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.journal.models import Event
from bosett_web.operations.console import first_admin
from bosett_web.operations.console.commands import CannotBeDone
from bosett_web.queries.access.invitations import sha256_of
from bosett_web.records import clock
from bosett_web.screens.access import issuer
from bosett_web.screens.words import say
from parties import DEMO, somebody

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "987654325", "974760673"
ISSUER = "https://issuer.example"


@pytest.fixture
def vouch(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Callable[[Identity], None]:
    settings.OIDC_ISSUER = ISSUER
    return lambda identity: monkeypatch.setattr(issuer, "come_back", lambda _: identity)


def made(until: datetime | None = None) -> str:
    token, _ = invitations.invite_first(
        organisation=NUMBER, name="Direktoratet", party=Party.DIRECTORATE, area="", until=until
    )
    return token


def of(orgnr: str, subject: str = "one") -> Identity:
    return Identity(ISSUER, subject, f"Named {subject}", orgnr)


def last(name: str) -> dict[str, object]:
    event = Event.objects.filter(name=name).order_by("-pk").first()
    assert event is not None
    return {"person": event.person, **json.loads(event.body)["after"]}


def test_in_an_empty_workspace_one_person_of_the_organisation_becomes_its_administrator(
    vouch: Callable[[Identity], None],
) -> None:
    token = made()
    assert token not in json.dumps(list(AdministratorLink.objects.values()), default=str)
    client = Client()
    page = client.get(f"/first/{token}")
    assert page.status_code == 200
    for words in ("Direktoratet (987654325)", f"/login/start?first={token}", "IMDi"):
        assert words in page.content.decode()
    assert client.post(f"/first/{token}").status_code == 200  # nobody is logged in: nothing is given
    assert not Grant.objects.exists()

    session = client.session
    session["first"] = token  # as /login/start leaves it
    session.save()
    vouch(of(NUMBER))
    assert client.get("/login/callback").headers["Location"] == f"/first/{token}"
    assert "Named one" in client.get(f"/first/{token}").content.decode()
    assert client.post(f"/first/{token}").headers["Location"] == "/access"
    assert client.get("/access").status_code == 200
    grant = Grant.objects.get()
    assert (grant.grade, grant.seat.party, grant.person.name) == ("administrator", "directorate", "Named one")
    facts = last("access.accept")
    assert (facts["person"], facts["party"], facts["grant"]) == (grant.person_id, "directorate", grant.pk)
    assert last("access.invite")["orgnr"] == NUMBER


def test_a_link_holds_once() -> None:
    token = made()
    invitations.accept(token, person=access.arrive(of(NUMBER)))
    second = access.arrive(of(NUMBER, "another"))
    with pytest.raises(Invalid) as refused:
        invitations.accept(token, person=second)
    assert refused.value.code == "first_used"
    assert Grant.objects.count() == 1
    assert last("refused")["code"] == "first_used"
    answer = Client().get(f"/first/{token}")
    assert answer.status_code == 410
    assert say("first_used", "nb") in answer.content.decode()


def test_an_expired_a_replaced_and_an_unknown_link_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made()
    second = made()
    unknown = "no-such-link"
    assert Client().get(f"/first/{second}").status_code == 200
    later = timezone.now() + invitations.LASTS
    monkeypatch.setattr(clock, "now", lambda: later)
    person = access.arrive(of(NUMBER))
    for token, code, status in (
        (first, "first_replaced", 410),
        (second, "first_expired", 410),
        (unknown, "first_unknown", 404),
    ):
        answer = Client().get(f"/first/{token}")
        assert (answer.status_code, say(code, "nb") in answer.content.decode()) == (status, True)
        with pytest.raises(Invalid) as refused:
            invitations.accept(token, person=person)
        assert refused.value.code == code
    assert not Grant.objects.exists()


def test_somebody_of_another_organisation_gets_nothing_and_the_link_still_holds(
    vouch: Callable[[Identity], None],
) -> None:
    token = made()
    client = Client()
    vouch(of(OTHER))
    client.get("/login/callback")
    page = client.get(f"/first/{token}").content.decode()
    assert say("first_elsewhere", "nb", name="Direktoratet", own=OTHER) in page
    assert f'action="/first/{token}"' not in page
    answer = client.post(f"/first/{token}")
    assert answer.status_code == 403
    assert say("first_elsewhere", "nb", name="Direktoratet", own=OTHER) in answer.content.decode()
    assert not Grant.objects.exists()
    assert last("refused")["code"] == "first_elsewhere"
    assert invitations.accept(token, person=access.arrive(of(NUMBER)))


def test_links_cannot_be_guessed_for_long() -> None:
    assert {Client().get(f"/first/{guess}").status_code for guess in range(MOST[TRIED])} == {404}
    assert Client().get(f"/first/{made()}").status_code == 429


def test_a_link_is_taken_by_a_form_of_our_own_only(vouch: Callable[[Identity], None]) -> None:
    token = made()
    client = Client(enforce_csrf_checks=True)
    vouch(of(NUMBER))
    client.get("/login/callback")
    assert client.post(f"/first/{token}").status_code == 403
    assert not Grant.objects.exists()


def test_the_database_keeps_one_open_link_for_each_seat() -> None:
    made()
    link = AdministratorLink.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        AdministratorLink.objects.create(
            token_sha256=sha256_of("x"), seat=link.seat, made_at=link.made_at, until=link.until
        )
    link.used_at = link.made_at
    with pytest.raises(IntegrityError), transaction.atomic():
        link.save()  # used, but by nobody


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"organisation": "987654321", "name": "X", "party": Party.KS}, "orgnr_wrong"),
        ({"organisation": NUMBER, "name": "", "party": Party.KS}, "organisation_unnamed"),
        ({"organisation": "Ukjent", "name": "", "party": Party.KS}, "organisation_unknown"),
        ({"organisation": NUMBER, "name": "X", "party": Party.COUNTY}, "area_unknown"),
        ({"organisation": NUMBER, "name": "X", "party": Party.MUNICIPALITY, "area": "9999"}, "area_unknown"),
        ({"organisation": NUMBER, "name": "X", "party": Party.KS, "area": "0301"}, "area_unknown"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(wanted: dict[str, str], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        invitations.invite_first(**({"area": ""} | wanted))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not Organisation.objects.exists()


def test_organisation_and_seat_are_made_once_and_a_role_is_one_organisations() -> None:
    for organisation in (NUMBER, "direktoratet"):
        invitations.invite_first(organisation=organisation, name="Direktoratet", party=Party.DIRECTORATE, area="")
    invitations.invite_first(organisation=NUMBER, name="", party=Party.MUNICIPALITY, area="4601")
    assert Organisation.objects.count() == 1
    assert sorted(Seat.objects.values_list("party", "area", "county")) == [
        ("directorate", "", ""),
        ("municipality", "4601", "46"),
    ]
    with pytest.raises(Invalid) as refused:
        invitations.invite_first(organisation=OTHER, name="En annen", party=Party.DIRECTORATE, area="")
    assert (refused.value.code, refused.value.facts) == ("seat_taken", {"name": "Direktoratet"})


def command(**options: object) -> argparse.Namespace:
    wanted = {"organisation": NUMBER, "name": "Direktoratet", "party": "directorate", "area": "", "hours": 5}
    return argparse.Namespace(**{**wanted, "address": None, **options})


def test_the_command_shows_the_link_whom_it_is_for_and_how_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOSETT_HOSTS", "localhost,bosett.example")
    assert first_admin.run(command()) == 0
    link, whom, until = capsys.readouterr().out.splitlines()
    assert link.startswith("https://bosett.example/first/")
    assert "Direktoratet (987654325)" in whom
    assert "only now" in until
    assert Client().get(link.removeprefix("https://bosett.example")).status_code == 200
    row = AdministratorLink.objects.get()
    assert row.until - row.made_at <= timedelta(hours=5)
    with pytest.raises(CannotBeDone, match="from 1 to"):
        first_admin.run(command(hours=0))
    with pytest.raises(CannotBeDone, match="987654321 is no organisation number"):
        first_admin.run(command(organisation="987654321"))


# The directorate's administrators make those of the others.


@pytest.fixture
def without() -> Seat:
    """A municipality whose administrator has gone."""
    seat: Seat = Seat.objects.get(party=Party.MUNICIPALITY, area="4601")
    Grant.objects.filter(seat=seat, grade=Grade.ADMINISTRATOR).update(withdrawn_at=timezone.now())
    return seat


@pytest.mark.begins_at(DEMO)
def test_the_directorates_administrator_invites_where_there_is_none(without: Seat) -> None:
    by = somebody(Party.DIRECTORATE, Grade.ADMINISTRATOR)
    token = invitations.invite(by, seat=without.pk)
    assert last("access.invite")["person"] == by.person_id
    grant = invitations.accept(token, person=access.arrive(of(without.organisation.orgnr)))
    assert Grant.objects.get(pk=grant).granted_by_id == by.person_id
    with pytest.raises(Invalid, match="administrator_there"):
        invitations.invite(by, seat=without.pk)
    with pytest.raises(Invalid, match="seat_unknown"):
        invitations.invite(by, seat=987_654)


@pytest.mark.begins_at(DEMO)
@pytest.mark.parametrize(
    ("party", "area", "grade", "code"),
    [
        (Party.DIRECTORATE, "", Grade.APPROVER, "low_grade"),
        (Party.COUNTY, "46", Grade.ADMINISTRATOR, "wrong_party"),
        (Party.KS, "", Grade.ADMINISTRATOR, "wrong_party"),
    ],
)
def test_nobody_else_invites(party: Party, area: str, grade: Grade, code: str, without: Seat) -> None:
    with pytest.raises(Objected) as refused:
        invitations.invite(somebody(party, grade, area), seat=without.pk)
    assert refused.value.objection.code == code
    assert not AdministratorLink.objects.exists()


def administrator(party: Party, language: str = "nb") -> Client:
    client = Client()
    by = somebody(party, Grade.ADMINISTRATOR)
    client.post("/login/demo", {"grant": Grant.objects.get(person=by.person_id, seat=by.seat_id).pk})
    client.post("/settings", {"language": language, "scheme": "auto", "back": "/"})
    return client


@pytest.mark.begins_at(DEMO)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_the_link_once_and_who_waits(language: str, without: Seat) -> None:
    client = administrator(Party.DIRECTORATE, language)
    page = client.get("/access")
    assert [seat.pk for seat in page.context["waiting"]] == [without.pk]
    signed = {"shown_to": str(page.context["signed"])}
    answer = client.post("/access/invite", signed | {"seat": without.pk})
    text = answer.content.decode()
    link = str(answer.context["link"])
    assert answer.status_code == 200
    assert link.startswith("http://testserver/first/")
    assert f"<code>{link}</code>" in text
    assert say("invite_made", language) in text
    assert "MISSING-IN-TEMPLATE" not in text
    again = client.get("/access").content.decode()
    assert link not in again
    assert say("invite_open", language) in again
    assert client.post("/access/invite", signed | {"seat": 987_654}).status_code == 422


@pytest.mark.begins_at(DEMO)
def test_other_administrators_see_no_such_thing() -> None:
    page = administrator(Party.KS).get("/access")
    assert "/access/invite" not in page.content.decode()
    assert "waiting" not in page.context
