"""Postal addresses: by hand and from a file, shown before they are set; who may, and what letters need of them."""

import html
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bosett.geography import municipalities
from bosett.rounds.parties import Grade, Party
from bosett_web.accounts.models import Organisation, PostalAddress, Seat
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.letters import addresses, letters
from bosett_web.actions.letters.addresses import WantedAddress
from bosett_web.dispatch import Channel, Choice
from bosett_web.journal.models import Event, FreeText
from bosett_web.journal.verify import verify
from bosett_web.queries.letters.addresses import address_rows, addresses_of, unaddressed
from bosett_web.queries.letters.contents import due
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import Letter, Request, SettlementRound
from markup import tidy
from parties import DEMO, YEAR, approver, somebody, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(DEMO)]
DAY = date(2020, 5, 1)
SVARUT = Choice(Channel.SVARUT, Path(), ())


def orgnr(area: str, party: Party = Party.MUNICIPALITY) -> str:
    return str(Seat.objects.get(party=party, area=area).organisation.orgnr)


def wanted(area: str = "4601", place: str = "BERGEN", before: tuple[str, ...] = (), **more: object) -> WantedAddress:
    facts = {"lines": ("Postboks 7700",), "postal_code": "5020", "publisher": "Enhetsregisteret", **more}
    return WantedAddress(orgnr=orgnr(area), place=place, before=before, **facts)  # type: ignore[arg-type]


def set_all(*which: WantedAddress, known_on: date = DAY) -> Event:
    directorate = worker(Party.DIRECTORATE)
    return addresses.set_all(directorate, year=YEAR, wanted=which, known_on=known_on, source="file")


def refused(act: Callable[[], object]) -> str:
    with pytest.raises((Objected, Invalid)) as caught:
        act()
    fault = caught.value
    if isinstance(fault, Objected):
        return fault.objection.code
    assert isinstance(fault, Invalid)
    return fault.code


def text_of(client: Client, path: str = "addresses") -> str:
    answer = client.get(f"/{YEAR}/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    return plain(answer.content)


def plain(content: bytes) -> str:
    text = tidy(content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def signed(client: Client) -> str:
    return str(client.get(f"/{YEAR}/").context["signed"])


def upload(client: Client, content: bytes, **fields: str) -> tuple[int, str]:
    filled = {"publisher": "Enhetsregisteret", "known_on": "2020-05-01", "shown_to": signed(client), **fields}
    answer = client.post(f"/{YEAR}/addresses/upload", {**filled, "file": SimpleUploadedFile("enheter.json", content)})
    return answer.status_code, plain(answer.content)


def confirm(client: Client, page: str) -> tuple[int, str]:
    changes = re.search(r'name="changes" value="([^"]+)"', page)
    assert changes
    answer = client.post(f"/{YEAR}/do/letter.address", {"shown_to": signed(client), "changes": changes[1]})
    return answer.status_code, plain(answer.content)


def register(*units: tuple[str, str, str]) -> bytes:
    """The register's answer for municipalities: area, street and place."""
    rows = [
        {
            "organisasjonsnummer": orgnr(area),
            "navn": area,
            "postadresse": {"adresse": [street], "postnummer": "5020", "poststed": place, "landkode": "NO"},
        }
        for area, street, place in units
    ]
    return json.dumps({"_embedded": {"enheter": rows}}).encode()


# The action


def test_addresses_are_set_in_one_event_and_read_back() -> None:
    event = set_all(wanted(), wanted("0301", "OSLO", lines=("Rådhuset", "Post"), postal_code="0037"))
    assert addresses_of(Party.MUNICIPALITY) == {
        "4601": ("Postboks 7700", "5020 BERGEN"),
        "0301": ("Rådhuset", "Post", "0037 OSLO"),
    }
    assert addresses_of(Party.COUNTY) == {"03": ("Rådhuset", "Post", "0037 OSLO")}, "Oslo is both"
    assert event.name == "letter.address"
    body = json.loads(event.body)
    assert body["after"]["addresses"][orgnr("4601")]["place"] == "5020 BERGEN"
    assert body["before"] == {"addresses": {orgnr("0301"): {}, orgnr("4601"): {}}}
    assert FreeText.objects.get(event=event).text == "Enhetsregisteret", "free text, which can be shielded"
    assert "Enhetsregisteret" not in event.body
    row = PostalAddress.objects.get(organisation__orgnr=orgnr("4601"))
    assert (row.publisher, row.known_on) == ("Enhetsregisteret", DAY)
    assert verify().holds


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lines": ()}, "address_no_lines"),
        ({"lines": ("a", "b", "c", "d")}, "address_many_lines"),
        ({"lines": ("x" * 101,)}, "address_line_long"),
        ({"postal_code": "502"}, "address_not_postal_code"),
        ({"place": "5020"}, "address_not_place"),
        ({"before": ("Gata 1", "5020 BERGEN")}, "address_changed_since"),
        ({"publisher": " "}, "text_missing"),
        ({"publisher": "x" * 201}, "text_long"),
    ],
)
def test_one_that_cannot_stand_stops_all_of_them(change: dict[str, object], code: str) -> None:
    assert refused(lambda: set_all(wanted("0301", "OSLO"), wanted(**change))) == code  # type: ignore[arg-type]
    assert not PostalAddress.objects.exists()
    assert not Event.objects.filter(name="letter.address").exists()


