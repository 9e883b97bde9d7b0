"""The county's workbook by a client: out, in, every change shown first, then all or none; and who may."""

import io
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.test import Client
from python_calamine import CalamineWorkbook

from bosett import sources
from bosett.basis.languages import LANGUAGES
from bosett.documents.county_sheet import COLUMNS, STAMP
from bosett.rounds.parties import Grade, Party
from bosett.sources.limits import SENTENCES
from bosett.sources.values import SENTENCES as READ
from bosett_web.actions.county import cells, recommendations
from bosett_web.actions.county.cells import Cell
from bosett_web.journal.models import Event
from bosett_web.records.models import RecommendationLine
from bosett_web.screens.words import WORDS
from markup import tidy
from parties import SHARED, YEAR, finish_county, worker
from readers import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED)]
COUNTY, NAME = "46", "Vestland"
PAGE = f"/{YEAR}/counties/{COUNTY}"
NUMBER = COLUMNS.index("number")


def logged_in(party: Party = Party.COUNTY, grade: Grade = Grade.CASE_WORKER, area: str = COUNTY) -> Client:
    return client_of(party, area, grade)


def signed(client: Client) -> str:
    return str(client.get(f"/{YEAR}/").context["signed"])


def upload(client: Client, content: bytes, name: str = "ark.xlsx", page: str = PAGE) -> tuple[int, str]:
    file = io.BytesIO(content)
    file.name = name
    answer = client.post(f"{page}/upload", {"shown_to": signed(client), "file": file})
    return answer.status_code, tidy(answer.content.decode())


def confirm(client: Client, page: str, county: str = COUNTY) -> tuple[int, str]:
    """Send the form that a page of changes shows."""
    match = re.search(r'name="changes" value="([^"]+)"', page)
    assert match, page
    fields = {"shown_to": signed(client), "changes": match[1]}
    answer = client.post(f"/{YEAR}/counties/{county}/upload/apply", fields)
    return answer.status_code, tidy(answer.content.decode())


