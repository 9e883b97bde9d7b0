"""A county's sheet as a PDF in any version, and its final recommendation handed over as a letter."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.test import Client

from bosett.basis.languages import LANGUAGES
from bosett.documents.letters import letter_text
from bosett.rounds.parties import Grade, Party
from bosett_web.actions.county import cells, outcomes, recommendations
from bosett_web.actions.county.cells import Cell
from bosett_web.actions.county.outcomes import Outcome
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.letters import letters
from bosett_web.actions.letters import recommendations as letterrecommending
from bosett_web.actions.letters.recommendations import HandedOver
from bosett_web.actions.values import Numbers
from bosett_web.journal.models import Event
from bosett_web.journal.verify import verify
from bosett_web.queries.county.versions import versions
from bosett_web.queries.letters.county_sheet import sheet, version_of
from bosett_web.queries.letters.text import letter_from
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import Letter, Recommendation, RecommendationLine
from lettersteps import take_any_sign
from parties import SHARED, YEAR, approver, finish_county, worker
from pdfs import Read
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED)]
COUNTY, BERGEN, BYGLAND = "46", "4601", "4220"
TOLD = HandedOver("nn", "fylkesdirektør: N.N.", "executive", date(2020, 6, 30), "2020/1234")
FIELDS = {
    "county": COUNTY,
    "language": "nn",
    "signers": "fylkesdirektør: N.N.",
    "decided_by": "executive",
    "decided_on": "2020-06-30",
    "case_number": "2020/1234",
}


def page_of(client: Client, path: str = f"counties/{COUNTY}") -> str:
    answer = client.get(f"/{YEAR}/{path}")
    assert answer.status_code == 200, (path, answer.status_code)
    text = str(answer.content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return text


def pdf_of(client: Client, version: str, language: str = "nn") -> Read | None:
    answer = client.get(f"/{YEAR}/counties/{COUNTY}/versions/{version}.pdf?lang={language}")
    if answer.status_code == 404:
        return None
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return Read(answer.content)


def post(client: Client, **fields: str) -> tuple[int, str]:
    signed = client.get(f"/{YEAR}/").context["signed"]
    answer = client.post(f"/{YEAR}/do/recommendation.hand_over", {"shown_to": signed, **fields})
    return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()


def hand_over(facts: HandedOver = TOLD) -> Event:
    return letterrecommending.hand_over(approver(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, handover=facts)


def plain_text(letter: Letter) -> str:
    return letter_text(letter_from(letter.content)).replace("\u00a0", " ")


def refused(act: Callable[[], object]) -> str:
    with pytest.raises((Objected, Invalid)) as caught:
        act()
    fault = caught.value
    return fault.objection.code if isinstance(fault, Objected) else getattr(fault, "code", "")


def test_a_draft_is_a_pdf_for_its_county_alone_and_says_that_it_is_a_draft() -> None:
    county = client_of(Party.COUNTY, COUNTY)
    pdf = pdf_of(county, "now")
    assert pdf is not None
    assert pdf.title.startswith("Utkast")
    assert pdf.language == "nn-NO"
    for language, full, draft in (("nb", "nb-NO", "Utkast"), ("en", "en-GB", "Draft")):
        other = pdf_of(county, "now", language)
        assert other is not None
        assert (other.language, other.title.startswith(draft)) == (full, True)
    for stranger in (client_of(Party.DIRECTORATE), client_of(Party.COUNTY, "11"), Client()):
        assert pdf_of(stranger, "now") is None
    for wrong in ("1", "0", "999999999999", "none"):
        assert pdf_of(county, wrong) is None
    assert pdf_of(county, "now", "de") is None


def test_each_version_is_told_as_it_was_kept() -> None:
    county = worker(Party.COUNTY, COUNTY)
    cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    cells.set_all(
        county, year=YEAR, county=COUNTY, cells=[Cell(BERGEN, "number", 99), Cell(BERGEN, "reason", "Full skule.")]
    )
    recommendations.keep(county, year=YEAR, county=COUNTY, name="Før møtet")
    cells.set_all(county, year=YEAR, county=COUNTY, cells=[Cell(BERGEN, "number", 111)])
    at = standing(YEAR)
    row, kept = at.recommendations[COUNTY], versions(at.recommendations[COUNTY].id)

    def bergen(number: int | None) -> tuple[int | None, int | None, str]:
        version = version_of(row, kept, number, clock.today())
        assert version is not None
        (line,) = (each for each in sheet(at, row, version, kept, "nn").lines if each.name == "Bergen")
        return line.proposal, line.recommended, line.reason

    proposal = bergen(None)[0]
    assert proposal is not None
    assert bergen(1) == (proposal, 99, "Full skule.")
    assert bergen(None) == (proposal, 111, "Full skule.")
    pdf = pdf_of(client_of(Party.COUNTY, COUNTY), "1")
    assert pdf is not None
    assert "Lagra undervegs: Før møtet" in pdf.whole.replace("\n", " ")
    # A version kept by hand is the county's own; the one that is sent is for the meeting's parties.
    assert pdf_of(client_of(Party.DIRECTORATE), "1") is None


def test_a_reason_that_the_typeface_cannot_show_is_told_and_no_fault_of_the_workspace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take_any_sign(monkeypatch)
    county = worker(Party.COUNTY, COUNTY)
    cells.set_all(
        county, year=YEAR, county=COUNTY, cells=[Cell(BERGEN, "number", 99), Cell(BERGEN, "reason", "Full skule 🙂")]
    )
    answer = client_of(Party.COUNTY, COUNTY).get(f"/{YEAR}/counties/{COUNTY}/versions/now.pdf?lang=nn")
    assert answer.status_code == 422
    assert "Fylkesarket kan ikke lages som PDF" in answer.content.decode()


def test_a_final_recommendation_is_handed_over_by_its_county() -> None:
    finish_county(COUNTY)
    case_worker, county = (client_of(Party.COUNTY, COUNTY, grade) for grade in (Grade.CASE_WORKER, Grade.APPROVER))
    assert "hand_over" in page_of(county)
    assert post(case_worker, **FIELDS)[0] == 403
    for party, area in ((Party.DIRECTORATE, ""), (Party.COUNTY, "11")):
        assert post(client_of(party, area, Grade.APPROVER), **FIELDS)[0] == 403
    for gone, words in (
        ({"signers": ""}, "hvem som signerer"),
        ({"language": "en"}, "målform"),
        ({"case_number": ""}, "Saksnummer"),
    ):
        status, page = post(county, **{**FIELDS, **gone})
        assert status == 422, gone
        assert words.casefold() in page.casefold(), gone
    assert not Letter.objects.exists()
    row = Recommendation.objects.get(county=COUNTY)
    assert (row.decided_by, row.case_number) == ("", "")  # nothing is half written
    assert post(county, **FIELDS) == (302, f"/{YEAR}/counties/{COUNTY}")
    letter = Letter.objects.get()
    version = versions(Recommendation.objects.get(county=COUNTY).pk)[0].version
    assert (letter.kind, letter.state, letter.language) == ("recommendation", "delivered", "nn")
    assert letter.reference == f"{YEAR}/{COUNTY}-anbefaling-{version}"
    text = plain_text(letter)
    for words in (
        "Tilråding frå Vestland",
        "Vestland fylkeskommune",
        "Integrerings- og mangfaldsdirektoratet",
        "ylkesutvalet vedtok tilrådinga 30. juni 2020, i sak 2020/1234",
        "fylkesdirektør",
        "Kopi til",
        letter.reference,
    ):
        assert words in text, words
    lines = RecommendationLine.objects.filter(recommendation__county=COUNTY)
    total = sum(filter(None, lines.values_list("outcome", flat=True)))
    assert str(total) in text
    pdf = Read(bytes(letter.pdf))
    assert (pdf.language, pdf.title) == ("nn-NO", letter.title.replace("\u00a0", " "))
    row.refresh_from_db()
    assert (row.decided_by, row.decided_on, row.case_number) == ("executive", date(2020, 6, 30), "2020/1234")
    assert refused(hand_over) == "handed_over_already"
    assert verify().holds


def test_the_letter_says_what_was_final_whatever_happens_afterwards() -> None:
    finish_county(COUNTY)
    hand_over()
    first = Letter.objects.get()
    recommendations.reopen_final(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, reason="A school burned down")
    assert refused(hand_over) == "wrong_state"
    assert Letter.objects.get().sha256 == first.sha256
    county = worker(Party.COUNTY, COUNTY)
    cells.set_all(
        county, year=YEAR, county=COUNTY, cells=[Cell(BERGEN, "number", 99), Cell(BERGEN, "reason", "Brann.")]
    )
    # Whoever works on it again has it to himself; the letter stays with those who got it.
    assert pdf_of(client_of(Party.DIRECTORATE), "now") is None
    for party in (Party.DIRECTORATE, Party.KS):
        assert client_of(party).get(f"/{YEAR}/letters/{first.pk}.pdf").status_code == 200
    for party, area in ((Party.COUNTY, "11"), (Party.MUNICIPALITY, BERGEN)):
        assert client_of(party, area).get(f"/{YEAR}/letters/{first.pk}.pdf").status_code == 404


def test_the_meeting_s_number_and_reason_are_what_is_recommended_in_the_end() -> None:
    finish_county(COUNTY)
    Recommendation.objects.filter(county=COUNTY).update(state="submitted")
    changed = [Outcome(BERGEN, Numbers(99), "Skulen er full.", "municipality")]
    outcomes.set_outcomes(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, outcomes=changed)
    recommendations.discuss(worker(Party.DIRECTORATE), year=YEAR, county=COUNTY, reason="Skulen er full.")
    recommendations.finish(approver(Party.DIRECTORATE), year=YEAR, county=COUNTY)
    hand_over()
    letter = Letter.objects.get()
    assert "Skulen er full." in plain_text(letter)
    row = next(
        row
        for block in letter_from(letter.content).blocks
        for row in getattr(block, "rows", ())
        if row.cells[0] == "Bergen"
    )
    assert row.cells[2] == "99"


def test_the_directorate_files_it_with_its_letters_but_can_neither_approve_nor_send_it() -> None:
    finish_county(COUNTY)
    hand_over()
    letter = Letter.objects.get()
    client = client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    listed = page_of(client, "letters/look")
    assert letter.reference in listed
    assert "ingen brev er lagd" in listed  # the county's is not one of ours
    assert client.get(f"/{YEAR}/letters/delivery").context["states"] == []  # nor is it sent by us
    assert f"letters/{letter.pk}.pdf" in page_of(client, f"letters/{letter.pk}")
    boss = approver(Party.DIRECTORATE)
    for act in (letters.approve, letters.send, letters.retry):
        assert refused(partial(act, boss, year=YEAR, letters=[letter.pk])) == "wrong_state"
    assert f"letters/{letter.pk}.pdf" in page_of(client_of(Party.KS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_whole_in_every_language(language: str) -> None:
    finish_county(COUNTY)
    county = client_of(Party.COUNTY, COUNTY, Grade.APPROVER, language)
    assert 'name="signers"' in page_of(county)
    assert f"/counties/{COUNTY}/versions/now.pdf?lang={language}" in page_of(county, f"counties/{COUNTY}/versions")
    hand_over()
    page = page_of(county)
    assert 'name="signers"' not in page
    assert "recommendation-" in page