def test_what_is_nobody_s_the_same_or_to_come_is_refused() -> None:
    assert refused(lambda: set_all(known_on=DAY)) == "nothing_changed"
    assert refused(lambda: set_all(wanted(), known_on=date(2020, 5, 20))) == "address_day_to_come"
    ks = Seat.objects.get(party=Party.KS).organisation.orgnr
    nobody = WantedAddress(ks, ("Postboks 1",), "0100", "OSLO", "KS", ())
    assert refused(lambda: set_all(nobody)) == "address_of_nobody"
    set_all(wanted())
    assert refused(lambda: set_all(wanted(before=("Postboks 7700", "5020 BERGEN")))) == "nothing_changed"
    assert refused(lambda: set_all(wanted(place="OS"))) == "address_changed_since", "what was shown is no longer true"
    set_all(wanted(place="OS", before=("Postboks 7700", "5020 BERGEN")))
    assert addresses_of(Party.MUNICIPALITY) == {"4601": ("Postboks 7700", "5020 OS")}


@pytest.mark.parametrize(
    ("party", "grade", "area", "code"),
    [
        (Party.MUNICIPALITY, Grade.CASE_WORKER, "4601", "wrong_party"),
        (Party.COUNTY, Grade.APPROVER, "46", "wrong_party"),
        (Party.KS, Grade.CASE_WORKER, "", "wrong_party"),
        (Party.DIRECTORATE, Grade.READER, "", "low_grade"),
        (Party.DIRECTORATE, Grade.ADMINISTRATOR, "", "low_grade"),
    ],
)
def test_only_the_directorate_s_case_workers_set_addresses(party: Party, grade: Grade, area: str, code: str) -> None:
    actor = somebody(party, grade, area)
    tried = {"year": YEAR, "wanted": [wanted()], "known_on": DAY, "source": "hand"}
    assert refused(lambda: addresses.set_all(actor, **tried)) == code  # type: ignore[arg-type]
    assert not PostalAddress.objects.exists()


# The page


def test_the_page_lists_what_is_missing_and_is_the_directorate_s() -> None:
    client = client_of(Party.DIRECTORATE)
    page = text_of(client)
    assert "0 av 367 adresser er kjent." in page
    assert "Ingen adresser er kjent ennå." in page
    assert "Bergen kommune" in page
    set_all(wanted())
    page = text_of(client)
    assert "1 av 367 adresser er kjent." in page
    assert "Postboks 7700, 5020 BERGEN" in page
    for party, area in ((Party.MUNICIPALITY, "4601"), (Party.COUNTY, "46"), (Party.KS, ""), (Party.MINISTRY, "")):
        other = client_of(party, area=area)
        assert other.get(f"/{YEAR}/addresses").status_code == 404
        assert upload(other, b"{}")[0] == 404
    assert client_of(Party.UDI).get(f"/{YEAR}/addresses").status_code == 404
    reader = text_of(client_of(Party.DIRECTORATE, grade=Grade.READER))
    assert 'type="file"' not in reader