def grid(book: CalamineWorkbook, name: str) -> list[list[object]]:
    return [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def edited(content: bytes, change: Callable[[list[list[object]]], None], sheet: str = NAME) -> bytes:
    """Return a workbook of ours as a spreadsheet program saves it after somebody has changed its cells."""
    source = CalamineWorkbook.from_filelike(io.BytesIO(content))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name in source.sheet_names:
        to, rows = book.add_worksheet(name), grid(source, name)
        if name == sheet:
            change(rows)
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    to.write_datetime(line, place, value, day)
                elif value != "":
                    to.write(line, place, value)
    book.close()
    return out.getvalue()


def setting(**values: object) -> Callable[[list[list[object]]], None]:
    """Return a change of cells: `c4601_number=12`."""

    def change(rows: list[list[object]]) -> None:
        for key, value in values.items():
            code, _, column = key.removeprefix("c").partition("_")
            next(row for row in rows if row[0] == code)[COLUMNS.index(column)] = value

    return change


def line(code: str = "4601") -> RecommendationLine:
    row: RecommendationLine = RecommendationLine.objects.get(recommendation__round=YEAR, municipality=code)
    return row


def edits() -> int:
    return int(Event.objects.filter(name="recommendation.edit").count())


# Words


def test_every_refusal_and_fault_of_a_file_has_words() -> None:
    asked = {f"file_{code}" for code in SENTENCES}
    for path in Path(sources.__path__[0]).rglob("*.py"):
        if path.name not in ("locks.py", "addresses.py", "imdi_tables.py"):
            codes = re.findall(
                r'"((?:key|cell|column|known|rows?|sheets|name|letters)_\w+)"', path.read_text(encoding="utf-8")
            )
            asked |= {f"file_{code}" for code in codes}
    asked |= {f"file_cell_{code}" for code in READ if code != "not_a_fraction"}  # no file of ours has a fraction
    asked |= {f"file_row_aside{nameless}" for nameless in ("", "_nameless")}
    asked.add("file_letters_strange_in_workbook")
    asked |= {f"file_cell_{mark}" for mark in ("error", "uncounted")} | {f"book_{column}" for column in COLUMNS}
    assert len(asked) > 50
    assert asked <= set(WORDS)


def test_a_heading_means_one_column_in_every_language() -> None:
    heads = [{WORDS[f"book_{column}"][place] for column in COLUMNS} for place in range(len(LANGUAGES))]
    assert [len(each) for each in heads] == [len(COLUMNS)] * len(LANGUAGES)


# Out


@pytest.mark.parametrize(("county", "count"), [("30", 51), ("46", 43), ("03", 1)])
def test_a_county_gets_its_municipalities_with_what_is_known_of_them(county: str, count: int) -> None:
    answer = logged_in(area=county).get(f"/{YEAR}/counties/{county}.xlsx")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert "attachment" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = grid(book, book.sheet_names[0])
    assert len(rows) == 6 + count
    assert all(isinstance(row[COLUMNS.index("population")], float) for row in rows[6:])
    assert rows[2][NUMBER] == rows[4][NUMBER] != ""  # the target, and what is left of it
    assert book.sheet_names[1:] == ["Slik gjør du", STAMP]


def test_the_file_is_written_in_the_readers_language() -> None:
    client = logged_in()
    for language, head in (("nn", "Oppmoda i fjor"), ("en", "Requested last year")):
        client.post("/settings", {"language": language, "scheme": "auto", "back": "/"})
        assert head in client.get(f"{PAGE}.csv").content.decode("utf-8-sig")


def test_nobody_downloads_what_they_may_not_see() -> None:
    others = (
        logged_in(Party.UDI, area=""),
        logged_in(Party.KS, area=""),
        logged_in(Party.DIRECTORATE, area=""),
        logged_in(area="11"),
        logged_in(Party.MUNICIPALITY, area="4601"),
    )
    for client in others:
        for kind in ("xlsx", "csv"):
            assert client.get(f"{PAGE}.{kind}").status_code == 404
    assert logged_in(area="11").post(f"{PAGE}/upload", {"shown_to": signed(logged_in(area="11"))}).status_code == 404
    assert logged_in().get(f"/{YEAR}/counties/99.xlsx").status_code == 404
    assert logged_in().get(f"/1999/counties/{COUNTY}.xlsx").status_code == 404
    finish_county(COUNTY)
    statuses = [client.get(f"{PAGE}.csv").status_code for client in others]
    assert statuses == [404, 200, 200, 404, 404]


# In


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_handed_in_unchanged_changes_nothing(kind: str) -> None:
    county = worker(Party.COUNTY, COUNTY)
    cells.fill_from_proposal(county, year=YEAR, county=COUNTY)
    text = Cell("4601", "reason", "=1+1\n-2; «Æ»")
    cells.set_cells(county, year=YEAR, county=COUNTY, cells=[text, Cell("4601", "signal_on", date(2020, 6, 1))])
    before, client = edits(), logged_in()
    status, page = upload(client, client.get(f"{PAGE}.{kind}").content, f"ark.{kind}")
    assert status == 200
    assert "Ingenting er endret" in page
    assert 'name="changes"' not in page
    assert edits() == before


def test_changes_are_shown_then_saved_as_one_event_that_can_be_undone() -> None:
    client = logged_in()
    book = edited(
        client.get(f"{PAGE}.xlsx").content,
        setting(
            c4601_number=120, c4601_under15=2, c4602_asked="nei", c4611_signal_note="Kan ta ti", c4612_number="12,0"
        ),
    )
    before = edits()
    status, page = upload(client, book)
    assert status == 200
    assert "Endringer (8)" in page  # what follows from them too: asked, and the number 0
    assert "følger av endringen" in page
    assert (line().number, edits()) == (None, before)  # nothing is saved
    assert confirm(client, page)[0] == 302
    assert "Endringene fra filen er lagret: 5." in client.get(PAGE).content.decode()
    assert (line().number, line().under15, line().asked) == (120, 2, True)
    assert (line("4602").asked, line("4602").number) == (False, 0)
    assert line("4611").signal_note == "Kan ta ti"
    assert line("4612").number == 12
    assert edits() == before + 1
    event = Event.objects.filter(name="recommendation.edit").latest("pk")
    assert '"source":"file"' in event.body.replace(" ", "")
    assert confirm(client, page)[0] == 422  # sent twice: nothing is changed
    cells.undo(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, event=event.pk)
    assert (line().number, line("4602").asked, line("4611").signal_note) == (None, None, "")


def test_names_are_keys_too_and_columns_that_are_not_there_are_left_alone() -> None:
    cells.set_cells(
        worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, cells=[Cell("4601", "reason", "Står som den er")]
    )
    client = logged_in()
    status, page = upload(client, "Tilrådd;Kommune;Notat\n7;Bergen kommune;x\n8;Kinn;\n".encode("cp1252"), "eige.csv")
    assert status == 200
    assert "Kolonnen «Notat» er ukjent" in page
    assert "som ikke er med i filen, og som står som de er: 41" in page
    assert "holdt opp mot tallene slik de er nå" in page
    assert confirm(client, page)[0] == 302
    assert (line().number, line().reason, line("4602").number) == (7, "Står som den er", 8)


def test_every_fault_is_told_by_sheet_cell_and_municipality_and_nothing_can_be_saved() -> None:
    client = logged_in()
    book = edited(
        client.get(f"{PAGE}.xlsx").content,
        setting(
            c4601_number="tolv",
            c4602_under15=9,
            c4602_number=3,
            c4611_signal_on=date(2031, 1, 1),
            c4612_number=2_000_000,
            c4613_population=1,
            c4614_asked="nei",
            c4614_number=4,
        ),
    )
    status, page = upload(client, book)
    assert status == 422
    row = next(at for at, each in enumerate(rows_of(book), start=1) if each[0] == "4601")
    assert f"Ark «Vestland», celle H{row}" in page
    for words in (
        "«tolv» er ikke et helt tall",
        "Kinn: 9 enslige mindreårige er flere enn 3 i alt",
        "etter arbeidsdatoen",
        "fra 0 til 1\u00a0000\u00a0000",
        "Valget og tallet sier hver sin ting",
        "«Folketall» kan ikke endres her",
        "Må rettes (5)",
    ):
        assert words in page
    assert 'name="changes"' not in page


def rows_of(book: bytes) -> list[list[object]]:
    return grid(CalamineWorkbook.from_filelike(io.BytesIO(book)), NAME)


def test_what_somebody_else_changed_since_the_download_is_a_conflict() -> None:
    client = logged_in()
    old = edited(client.get(f"{PAGE}.xlsx").content, setting(c4601_number=120, c4602_number=5))
    county = worker(Party.COUNTY, COUNTY)
    other = [Cell("4601", "number", 99), Cell("4611", "reason", "Deres")]
    cells.set_cells(county, year=YEAR, county=COUNTY, cells=other)
    status, page = upload(client, old)
    assert status == 409
    assert "Endret av en annen (1)" in page
    assert 'name="changes"' not in page
    assert line("4611").reason == "Deres"  # left alone in the file: not put back


def test_what_somebody_else_changes_between_seeing_and_saving_is_a_conflict_and_nothing_is_saved() -> None:
    client = logged_in()
    book = edited(client.get(f"{PAGE}.xlsx").content, setting(c4601_number=120, c4602_number=5))
    _, page = upload(client, book)
    cells.set_cells(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, cells=[Cell("4601", "number", 99)])
    before = edits()
    status, answer = confirm(client, page)
    assert status == 422
    assert "En annen har endret dette" in answer
    assert (line().number, line("4602").number, edits()) == (99, None, before)


def test_the_signed_changes_are_of_one_person_seat_and_county_and_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    client, other = logged_in(), logged_in(grade=Grade.APPROVER)
    _, page = upload(client, edited(client.get(f"{PAGE}.xlsx").content, setting(c4601_number=120)))
    for somebody, county in ((other, COUNTY), (client, "11")):
        status, answer = confirm(somebody, page, county)
        assert status == 422
        assert "ikke lest for deg" in answer
    assert client.post(f"{PAGE}/upload/apply", {"shown_to": signed(client), "changes": "x:y:z"}).status_code == 422
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 3601)
    status, answer = confirm(client, page)
    assert status == 422
    assert "mer enn en time siden" in answer
    assert line().number is None
    monkeypatch.setattr("django.core.signing.time.time", lambda: now)
    assert confirm(client, page)[0] == 302


