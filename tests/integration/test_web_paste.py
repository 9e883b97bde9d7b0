"""What is pasted into the county's sheet, by the page's own script and the server: read, or marked where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pytest

from bosett.rounds.columns import FIELDS
from bosett.rounds.parties import Party
from bosett_web.actions.county import cells
from bosett_web.actions.county.cells import Cell
from bosett_web.queries.standing import standing
from bosett_web.records.models import RecommendationLine
from parties import SHARED, YEAR, worker
from readers import client_of
from sheetpages import SheetPage

pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(SHARED)]
COUNTY = "46"
BERGEN, KINN, ETNE = CODES = ("4601", "4602", "4611")
PATH = f"/{YEAR}/counties/{COUNTY}/cells"
SAVED, ONE_LEFT = "Alt er lagret.", "Celler som må rettes: 1."


class Desk:
    """A page of a case worker, on which all that is sent is answered at once."""

    def __init__(self, page: SheetPage) -> None:
        self.page, self.client = page, client_of(Party.COUNTY, COUNTY)
        self.mark = str(self.client.get(f"/{YEAR}/").context["signed"])
        rows = {code: {name: cells.write_value(value) for name, value in stored_line(code).items()} for code in CODES}
        page.begin(rows, standing(YEAR).recommendations[COUNTY].changed)

    def do(self, command: str, **facts: object) -> None:
        self.page.do(command, **facts)
        while "POST" in self.page.requests:
            fields = {**(self.page.requests["POST"] or {}), "shown_to": self.mark}
            answer = self.client.post(PATH, fields, headers={"accept": "application/json"})
            self.page.do("answer", method="POST", status=answer.status_code, told=answer.json())

    def paste(self, text: str, name: str) -> None:
        self.do("paste", name=name, text=text)


@pytest.fixture
def desk() -> Iterator[Desk]:
    put({"number": 20, "signal_on": date(2020, 3, 2), "asked": True}, BERGEN)
    page = SheetPage()
    yield Desk(page)
    page.close()


def put(values: Mapping[str, cells.Value], code: str) -> None:
    wanted = [Cell(code, name, value) for name, value in values.items()]
    cells.set_all(worker(Party.COUNTY, COUNTY), year=YEAR, county=COUNTY, cells=wanted)


def stored_line(code: str) -> dict[str, cells.Value]:
    """Return what the server holds of a municipality."""
    line = RecommendationLine.objects.get(recommendation__round=YEAR, municipality=code)
    return {name: getattr(line, name) for name in FIELDS}


def column(name: str) -> list[cells.Value]:
    return [stored_line(code)[name] for code in CODES]


# A table


def test_a_quoted_cell_with_a_line_break_is_one_cell_and_each_row_lands_in_its_own_municipality(desk: Desk) -> None:
    desk.paste('41\t"Ledige hus.\r\n""Klasse"" 1."\r\n32\tNok\r\n13\t\r\n', f"{BERGEN}-number")
    assert column("number") == [41, 32, 13]
    assert column("reason") == ['Ledige hus. "Klasse" 1.', "Nok", ""]
    assert (desk.page.says, desk.page.shown["rest"]) == (SAVED, "")


@pytest.mark.parametrize("text", ['5" rør\tb', '"Ja, sa de\tb', '"Ja" sa de\tb'])
def test_a_quotation_mark_that_sets_no_cell_apart_is_a_sign_like_others(desk: Desk, text: str) -> None:
    desk.paste(f"{text}\nN\tc\n", f"{BERGEN}-signal_by")
    assert column("signal_by")[:2] == [text.split("\t", maxsplit=1)[0], "N"]
    assert column("signal_note")[:2] == ["b", "c"]


def test_what_is_copied_is_pasted_the_same(desk: Desk) -> None:
    put({"reason": 'Sa "nei" og\tja', "asked": False}, KINN)
    desk = Desk(desk.page)
    names = ("asked", "number", "under15", "from15", "reason")
    desk.page.do("copy", names=[f"{KINN}-{name}" for name in names])
    desk.paste(str(desk.page.shown["said"]["copied"]), f"{ETNE}-asked")
    assert [stored_line(ETNE)[name] for name in names] == [False, 0, None, None, 'Sa "nei" og\tja']


def test_rows_and_columns_without_a_place_are_counted_and_the_others_set(desk: Desk) -> None:
    desk.paste("1\n2\n\n3\n\n", f"{ETNE}-number")
    assert column("number") == [20, None, 1]
    assert desk.page.shown["rest"] == "Innlimte rader uten plass i arket, ikke tatt med: 2."
    desk.paste("Hit\tDit\tHen\nAtter\t\t\n", f"{KINN}-signal_by")
    assert (column("signal_by"), column("signal_note")) == (["", "Hit", "Atter"], ["", "Dit", ""])
    assert desk.page.shown["rest"] == "Innlimte kolonner uten plass i arket, ikke tatt med: 1."
    desk.paste("1\n2\n", f"{BERGEN}-signal")
    assert desk.page.shown["rest"] == ""


# What it is


def test_dates_as_norwegians_write_them_are_read(desk: Desk) -> None:
    desk.paste("11.05.2020\tRådmannen\n1.6.2020\tOrdføreren\n2020-06-02\t\n", f"{BERGEN}-signal_on")
    assert column("signal_on") == [date(2020, 5, 11), date(2020, 6, 1), date(2020, 6, 2)]
    assert column("signal_by") == ["Rådmannen", "Ordføreren", ""]
    assert [desk.page.value(f"{code}-signal_on") for code in CODES] == ["2020-05-11", "2020-06-01", "2020-06-02"]
    assert desk.page.says == SAVED


@pytest.mark.parametrize("word", ["Ja", "JA", "yes", "SANN"])
def test_a_choice_is_read_by_its_word(desk: Desk, word: str) -> None:
    desk.paste(f"Nei\n{word}\n", f"{BERGEN}-asked")
    assert (stored_line(BERGEN)["asked"], stored_line(BERGEN)["number"], stored_line(KINN)["asked"]) == (False, 0, True)
    assert desk.page.value(f"{BERGEN}-asked") == "no"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_numbers_with_spaces_between_groups_of_three(desk: Desk, space: str) -> None:
    desk.paste(f"1{space}234\n12,0\n30\n", f"{BERGEN}-number")
    assert column("number") == [1234, 12, 30]
    assert desk.page.value(f"{BERGEN}-number") == "1234"


# What cannot be read


WRONG: Sequence[tuple[str, str, str]] = (
    ("number", "30 35", "Dette kan være to tall."),
    ("number", "–", "Tegnet sier ikke om det er null eller ukjent."),
    ("number", ":", "Tegnet sier ikke om det er null eller ukjent."),
    ("number", "1.234", "Skriv et helt tall, uten punktum og komma."),
    ("number", "tolv", "Skriv et helt tall"),
    ("signal_on", "i høst", "Limt inn: «i høst».Skriv en dato"),
    ("signal_on", "31.02.2020", "Limt inn: «31.02.2020».Skriv en dato"),
    ("asked", "kanskje", "Limt inn: «kanskje».Velg et av svarene."),
)


@pytest.mark.parametrize(("name", "text", "why"), WRONG)
def test_what_cannot_be_read_is_marked_and_what_is_stored_stays(desk: Desk, name: str, text: str, why: str) -> None:
    before, cell = stored_line(BERGEN), f"{BERGEN}-{name}"
    desk.paste(f"{text}\n\n", cell)
    assert stored_line(BERGEN) == before
    assert desk.page.note(cell).startswith(why)
    assert desk.page.says == ONE_LEFT
    assert desk.page.value(cell) == (text if name == "number" else cells.write_value(before[name]))
    desk.do("send")
    assert desk.page.says == ONE_LEFT
    # The page is left and opened again in the same browser: it stands there still.
    desk.page.begin(
        {code: {each: cells.write_value(value) for each, value in stored_line(code).items()} for code in CODES},
        0,
        again=True,
    )
    desk.do("send")
    assert desk.page.note(cell).startswith(why)
    assert desk.page.says == ONE_LEFT
    # Taken back, all is as it was, and there is nothing to undo.
    desk.do("choose", name=cell, code="keep_stored")
    assert (desk.page.says, desk.page.note(cell), stored_line(BERGEN)) == (SAVED, "", before)
    desk.do("undo")
    assert stored_line(BERGEN) == before


def test_beside_what_cannot_be_read_the_rest_is_saved(desk: Desk) -> None:
    desk.paste("30 35\tEn grunn\n14\tNok\n", f"{BERGEN}-number")
    assert (column("number")[:2], column("reason")[:2]) == ([20, 14], ["En grunn", "Nok"])
    assert desk.page.says == ONE_LEFT
    desk.do("write", cells=[[f"{BERGEN}-number", "30"]])
    assert (stored_line(BERGEN)["number"], desk.page.says, desk.page.note(f"{BERGEN}-number")) == (30, SAVED, "")


def test_a_pasted_block_is_undone_and_done_again_as_it_was_read(desk: Desk) -> None:
    desk.paste("1 234\t\t2\n12,0\t\t\n", f"{BERGEN}-number")
    desk.do("undo")
    assert (column("number"), column("under15"), column("asked")) == ([20, None, None], [None] * 3, [True, None, None])
    desk.do("redo")
    assert (column("number"), column("under15")) == ([1234, 12, None], [2, None, None])
    assert desk.page.says == SAVED