def test_one_address_is_set_by_hand_and_a_fault_keeps_what_was_filled_in() -> None:
    client = client_of(Party.DIRECTORATE)
    number = orgnr("4601")
    page = text_of(client, f"addresses?edit={number}")
    assert f'name="orgnr" value="{number}"' in page
    fields = {
        "orgnr": number,
        "before": "",
        "lines": "Postboks 7700\r\n Byrådsavdelingen ",
        "postal_code": "502",
        "place": "Bergen",
        "publisher": "Kommunen selv",
        "known_on": "2020-05-01",
        "shown_to": signed(client),
    }
    answer = client.post(f"/{YEAR}/do/letter.address", fields)
    assert answer.status_code == 422
    page = plain(answer.content)
    assert "Et postnummer har fire siffer" in page
    assert "Byrådsavdelingen" in page
    assert 'value="Kommunen selv"' in page
    assert client.post(f"/{YEAR}/do/letter.address", {**fields, "postal_code": "5020"}).status_code == 302
    assert addresses_of(Party.MUNICIPALITY)["4601"] == ("Postboks 7700", "Byrådsavdelingen", "5020 Bergen")
    assert Event.objects.get(name="letter.address").subject == f"address:{number}"
    # The one who still has the old page open is told, and nothing is lost.
    again = client.post(f"/{YEAR}/do/letter.address", {**fields, "postal_code": "5021"})
    assert again.status_code == 422
    assert "Noen har endret adressen" in plain(again.content)
    page = text_of(client, f"addresses?edit={number}")
    before = re.search(r'name="before" value="([^"]*)"', page)
    assert before
    changed = {**fields, "postal_code": "5021", "before": html.unescape(before[1])}
    assert client.post(f"/{YEAR}/do/letter.address", changed).status_code == 302


def test_a_file_is_shown_before_anything_is_set_and_only_what_differs_is() -> None:
    client = client_of(Party.DIRECTORATE)
    set_all(wanted())
    content = register(("4601", "Postboks 7700", "BERGEN"), ("0301", "Rådhuset", "OSLO"))
    status, page = upload(client, content)
    assert status == 200
    assert "Rådhuset, 5020 OSLO" in page
    assert "Uendret: 1" in page
    assert "mangler etterpå: 365" in page
    assert PostalAddress.objects.count() == 1, "nothing is set yet"
    assert confirm(client, page)[0] == 302
    body = json.loads(Event.objects.filter(name="letter.address").order_by("-pk")[0].body)
    assert set(body["after"]["addresses"]) == {orgnr("0301")}
    assert body["after"]["source"] == "file"
    status, page = upload(client, content)
    assert status == 200
    assert 'name="changes"' not in page


def test_what_changed_between_showing_and_setting_is_not_written_over() -> None:
    client = client_of(Party.DIRECTORATE)
    _, page = upload(client, register(("4601", "Postboks 7700", "BERGEN"), ("0301", "Rådhuset", "OSLO")))
    set_all(wanted(place="OS"))
    status, answer = confirm(client, page)
    assert status == 422
    assert "Noen har endret adressen til Bergen kommune" in answer
    assert set(addresses_of(Party.MUNICIPALITY)) == {"4601"}


def test_changes_are_bound_to_whom_they_were_shown_to() -> None:
    _, page = upload(client_of(Party.DIRECTORATE), register(("4601", "Postboks 7700", "BERGEN")))
    assert confirm(client_of(Party.DIRECTORATE, grade=Grade.APPROVER), page)[0] == 422
    assert confirm(client_of(Party.DIRECTORATE), page.replace('value="ey', 'value="ez'))[0] in (422, 302)
    other = client_of(Party.DIRECTORATE)
    forged = other.post(f"/{YEAR}/do/letter.address", {"shown_to": signed(other), "changes": "x"})
    assert forged.status_code == 422


