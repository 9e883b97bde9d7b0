"""The four steps of a round's letters: what they need, looking through, checking and sending, delivery."""

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from bosett.basis.languages import LANGUAGES
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.letters import letters, sending
from bosett_web.actions.letters.making import make_all
from bosett_web.actions.numbers import numbers as rounds
from bosett_web.dispatch import Channel, Choice, Parcel, RefusedByService, Sent, Unknown
from bosett_web.dispatch.folder import FolderDispatch
from bosett_web.queries.letters.letters import letter_rows
from bosett_web.queries.letters.numbers import against_decided, departures, persons_of
from bosett_web.queries.lines import lines
from bosett_web.queries.standing import standing
from bosett_web.records.models import Correction, Letter, Request
from bosett_web.screens.letters.steps import LettersStep
from lettersteps import deliver, only, post, prepare, refused, text_of
from parties import FROZEN, YEAR, approver, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(FROZEN)]
BERGEN, OSLO, KINN, KAAFJORD = "4601", "0301", "4602", "5426"
SVARUT = Choice(Channel.SVARUT, Path(), ())


def made(monkeypatch: pytest.MonkeyPatch, *codes: str) -> dict[str, Letter]:
    """Make the letters of some municipalities, by receiver."""
    only(*codes, monkeypatch=monkeypatch)
    prepare()
    assert make_all(YEAR, worker(Party.DIRECTORATE).person_id) == len(codes)
    return {row.receiver: row for row in Letter.objects.order_by("receiver")}


def approve(*rows: Letter) -> None:
    letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=[row.pk for row in rows])


def states_of(client: Client, path: str = "letters") -> dict[str, tuple[str, str]]:
    """Return the state of each step in words, and of which sort it is."""
    answer = client.get(f"/{YEAR}/{path}")
    return {line.step: (line.state, line.kind) for line in answer.context["steps"]}


def names(client: Client, question: str) -> list[str]:
    """Return whose letters are listed."""
    answer = client.get(f"/{YEAR}/letters/look?{question}")
    assert answer.status_code == 200
    return [each.row.name for each in answer.context["listed"]]


def otherwise(letter: Letter, number: str) -> None:
    """Let a letter say another number than was decided, as no action does."""
    content = json.loads(json.dumps(letter.content))
    facts = next(block for block in content["blocks"] if block["sort"] == "facts")
    facts["pairs"][0][1] = number
    Letter.objects.filter(pk=letter.pk).update(content=content)


# The line of steps


def test_each_step_tells_its_state_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only(BERGEN, OSLO, monkeypatch=monkeypatch)
    client = client_of(Party.DIRECTORATE)
    assert states_of(client) == {
        LettersStep.NEED: ("2 brev mangler noe", "underway"),
        LettersStep.LOOK: ("ingen brev er lagd", "none"),
        LettersStep.CHECK: ("ingen brev ennå", "none"),
        LettersStep.DELIVERY: ("ingen brev er sendt", "none"),
    }
    prepare()
    assert states_of(client)[LettersStep.NEED] == ("2 brev kan lages", "underway")
    rows = made(monkeypatch, BERGEN, OSLO)
    assert states_of(client) == {
        LettersStep.NEED: ("ingenting mangler", "done"),
        LettersStep.LOOK: ("2 brev er lagd", "underway"),
        LettersStep.CHECK: ("2 venter på godkjenning", "underway"),
        LettersStep.DELIVERY: ("ingen brev er sendt", "none"),
    }
    approve(rows[OSLO])
    assert states_of(client)[LettersStep.CHECK] == ("1 venter på godkjenning, 1 kan sendes", "underway")
    letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=[rows[OSLO].pk])
    assert states_of(client)[LettersStep.DELIVERY] == ("1 på vei ut", "underway")
    assert not sending.deliver(rows[OSLO].pk, FolderDispatch(tmp_path))
    deliver(rows[BERGEN].pk, tmp_path)
    assert states_of(client)[LettersStep.LOOK] == ("2 brev er lagd", "done")
    assert states_of(client)[LettersStep.CHECK] == ("ingen brev venter", "done")
    assert states_of(client)[LettersStep.DELIVERY] == ("2 levert", "done")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_the_line_with_itself_marked(language: str) -> None:
    client = client_of(Party.DIRECTORATE, language=language)
    for path in ("letters", "letters/look", "letters/check", "letters/delivery"):
        page = text_of(client, path)
        steps = re.findall(rf'href="(/{YEAR}/letters[a-z/]*)"( aria-current="step")?>(\d)\. ', page)
        assert [number for _, _, number in steps] == list("1234")
        assert [address for address, here, _ in steps if here] == [f"/{YEAR}/{path}"]


