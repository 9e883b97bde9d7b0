"""Administration of access: who gives, lends and takes away what, when it ends, and what the page shows of it."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from bosett.basis.languages import LANGUAGES
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.actor import Actor, actor_of
from bosett_web.accounts.models import Grant, Organisation, Person, Seat
from bosett_web.accounts.token_claims import Identity
from bosett_web.actions.access import access
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.round import criteria, demo, targets
from bosett_web.actions.values import Numbers
from bosett_web.journal.models import Event
from bosett_web.records import clock
from bosett_web.screens.boxes import ChoiceBox
from bosett_web.screens.forms import PageForm
from markup import tidy
from parties import DEMO, YEAR, county_numbers, register_forecast, worker

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
DIRECTORATE = "300000000"
SOON = timedelta(days=3)


def somebody(grade: Grade, party: Party = Party.DIRECTORATE, area: str = "") -> Actor:
    own = {"seat__party": party, "seat__area": area, "grade": grade, "person__issuer": "demo", "lent_from": None}
    actor = actor_of(one(**own).pk, clock.now())
    assert actor is not None
    return actor


def administrator(party: Party = Party.DIRECTORATE, area: str = "") -> Actor:
    return somebody(Grade.ADMINISTRATOR, party, area)


def approver(party: Party = Party.DIRECTORATE) -> Actor:
    return somebody(Grade.APPROVER, party)


def newcomer(subject: str = "the new one", orgnr: str = DIRECTORATE) -> int:
    return access.arrive(Identity("https://issuer.example", subject, f"Named {subject}", orgnr))


def one(**which: object) -> Grant:
    grant: Grant = Grant.objects.get(**which)
    return grant


def grant_of(actor: Actor) -> Grant:
    return one(person=actor.person_id, seat=actor.seat_id, grade=actor.grade, until=None)


def granted(person: int, grade: Grade = Grade.CASE_WORKER) -> Grant:
    by = administrator()
    access.grant(by, person=person, seat=by.seat_id, grade=grade)
    return one(person=person, grade=grade)


def lent(person: int, of: Actor, until: datetime | None = None) -> Grant:
    access.lend(administrator(), grant=grant_of(of).pk, person=person, until=until or timezone.now() + SOON)
    return one(person=person, lent_from__isnull=False)


def inside(grant: Grant) -> Client:
    client = Client()
    session = client.session
    session["person"] = grant.person_id
    session.save()
    assert client.post("/login/role", {"grant": grant.pk}).status_code == 302
    assert is_in(client)
    return client


def demo_client(actor: Actor) -> Client:
    client = Client()
    assert client.post("/login/demo", {"grant": grant_of(actor).pk}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/rules").context["actor"] is not None  # a page that is open to all


def post(client: Client, name: str, **fields: object) -> tuple[int, str]:
    signed = client.get(f"/{YEAR}/").context["signed"]
    answer = client.post(f"/access/{name}", {"shown_to": signed, **fields})
    return answer.status_code, tidy(answer.content.decode())


def offered(form: PageForm, name: str) -> list[tuple[str, str]]:
    """Return what a field offers: each value with its words."""
    box = form.field_of(name).widget
    assert isinstance(box, ChoiceBox)
    return [(str(value), str(words)) for value, words in box.choices]


def last_event() -> tuple[str, str, dict[str, object]]:
    event = Event.objects.order_by("-pk").first()
    assert event is not None
    return event.name, event.chain, json.loads(event.body)["after"]


def refused_as(code: str, doing: Callable[[], object]) -> None:
    before = list(Grant.objects.order_by("pk").values())
    with pytest.raises(Objected) as caught:
        doing()
    assert caught.value.objection.code == code
    assert list(Grant.objects.order_by("pk").values()) == before
    name, _, facts = last_event()
    assert (name, facts["code"]) == ("refused", code)


def invalid_as(field: str, code: str, doing: Callable[[], object]) -> None:
    before = Grant.objects.count(), Event.objects.count()
    with pytest.raises(Invalid) as caught:
        doing()
    assert (caught.value.field, caught.value.code) == (field, code)
    assert (Grant.objects.count(), Event.objects.count()) == before


# Giving


def test_an_administrator_grants_and_the_person_takes_on_the_role() -> None:
    person, by = newcomer(), administrator()
    assert post(demo_client(by), "access.grant", person=person, seat=by.seat_id, grade="approver") == (302, "")
    given = one(person=person)
    assert (given.seat_id, given.grade, given.granted_by_id) == (by.seat_id, "approver", by.person_id)
    assert given.until is None
    name, chain, facts = last_event()
    assert (name, chain, facts["person"]) == ("access.grant", f"workspace/{DIRECTORATE}", person)
    assert inside(given).get(f"/{YEAR}/").context["actor"].grade is Grade.APPROVER


def test_the_same_access_is_granted_once() -> None:
    person, by = newcomer(), administrator()
    granted(person, Grade.READER)
    again = partial(access.grant, by, person=person, seat=by.seat_id, grade="reader")
    invalid_as("person", "granted_already", again)
    access.withdraw(by, grant=one(person=person).pk)
    again()  # after it was withdrawn it may be given anew


def test_nobody_gives_or_lends_themselves_access() -> None:
    by = administrator()
    refused_as("own_access", lambda: access.grant(by, person=by.person_id, seat=by.seat_id, grade="approver"))
    other = grant_of(approver()).pk
    until = timezone.now() + SOON
    refused_as("own_access", lambda: access.lend(by, grant=other, person=by.person_id, until=until))
    status, page = post(demo_client(by), "access.grant", person=by.person_id, seat=by.seat_id, grade="approver")
    assert status == 403
    assert "Du kan ikke gi deg selv tilgang." in page


def test_another_organisations_access_is_out_of_reach() -> None:
    by, theirs = administrator(), approver(Party.MINISTRY)
    person, stranger = newcomer(), newcomer("the stranger", theirs.organisation)
    until = timezone.now() + SOON
    grant = grant_of(theirs).pk
    refused_as("wrong_organisation", lambda: access.grant(by, person=person, seat=theirs.seat_id, grade="reader"))
    refused_as("wrong_organisation", lambda: access.lend(by, grant=grant, person=person, until=until))
    refused_as("wrong_organisation", lambda: access.withdraw(by, grant=grant))
    own = grant_of(approver()).pk
    for whom in (stranger, theirs.person_id, 987_654):
        give = partial(access.grant, by, person=whom, seat=by.seat_id, grade="reader")
        invalid_as("person", "not_of_organisation", give)
        invalid_as("person", "not_of_organisation", partial(access.lend, by, grant=own, person=whom, until=until))
    status, page = post(demo_client(by), "access.withdraw", grant=grant)
    assert status == 403
    assert "annen organisasjon" in page


def test_an_administrator_of_two_roles_gives_access_in_either() -> None:
    by = administrator(Party.COUNTY, "03")
    person = newcomer(orgnr=by.organisation)
    municipality = Seat.objects.get(party=Party.MUNICIPALITY, area="0301")
    access.grant(by, person=person, seat=municipality.pk, grade="reader")
    assert one(person=person).seat == municipality
    seats = offered(demo_client(by).get("/access").context["grant"], "seat")
    assert [words for _, words in seats] == ["fylkeskommunen", "kommunen"]


@pytest.mark.parametrize("grade", [Grade.READER, Grade.CASE_WORKER, Grade.APPROVER])
def test_others_find_no_page_and_their_forms_are_refused(grade: Grade) -> None:
    actor, person = somebody(grade), newcomer()
    client = demo_client(actor)
    assert client.get("/access").status_code == 404
    assert 'href="/access"' not in client.get(f"/{YEAR}/").content.decode()
    grant = grant_of(approver()).pk
    for name, fields in (
        ("access.grant", {"person": person, "seat": actor.seat_id, "grade": "reader"}),
        ("access.lend", {"grant": grant, "person": person, "until": "2099-01-01"}),
        ("access.withdraw", {"grant": grant}),
    ):
        status, page = post(client, name, **fields)
        assert status == 403, name
        assert "administrator" in page
        event, _, facts = last_event()
        assert (event, facts["move"], facts["code"]) == ("refused", name, "low_grade")
    assert not Grant.objects.filter(person=person).exists()
    assert actor_of(grant, timezone.now()) is not None


def test_whoever_is_not_logged_in_finds_no_page_and_is_sent_to_log_in() -> None:
    assert Client().get("/access").headers["Location"] == "/login?next=/access"
    answer = Client().post("/access/access.withdraw", {"grant": grant_of(administrator()).pk})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login")
    assert is_in(demo_client(administrator()))


def test_a_form_that_cannot_stand_comes_back_with_what_was_chosen() -> None:
    by, person = administrator(), newcomer()
    client = demo_client(by)
    status, page = post(client, "access.grant", person=person, seat=by.seat_id, grade="king")
    assert status == 422
    assert f'<option value="{person}" selected>' in page
    assert "Ukjent nivå." in page
    assert post(client, "access.grant", seat=by.seat_id, grade="reader")[0] == 422
    assert post(client, "access.lend", grant=grant_of(by).pk, person=person, until="in a while")[0] == 422
    assert post(client, "access.rule", grant=1)[0] == 404
    assert client.post("/access/access.withdraw", {"grant": 1}).status_code == 409


# Lending


def test_a_lent_access_ends_by_itself_at_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    end = timezone.now() + SOON
    grant = lent(newcomer(), approver(), end)
    client = inside(grant)
    assert client.get(f"/{YEAR}/").context["actor"].grade is Grade.APPROVER
    monkeypatch.setattr(clock, "now", lambda: end - timedelta(microseconds=1))
    assert is_in(client)
    monkeypatch.setattr(clock, "now", lambda: end)
    assert not is_in(client)
    assert client.post("/login/role", {"grant": grant.pk}).status_code == 403
    assert is_in(demo_client(approver()))  # whom it was lent from goes on


def test_the_page_lends_to_the_end_of_the_day_in_norway() -> None:
    by, person = administrator(), newcomer()
    client = demo_client(by)
    grant = grant_of(approver()).pk
    assert post(client, "access.lend", grant=grant, person=person, until="2099-07-01")[0] == 302
    until = one(person=person).until
    assert until is not None
    midnight = datetime(2099, 7, 1, 22, tzinfo=UTC)
    assert midnight - timedelta(seconds=1) < until <= midnight
    page = tidy(client.get("/access").content.decode())
    assert "1.\u00a0juli\u00a02099" in page
    assert "vikar for Godkjenner, Integrerings- og mangfoldsdirektoratet" in page


@pytest.mark.parametrize(("day", "status"), [("9999-12-31", 302), ("0001-01-01", 422)])
def test_the_first_and_last_days_of_the_calendar_are_days_too(day: str, status: int) -> None:
    client = demo_client(administrator())
    grant = grant_of(approver()).pk
    assert post(client, "access.lend", grant=grant, person=newcomer(), until=day)[0] == status
    assert client.get("/access").status_code == 200


def test_nothing_is_lent_to_the_past_lent_on_or_to_who_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    by, person, other = administrator(), newcomer(), newcomer("the other one")
    of, now = approver(), timezone.now()
    grant, until = grant_of(of).pk, now + SOON
    monkeypatch.setattr(clock, "now", lambda: now)
    for past in (now, now - SOON):
        invalid_as("until", "until_past", partial(access.lend, by, grant=grant, person=person, until=past))
    invalid_as("person", "granted_already", lambda: access.lend(by, grant=grant, person=of.person_id, until=until))
    loan = lent(person, of)
    invalid_as("person", "granted_already", lambda: access.lend(by, grant=grant, person=person, until=until))
    invalid_as("grant", "lent_already", lambda: access.lend(by, grant=loan.pk, person=other, until=until))
    access.withdraw(by, grant=loan.pk)
    invalid_as("grant", "grant_gone", lambda: access.lend(by, grant=loan.pk, person=other, until=until))


def test_nobody_approves_what_they_submitted_not_even_as_a_substitute() -> None:
    committee, decides = worker(Party.COMMITTEE), approver(Party.COMMITTEE)
    criteria.adopt(approver(Party.MINISTRY), year=YEAR, version=1)
    criteria.share(worker(Party.DIRECTORATE), year=YEAR, version=1)
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2020, 6, 30))
    register_forecast()
    parts = {code: Numbers(number) for code, number in county_numbers(5025).items()}
    targets.draft(committee, year=YEAR, national=Numbers(5025), counties=parts)
    targets.submit(committee, year=YEAR, version=1)
    by = administrator(Party.COMMITTEE)
    until = timezone.now() + SOON
    access.lend(by, grant=grant_of(decides).pk, person=committee.person_id, until=until)
    substitute = actor_of(one(lent_from__isnull=False).pk, timezone.now())
    assert substitute is not None
    assert substitute.grade is Grade.APPROVER
    refused_as("same_person", lambda: targets.decide(substitute, year=YEAR, version=1))
    targets.decide(decides, year=YEAR, version=1)


# Taking away


def test_a_withdrawn_access_ends_at_once_and_what_was_lent_from_it() -> None:
    person, substitute, by = newcomer(), newcomer("the substitute"), administrator()
    given = granted(person, Grade.READER)
    access.lend(by, grant=given.pk, person=substitute, until=timezone.now() + SOON)
    borrowed = one(person=substitute)
    clients = inside(given), inside(borrowed)
    assert post(demo_client(by), "access.withdraw", grant=given.pk) == (302, "")
    assert [is_in(client) for client in clients] == [False, False]
    assert [client.get("/login/role").context["roles"] for client in clients] == [[], []]
    event = Event.objects.get(name="access.withdraw")
    assert json.loads(event.body)["before"]["lent"] == [borrowed.pk]
    invalid_as("grant", "grant_gone", lambda: access.withdraw(by, grant=given.pk))


def test_what_was_lent_ends_also_for_a_substitute_who_is_away() -> None:
    substitute = newcomer("the substitute")
    given = granted(newcomer(), Grade.READER)
    by = administrator()
    access.lend(by, grant=given.pk, person=substitute, until=timezone.now() + SOON)
    newcomer("the substitute", "300000001")
    access.withdraw(by, grant=given.pk)
    newcomer("the substitute")  # back again, before what was lent would have ended
    assert actor_of(one(person=substitute).pk, timezone.now()) is None


def test_the_last_administrator_stays() -> None:
    by = administrator()
    own = grant_of(by).pk
    invalid_as("grant", "last_administrator", lambda: access.withdraw(by, grant=own))
    borrowed = lent(newcomer("the substitute"), by)  # a lent one ends by itself, so it does not count
    invalid_as("grant", "last_administrator", lambda: access.withdraw(by, grant=own))
    access.withdraw(by, grant=borrowed.pk)
    second = granted(newcomer(), Grade.ADMINISTRATOR)
    other = actor_of(second.pk, timezone.now())
    assert other is not None
    access.withdraw(by, grant=second.pk)
    # The two at once, each taking the other's: whoever comes second finds that one is left.
    invalid_as("grant", "last_administrator", lambda: access.withdraw(other, grant=own))
    status, page = post(demo_client(by), "access.withdraw", grant=own)
    assert status == 422
    assert "siste administrator" in page


def test_a_person_who_comes_to_act_for_another_organisation_loses_the_roles_of_the_one_before() -> None:
    person = newcomer()
    given = granted(person)
    client = inside(given)
    ministry = administrator(Party.MINISTRY)
    assert newcomer(orgnr=ministry.organisation) == person
    name, _, facts = last_event()
    assert (name, facts["orgnr"]) == ("access.arrive", ministry.organisation)
    assert not is_in(client)
    assert client.post("/login/role", {"grant": given.pk}).status_code == 403
    rows = demo_client(administrator()).get("/access").context["rows"]
    assert [row.away for row in rows if row.id == given.pk] == [True]  # seen, and can be taken away for good
    access.withdraw(administrator(), grant=given.pk)
    access.grant(ministry, person=person, seat=ministry.seat_id, grade="reader")
    assert [row.party for row in client.get("/login/role").context["roles"]] == ["ministry"]


# The page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_in_every_language_with_much_and_with_nothing(language: str) -> None:
    of = approver()
    waiting = newcomer("who waits")
    lent(newcomer("the substitute"), of)
    full = demo_client(administrator())
    alone = Organisation.objects.create(name="Den nye kommunen", orgnr="399999999")
    seat = Seat.objects.create(organisation=alone, party=Party.MUNICIPALITY, area="9999", county="99")
    person = Person.objects.create(issuer="demo", subject="alone", name="Den eneste", orgnr=alone.orgnr)
    only = Grant.objects.create(person=person, seat=seat, grade=Grade.ADMINISTRATOR, since=timezone.now())
    empty = Client()
    assert empty.post("/login/demo", {"grant": only.pk}).status_code == 302
    for client in (full, empty):
        client.post("/settings", {"language": language, "scheme": "auto", "back": "/"})
        answer = client.get("/access")
        page = tidy(answer.content.decode())
        assert answer.status_code == 200
        assert "MISSING-IN-TEMPLATE" not in page
        assert f'<html lang="{language}"' in page
        assert 'href="/access" aria-current="page"' in page
    assert [each.pk for each in full.get("/access").context["without"]] == [waiting]
    context = empty.get("/access").context
    assert (offered(context["grant"], "person"), context["without"]) == ([], [])
    assert {each.row.name for each in context["story"]} == {"access.login", "access.display"}
    assert [value for value, _ in offered(context["lend"], "grant")] == [str(only.pk)]


def test_the_page_tells_the_story_of_access_to_its_own_organisation_only() -> None:
    person, by = newcomer(), administrator()
    given = granted(person)
    access.withdraw(by, grant=given.pk)
    with pytest.raises(Objected):
        access.grant(by, person=by.person_id, seat=by.seat_id, grade="reader")
    story = demo_client(by).get("/access").context["story"]
    changes = [each.row.name for each in story if each.row.subject.startswith("organisation:")]
    assert changes == ["refused", "access.withdraw", "access.grant"]
    assert any(each.row.name == "access.login" for each in story)  # and who has logged in to which role
    page = demo_client(by).get("/access").content.decode()
    for words in ("Avvist", "Tilgang trukket tilbake", "Tilgang gitt"):
        assert words in page
    theirs = demo_client(administrator(Party.MINISTRY)).get("/access").context["story"]
    assert [each.row.name for each in theirs if each.row.own] == ["access.login"]