def test_a_business_address_is_taken_only_when_asked_for_and_said_so() -> None:
    client = client_of(Party.DIRECTORATE)
    address = {"adresse": ["Rådhusgata 10"], "postnummer": "5014", "poststed": "BERGEN"}
    unit = json.dumps({"organisasjonsnummer": orgnr("4601"), "forretningsadresse": address}).encode()
    status, page = upload(client, unit)
    assert status == 422
    assert "har ingen postadresse" in page
    status, page = upload(client, unit, business="1")
    assert "forretningsadresse" in page
    assert confirm(client, page)[0] == 302
    assert PostalAddress.objects.get().publisher == "Enhetsregisteret (forretningsadresse)"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Filen er tom"),
        (b"[" * 100_000, "er det ikke"),
        (b"\x81", "Bokstavene i filen"),
        (b"x" * (4 * 1024 * 1024 + 1), "større enn 4 MB"),
        (b"<html>", "én rad med overskriftene"),
        (b"PK\x03\x04", "Filen er skadet"),
    ],
)
def test_a_hostile_file_is_refused_with_a_clear_word(content: bytes, words: str) -> None:
    status, page = upload(client_of(Party.DIRECTORATE), content)
    assert status == 422
    assert words in page
    assert not PostalAddress.objects.exists()


def test_faults_stand_with_their_line_and_nothing_can_be_set() -> None:
    rows = "\n".join(f"{300_000_900 + number};Gata 1;0001;OSLO" for number in range(60))
    status, page = upload(client_of(Party.DIRECTORATE), f"orgnr;adresse;postnummer;poststed\n{rows}".encode())
    assert status == 422
    assert "Linje 2" in page
    assert "<details><summary>Vis 10 til</summary>" in page
    assert all(f">Linje {line}<" in page for line in range(2, 62)), "folded, and none left out"
    assert 'name="changes"' not in page


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_pages_are_whole_in_every_language(language: str) -> None:
    set_all(wanted())
    client = client_of(Party.DIRECTORATE)
    client.post("/settings", {"language": language, "scheme": "auto", "shown_to": signed(client)})
    for path in ("addresses", f"addresses?edit={orgnr('0301')}", "addresses?county=03", "letters"):
        text_of(client, path)
    upload(client, register(("0301", "Rådhuset", "OSLO")))
    upload(client, b"orgnr;adresse;postnummer;poststed\n1;2;3;4\n")


def test_the_page_asks_the_database_a_fixed_number_of_times() -> None:
    client = client_of(Party.DIRECTORATE)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"/{YEAR}/addresses")
        return len(queries)

    few = count()
    set_all(wanted(), wanted("0301", "OSLO"), wanted("4602", "KINN"))
    assert count() == few
    with CaptureQueriesContext(connection) as asked:
        address_rows()
    assert len(asked) == 1


# What letters need of them


def a_letter(code: str, state: str = "made") -> Letter:
    made: Letter = Letter.objects.create(
        round_id=YEAR,
        kind="reminder",
        receiver=code,
        version=1,
        state=state,
        reference=f"{YEAR}/{code}-purring-1",
        language="nb",
        title="Påminnelse",
        day=DAY,
        content={},
        pdf=b"%PDF",
        sha256="0" * 64,
        made_by_id=worker(Party.DIRECTORATE).person_id,
    )
    return made