def test_what_lacks_leads_to_where_it_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    only(BERGEN, monkeypatch=monkeypatch)
    client = client_of(Party.DIRECTORATE)
    page = text_of(client, "letters")
    for field in ("signers", "answer_by", "how_to_answer"):
        assert f'href="#f-{field}"' in page
        assert f'id="f-{field}"' in page
    prepare()
    at = standing(YEAR)
    monkeypatch.setattr(type(at), "current_forecast", property(lambda _: None))
    page = text_of(client, "letters")
    assert f'href="/{YEAR}/forecasts">Fyll inn: Prognose' in page


# Looking through


def test_letters_are_found_by_any_official_name_and_by_their_county(monkeypatch: pytest.MonkeyPatch) -> None:
    made(monkeypatch, BERGEN, OSLO, KINN, KAAFJORD)
    client = client_of(Party.DIRECTORATE)
    for asked in ("Gáivuotna", "gaivuotna", "Kaivuono", "kåf"):
        assert names(client, f"q={asked}") == ["Kåfjord"], asked
    assert names(client, "q=vestland") == ["Bergen", "Kinn"]
    assert names(client, "q=vestland&kind=not_asked") == []
    assert names(client, "q=ber") == ["Bergen"]
    page = text_of(client, "letters/look?q=ingensteds")
    assert "Ingen brev passer til det du har valgt." in page
    assert 'value="ingensteds"' in page  # what was typed is kept
    assert "&lt;b&gt;" in text_of(client, "letters/look?q=<b>")
    # One goes from letter to letter among those that were found.
    bergen = Letter.objects.get(receiver=BERGEN)
    assert "Brev 1 av 2" in text_of(client, f"letters/{bergen.pk}?q=vestland")