def test_readers_and_a_recommendation_that_is_not_open_are_refused_with_words() -> None:
    client, reader = logged_in(), logged_in(grade=Grade.READER)
    book = edited(client.get(f"{PAGE}.xlsx").content, setting(c4601_number=120))
    _, page = upload(client, book)
    status, answer = upload(reader, reader.get(f"{PAGE}.xlsx").content)
    assert status == 403
    assert "saksbehandler" in answer
    assert 'type="file" id="upload-file"' not in tidy(reader.get(PAGE).content.decode())
    cells.fill_from_proposal(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    recommendations.ready(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY)
    status, _ = upload(client, book)
    assert status == 409
    status, _ = confirm(client, page)
    assert status == 409
    assert Event.objects.latest("pk").name == "refused"


def test_another_countys_file_is_refused_by_its_stamp_and_its_codes() -> None:
    client, other = logged_in(), logged_in(area="11")
    status, page = upload(client, other.get(f"/{YEAR}/counties/11.xlsx").content)
    assert status == 422
    assert "Filen er laget for et annet fylke: Rogaland." in page
    status, page = upload(client, other.get(f"/{YEAR}/counties/11.csv").content, "ark.csv")
    assert status == 422
    assert "«1101» ligger i et annet fylke: Rogaland." in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("", b"", "Velg en fil."),
        ("a.xlsx", b"not at all", "verken en arbeidsbok"),
        ("a.xlsm", b"PK", "makroer"),
        ("a.xlsx", b"PK" + b"x" * 2_200_000, "større enn 2 MB"),
        ("a.csv", b"hello\n", "ingen rad med overskrifter"),
    ],
)
def test_a_file_that_is_not_read_is_refused_on_a_page_to_try_again_from(name: str, content: bytes, words: str) -> None:
    client = logged_in()
    if name:
        status, page = upload(client, content, name)
    else:
        answer = client.post(f"{PAGE}/upload", {"shown_to": signed(client)})
        status, page = answer.status_code, tidy(answer.content.decode())
    assert status == 422
    assert words in page
    assert 'type="file" id="upload-file"' in page