def test_without_an_address_a_letter_by_svarut_is_not_approved(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = a_letter("4601"), a_letter("46")
    boss, ids = approver(Party.DIRECTORATE), [first.pk, second.pk]
    monkeypatch.setattr("django.conf.settings.DISPATCH", SVARUT)
    assert refused(lambda: letters.approve(boss, year=YEAR, letters=ids)) == "letter_address_missing"
    assert set(Letter.objects.values_list("state", flat=True)) == {"made"}
    page = text_of(client_of(Party.DIRECTORATE), "letters")
    assert "Mottakere uten postadresse: 2. SvarUt sender ikke" in page
    county = Seat.objects.get(party=Party.COUNTY, area="46").organisation.orgnr
    set_all(wanted(), WantedAddress(county, ("Postboks 7900",), "5020", "BERGEN", "Enhetsregisteret", ()))
    assert unaddressed(["4601", "46"]) == ()
    letters.approve(boss, year=YEAR, letters=ids)
    PostalAddress.objects.all().delete()
    directorate = worker(Party.DIRECTORATE)
    assert refused(lambda: letters.send(directorate, year=YEAR, letters=ids)) == "letter_address_missing"
    # A channel that needs none asks for none.
    monkeypatch.setattr("django.conf.settings.DISPATCH", Choice(Channel.FOLDER, Path(), ()))
    letters.send(directorate, year=YEAR, letters=ids)


def test_a_letter_that_is_due_carries_the_address_when_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    SettlementRound.objects.filter(pk=2020).update(frozen_at=clock.moment())  # one of this workspace's own
    at = standing(2020)
    assert at.state == "frozen"
    places = [place for place in municipalities(2020) if place.code in ("4601", "0301")]
    monkeypatch.setattr("bosett_web.queries.letters.contents.municipalities", lambda _: places)

    def addresses_of_receivers() -> dict[str, tuple[str, ...]]:
        return {each.code: each.content.head.receivers[0].address for each in due(at, DAY)}

    assert addresses_of_receivers() == {"0301": (), "4601": ()}
    set_all(wanted())
    assert addresses_of_receivers() == {"0301": (), "4601": ("Postboks 7700", "5020 BERGEN")}


def test_every_receiver_has_one_row() -> None:
    rows = address_rows()
    assert len(rows) == len({row.orgnr for row in rows}) == 367
    assert (
        Organisation.objects.filter(seats__party__in=("municipality", "county", "directorate")).distinct().count()
        == 367
    )


def test_an_approved_letter_is_not_made_anew_by_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    SettlementRound.objects.filter(pk=2020).update(frozen_at=clock.moment())
    places = [place for place in municipalities(2020) if place.code in ("4601", "0301")]
    monkeypatch.setattr("bosett_web.queries.letters.contents.municipalities", lambda _: places)
    for code, state in (("4601", "approved"), ("0301", "made")):
        row = a_letter(code, "made")
        asked = Request.objects.get(round=2020, municipality=code)
        Letter.objects.filter(pk=row.pk).update(round_id=2020, kind="request", request=asked, state=state)
    set_all(wanted(), wanted("0301", "OSLO"))
    letters_due = {each.code: each for each in due(standing(2020), DAY)}
    assert set(letters_due) == {"0301"}, "only what is not approved is made anew"
    assert letters_due["0301"].content.head.receivers[0].address == ("Postboks 7700", "5020 OSLO")


# KS's copies


def test_ks_reads_its_copy_of_what_has_been_delivered_and_of_nothing_else() -> None:
    sent, waiting = a_letter("4601", "delivered"), a_letter("0301", "queued")
    client = client_of(Party.KS)
    page = text_of(client, "ks")
    assert f"/{YEAR}/letters/{sent.pk}.pdf" in page
    assert f"/{YEAR}/letters/{waiting.pk}.pdf" not in page
    assert client.get(f"/{YEAR}/letters/{sent.pk}.pdf").status_code == 200
    assert client.get(f"/{YEAR}/letters/{waiting.pk}.pdf").status_code == 404
    Letter.objects.filter(pk=sent.pk).update(state="failed")
    assert "Ingen brev er levert ennå." in text_of(client, "ks")
    assert client_of(Party.MUNICIPALITY, area="4601").get(f"/{YEAR}/ks").status_code == 404