def test_the_list_tells_persons_as_the_letter_does_and_minors_as_its_request(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made(monkeypatch, BERGEN, KAAFJORD)
    number = Request.objects.get(round=YEAR, municipality=BERGEN).number
    assert not Request.objects.filter(round=YEAR, municipality=KAAFJORD).exists()
    persons = persons_of(YEAR)
    assert (persons[rows[BERGEN].pk].number, persons[rows[KAAFJORD].pk].number) == (number, 0)
    client = client_of(Party.DIRECTORATE)
    listed = {each.row.receiver: each for each in client.get(f"/{YEAR}/letters/look").context["listed"]}
    before = {line.code: line.previous for line in lines(standing(YEAR), None)}
    assert listed[BERGEN].persons.persons == number
    assert listed[BERGEN].minors is None  # not known is not none
    assert listed[BERGEN].before == before[BERGEN]
    page = text_of(client, "letters/look")
    assert f'data-label="Personer">{number}</td>' in page
    assert 'data-label="Enslige mindreårige"><span class="missing">mangler</span>' in page
    assert 'data-label="Personer"><span class="missing">ikke anmodet</span>' in page
    told_in_words = f"1 anmodning, 1 ikke anmodet. Anmodningene gjelder {number} personer."
    assert told_in_words in page
    Request.objects.filter(round=YEAR, municipality=BERGEN).update(under15=1, from15=2)
    assert 'data-label="Enslige mindreårige">3</td>' in text_of(client, "letters/look")


def test_letters_are_picked_by_what_has_changed_since_last_year(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [line.code for line in lines(standing(YEAR), None) if line.code.startswith("46")]
    made(monkeypatch, *codes)
    client = client_of(Party.DIRECTORATE)
    numbers = dict(Request.objects.filter(round=YEAR).values_list("municipality", "number"))
    expected: dict[str, list[str]] = {}
    for line in lines(standing(YEAR), None):
        if line.code in codes and line.previous.status in ("ok", "not_asked"):
            now, was = numbers.get(line.code, 0), line.previous.persons or 0
            sort = "new" if now and not was else "no_longer" if was and not now else ""
            sort = sort or ("more" if now > was else "fewer" if now < was else "same")
            expected.setdefault(sort, []).append(line.name)
    assert len(expected) > 2
    for sort in ("more", "fewer", "same", "new", "no_longer"):
        assert names(client, f"change={sort}") == expected.get(sort, []), sort
    assert len(names(client, "change=uncompared")) == len(codes)
    assert names(client, "change=worded") == []
    assert names(client, "change=nothing+there+is") == []


def test_the_list_has_pages_and_the_filters_stay_when_they_are_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bosett_web.screens.letters.look.AT_A_TIME", 2)
    made(monkeypatch, BERGEN, OSLO, KINN, KAAFJORD, "4611")
    client = client_of(Party.DIRECTORATE)
    read, question = [], "language=nb"
    expected = list(Letter.objects.filter(language="nb").order_by("receiver").values_list("receiver", flat=True))
    while question:
        answer = client.get(f"/{YEAR}/letters/look?{question}")
        read += [each.row.receiver for each in answer.context["listed"]]
        question = answer.context["later"] or ""
        assert not question or "language=nb" in question
    assert read == expected
    assert names(client, "start=2") == names(client, "start=3")
    for start in ("x", "-2", "999", "99999999999"):
        assert names(client, f"start={start}") == names(client, "")
    assert 'rel="next"' in text_of(client, "letters/look")
    assert 'rel="prev"' in text_of(client, "letters/look?start=2")


def test_marked_letters_are_gone_on_with_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made(monkeypatch, BERGEN, OSLO, KINN)
    client, boss = client_of(Party.DIRECTORATE), client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    page = text_of(client, "letters/look?county=46")
    assert 'name="county" value="46"' in page
    assert f'aria-label="Merk Bergen, {YEAR}/{BERGEN}-anmodning-1"' in page
    marks = f"county=46&only={rows[BERGEN].pk}&only={rows[OSLO].pk}&only=x"
    assert names(client, marks) == ["Bergen"]
    checked = client.get(f"/{YEAR}/letters/check?{marks}")
    assert [row.receiver for row in checked.context["rows"]] == [BERGEN]
    assert "Dette er en del av brevene som venter." in checked.content.decode()
    form = text_of(boss, f"letters/check?{marks}")
    assert f'name="letters" value="{rows[BERGEN].pk}"' in form
    with zipfile.ZipFile(io.BytesIO(client.get(f"/{YEAR}/letters/all.zip?{marks}").getvalue())) as archive:
        assert archive.namelist() == [f"{YEAR}-{BERGEN}-anmodning-1.pdf"]
    # What is done leads back among the marked.
    seen = re.search(r'name="seen" value="(\w+)"', form)
    assert seen
    query = f"county=46&only={rows[BERGEN].pk}&only={rows[OSLO].pk}"
    answer = post(boss, "letter.approve", letters=rows[BERGEN].pk, query=query)
    assert answer == (302, f"/{YEAR}/letters/check?{query}")


# Checking and sending


def test_the_numbers_of_the_letters_are_held_against_those_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [line.code for line in lines(standing(YEAR), None) if line.code.startswith("46")]
    rows = made(monkeypatch, *codes)
    requests = dict(Request.objects.filter(round=YEAR).values_list("municipality", "number"))
    ours = sum(number for code, number in requests.items() if code in codes)
    everything = against_decided(YEAR, letter_rows(YEAR), [row.pk for row in rows.values()])
    assert everything.agrees
    assert (everything.chosen.persons, everything.decided.persons) == (ours, sum(requests.values()))
    assert everything.unlettered.persons == sum(requests.values()) - ours
    assert everything.chosen.places == sum(code in requests for code in codes)
    part = against_decided(YEAR, letter_rows(YEAR), [rows[BERGEN].pk])
    assert part.agrees
    assert (part.chosen.persons, part.others.persons) == (requests[BERGEN], ours - requests[BERGEN])
    page = text_of(client_of(Party.DIRECTORATE), "letters/check")
    assert "Summene stemmer" in page
    assert 'id="stops"' not in page
    otherwise(rows[BERGEN], f"{requests[BERGEN] + 1} personer")
    assert not against_decided(YEAR, letter_rows(YEAR), [rows[BERGEN].pk]).agrees
    assert not against_decided(YEAR, letter_rows(YEAR), []).agrees  # in another letter it is not right either


@pytest.mark.parametrize("wrong", ["7 personer", "ukjent"])
def test_a_letter_with_another_number_stops_all_that_it_is_sent_with(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    rows = made(monkeypatch, BERGEN, OSLO)
    boss, client = client_of(Party.DIRECTORATE, grade=Grade.APPROVER), client_of(Party.DIRECTORATE)
    ids = [row.pk for row in rows.values()]
    otherwise(rows[BERGEN], wrong)
    (one,) = departures(YEAR, letter_rows(YEAR))
    assert (one.row.receiver, one.in_letter) == (BERGEN, 7 if wrong[0] == "7" else None)
    page = text_of(boss, "letters/check")
    assert "Summene stemmer ikke." in page
    assert "Bergen: " in page[page.index('id="stops"') :]
    assert "/do/letter.approve" not in page
    assert "/do/letter.approve" in text_of(boss, f"letters/check?only={rows[OSLO].pk}")
    if wrong[0] == "7":
        assert refused(lambda: letters.approve(approver(Party.DIRECTORATE), year=YEAR, letters=ids)) == (
            "letter_number_differs"
        )
    Letter.objects.update(state="approved", approved_by=approver(Party.DIRECTORATE).person_id)
    assert "/do/letter.send" not in text_of(client, "letters/confirm")
    if wrong[0] == "7":
        assert refused(lambda: letters.send(worker(Party.DIRECTORATE), year=YEAR, letters=ids)) == (
            "letter_number_differs"
        )


def test_what_cannot_be_undone_is_told_before_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made(monkeypatch, BERGEN, OSLO, KAAFJORD)
    client = client_of(Party.DIRECTORATE)
    approve(*rows.values())
    persons = sum(Request.objects.filter(round=YEAR, municipality__in=rows).values_list("number", flat=True))
    for path in ("letters", "letters/look", "letters/check", f"letters/{rows[BERGEN].pk}"):
        assert "/do/letter.send" not in text_of(client, path), path
    assert f'href="/{YEAR}/letters/confirm"' in text_of(client, "letters/check")
    page = text_of(client, "letters/confirm")
    assert "Vil du sende 3 brev?" in page
    assert "3 brev: 2 anmodninger, 1 ikke anmodet. Kan ikke angres." in page
    assert f"Anmodningene gjelder {persons} personer i 2 kommuner." in page
    assert "Brevene går til 3 mottakere gjennom mappe til arkivet." in page
    assert "Send 3 brev" in page
    assert "1 brev: 1 ikke anmodet. Kan ikke angres." in text_of(client, "letters/confirm?kind=not_asked")
    # One that is not true any more is told of and left out.
    correct(BERGEN, 150)
    page = text_of(client, "letters/confirm")
    assert "2 brev: 1 anmodning, 1 ikke anmodet. Kan ikke angres." in page
    assert "1 godkjent brev holdes utenfor" in page
    seen = re.search(r'name="letters" value="([\d,]+)"', page)
    assert seen
    assert rows[BERGEN].pk not in [int(each) for each in seen[1].split(",")]
    checked = text_of(client, "letters/check")
    assert "1 brev er ikke sant lenger" in checked[checked.index('id="stops"') :]
    assert "/do/letter.withdraw" in checked  # also of the one that is not true
    # From its own page one is sent alone, and one comes back to it.
    assert f'href="/{YEAR}/letters/confirm?only={rows[OSLO].pk}&amp;from=letter"' in text_of(
        client, f"letters/{rows[OSLO].pk}"
    )
    page = text_of(client, f"letters/confirm?only={rows[OSLO].pk}&from=letter")
    assert 'name="from" value="letter"' in page
    place = {"from": "letter", "query": f"only={rows[OSLO].pk}"}
    answer = post(client, "letter.send", letters=rows[OSLO].pk, **place)
    assert answer == (302, f"/{YEAR}/letters/{rows[OSLO].pk}?only={rows[OSLO].pk}")
    letters.withdraw(
        worker(Party.DIRECTORATE), year=YEAR, letters=[rows[BERGEN].pk, rows[KAAFJORD].pk], reason="Rettet tall."
    )
    assert "Ingen godkjente brev kan sendes." in text_of(client, "letters/confirm")


def test_a_refusal_is_told_on_the_letter_s_own_page_among_those_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made(monkeypatch, BERGEN, OSLO, KINN)
    boss = client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    place = {"from": "letter", "query": "county=46"}
    status, page = post(boss, "letter.approve", letters=rows[BERGEN].pk, **{**place, "seen": "old"})
    assert status == 422
    assert "Brevene er lagd på nytt siden du så dem." in page
    assert "Bergen: Anmodning" in page
    assert "Brev 1 av 2" in page
    approve(rows[BERGEN])
    status, page = post(boss, "letter.withdraw", letters=rows[BERGEN].pk, reason=" ", **place)
    assert status == 409
    assert "Bergen: Anmodning" in page
    assert re.search(r'<details class="move" open>.*Trekk', page, re.DOTALL)
    # Of the letters together, it is told on their step.
    status, page = post(boss, "letter.approve", letters=f"{rows[OSLO].pk}", query="county=03", seen="old")
    assert status == 422
    assert 'aria-current="step">3.' in page


def test_without_an_address_nothing_is_approved_by_svarut(monkeypatch: pytest.MonkeyPatch) -> None:
    made(monkeypatch, BERGEN, OSLO)
    boss = client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    assert "/do/letter.approve" in text_of(boss, "letters/check")
    monkeypatch.setattr("django.conf.settings.DISPATCH", SVARUT)
    page = text_of(boss, "letters/check")
    assert "/do/letter.approve" not in page
    assert "Mottakere uten postadresse: 2." in page[page.index('id="stops"') :]


def correct(municipality: str, number: int) -> None:
    rounds.propose_correction(
        worker(Party.DIRECTORATE), year=YEAR, municipality=municipality, number=number, reason="En rettelse."
    )
    rounds.correct(approver(Party.DIRECTORATE), year=YEAR, correction=Correction.objects.get(approved_at=None).pk)


# Delivery


class Refusing(FolderDispatch):
    """A channel that takes nothing."""

    def send(self, parcel: Parcel) -> Sent | RefusedByService | Unknown:
        assert parcel.reference
        return RefusedByService("no box for anybody")


class Silent(FolderDispatch):
    """A channel that tells nothing of what was sent, and cannot be asked."""

    def ask(self, parcel: Parcel) -> Unknown:
        assert parcel.reference
        return Unknown("cannot tell", again=False)

    def send(self, parcel: Parcel) -> Sent | RefusedByService | Unknown:
        assert parcel.reference
        return Unknown("no answer")


def test_what_did_not_come_is_told_by_reason_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = made(monkeypatch, BERGEN, OSLO, KINN, KAAFJORD)
    client, directorate = client_of(Party.DIRECTORATE), worker(Party.DIRECTORATE)
    approve(*rows.values())
    assert "ingen brev er sendt" in text_of(client, "letters/delivery")
    letters.send(directorate, year=YEAR, letters=[row.pk for row in rows.values()])
    page = text_of(client, "letters/delivery")
    assert 'hx-trigger="every 2s"' in page
    assert 'hx-select-oob="#delivery"' in page
    assert "0 av 4 er framme." in page
    assert "4 brev er sendt: " in page
    assert not sending.deliver(rows[BERGEN].pk, Refusing(tmp_path))
    assert not sending.deliver(rows[KINN].pk, Refusing(tmp_path))
    for _ in range(2):
        sending.deliver(rows[OSLO].pk, Silent(tmp_path))
    assert not sending.deliver(rows[KAAFJORD].pk, FolderDispatch(tmp_path))
    answer = client.get(f"/{YEAR}/letters/delivery")
    failed, stopped = answer.context["not_come"]
    assert (failed.why, [row.receiver for row in failed.rows]) == ("no box for anybody", [BERGEN, KINN])
    assert ([row.receiver for row in stopped.rows], [each.name for each in stopped.buttons]) == ([OSLO], ["letter.ask"])
    page = text_of(client, "letters/delivery")
    assert "hx-trigger" not in page
    assert "no box for anybody" in page
    # Whoever waited has the page as it is now: it says that it is done to those who hear it, and asks for nothing.
    polled = client.get(f"/{YEAR}/letters/delivery", headers={"HX-Request": "true"}).content.decode()
    assert '<p class="unseen" role="status">Ferdig.</p>' in polled
    assert "Oppdater</a>" not in polled
    assert "Rett det som er galt, og prøv igjen." in page
    assert answer.context["channels"][0][2] == 4
    assert post(client, "letter.retry", letters=f"{rows[BERGEN].pk},{rows[KINN].pk}") == (
        *(302, f"/{YEAR}/letters/delivery"),
    )
    assert set(Letter.objects.filter(state="queued").values_list("receiver", flat=True)) == {BERGEN, KINN}
    # One that is not true any more is written anew, and is not tried again.
    assert not sending.deliver(rows[BERGEN].pk, Refusing(tmp_path))
    correct(BERGEN, 150)
    one = next(
        each for each in client.get(f"/{YEAR}/letters/delivery").context["not_come"] if each.rows[0].receiver == BERGEN
    )
    assert one.buttons == ()
    assert one.why.startswith("Tallet er endret etter at brevet")
    assert "Lag et nytt" in one.mend


def test_the_duties_lead_to_their_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made(monkeypatch, BERGEN, OSLO)
    prepare(answer_by=date(2020, 12, 15))
    boss = client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    assert f'href="/{YEAR}/letters/check"' in text_of(boss, "")
    Letter.objects.filter(pk=rows[BERGEN].pk).update(state="failed")
    assert f'href="/{YEAR}/letters/delivery"' in text_of(boss, "")