def test_changes_too_large_for_a_form_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bosett_web.screens.county.workbook.MOST_SIGNED", 50)
    client = logged_in()
    status, page = upload(client, edited(client.get(f"{PAGE}.xlsx").content, setting(c4601_number=120)))
    assert status == 422
    assert "Del filen i to" in page


def test_what_nobody_saw_in_the_file_is_told_above_the_button_and_what_is_left_aside_below() -> None:
    text = (
        "Kommunenr.;Kommune;Anbefalt;Begrunnelse\r4601;Bergen;40;FŒr flere\r4621;Voss 1);8;x\r46;Vestland;48;\r;;48;\r"
    )
    status, page = upload(logged_in(), text.encode("cp1252"), "ark.csv")
    assert status == 200
    warning, confirm = page.index("Noen bokstaver ser ut til å være ødelagt"), page.index("Lagre alle endringene")
    assert warning < confirm < page.index("Verdt å vite")
    for words in (
        "Celle D2: Noen bokstaver ser ut til å være ødelagt, først her: «FŒr flere».",
        "Celle B3: «Voss 1)» er ikke navnet på 4621 Voss. Nummeret er lagt til grunn.",
        "Celle A4: Raden gjelder ingen kommune (46 Vestland), og er ikke tatt med.",
        "Celle A5: Raden sier ikke hvilken kommune den gjelder, og står under den siste kommunen.",
    ):
        assert words in page
    assert line().number is None


def test_a_hidden_row_and_two_numbers_in_a_cell_are_told_by_their_place() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    to = book.add_worksheet("Tall")
    for at, row in enumerate(
        [["knr", "Anbefaling"], [4601, 40.000000000000007], [4602, "30 35"], [4611, "–"], ["F\ufffdr"]]
    ):
        to.write_row(at, 0, row)
    to.set_row(1, None, None, {"hidden": True})
    book.close()
    status, page = upload(logged_in(), out.getvalue())
    assert status == 422
    for words in (
        "Ark «Tall», celle A2: Skjulte rader er også lest. Rad: 2.",
        "«30 35» kan være to tall. Skriv ett, med mellomrom bare mellom grupper på tre siffer.",
        "«–» sier ikke om det er null eller ukjent.",
        "Ark «Tall», celle A5: Noen bokstaver ser ut til å være ødelagt",
        "retter du dem i arbeidsboka",
    ):
        assert words in page
    assert re.search(r"<td[^>]*>40</td>", page)
