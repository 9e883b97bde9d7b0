"""The settlement year: counts by hand, as a table and as a workbook; corrections, and who may see and do what."""

import html
import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from answering import record, unkept
from bosett.figures import series
from bosett.geography import municipalities
from bosett.rounds.parties import Grade, Party
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep
from bosett_web.accounts.actor import Actor
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.round import closing, demo
from bosett_web.actions.settlement import drawn, ledger
from bosett_web.actions.settlement.ledger import NewCount, NewRow
from bosett_web.journal.models import Event, FreeText
from bosett_web.journal.verify import verify
from bosett_web.queries.settlement.ledger import LedgerLine, ledger_lines, seen_lines_of
from bosett_web.queries.sight import lines_for, sees_ledger
from bosett_web.queries.standing import standing
from bosett_web.records import clock
from bosett_web.records.models import LedgerEntry, LetterSettings, Request
from markup import tidy
from parties import FROZEN, YEAR, approver, somebody, worker
from readers import client_of, led_from, public_of
from web_database import Start

BERGEN, ASKOY, OSLO = "4601", "4627", "0301"
DAY = date(2021, 3, 10)
SETTLED, AGREED, ALL = SettlementStep.SETTLED, SettlementStep.AGREED, LedgerGroup.ALL


def into_the_year() -> None:
    """Take the frozen round into its settlement year."""
    demo.move_clock(worker(Party.DIRECTORATE), day=DAY)


IN_THE_YEAR = Start(into_the_year, FROZEN)
pytestmark = [pytest.mark.django_db, pytest.mark.begins_at(IN_THE_YEAR)]


def new(municipality: str = BERGEN, **more: object) -> NewCount:
    plain: dict[str, object] = {
        "step": SETTLED,
        "group": ALL,
        "on": date(2021, 2, 28),
        "count": 4,
        "said_by": "IMDi",
        "said_on": date(2021, 3, 1),
    }
    return NewCount(municipality, **(plain | more))  # type: ignore[arg-type]


def enter(*counts: NewCount, actor: Actor | None = None) -> Event:
    by = actor or worker(Party.DIRECTORATE)
    act = ledger.tell if by.party is Party.MUNICIPALITY else ledger.enter
    return act(by, year=YEAR, counts=counts, source="hand")


def correct(number: int, actor: Actor | None = None, **more: object) -> Event:
    plain: dict[str, object] = {
        "on": date(2021, 2, 28),
        "count": 6,
        "said_by": "IMDi",
        "said_on": DAY,
        "reason": "To kom samme dag.",
    }
    by = actor or worker(Party.DIRECTORATE)
    act = ledger.correct_own if by.party is Party.MUNICIPALITY else ledger.correct
    return act(by, year=YEAR, number=number, row=NewRow(**(plain | more)))  # type: ignore[arg-type]


def refused(*counts: NewCount, actor: Actor | None = None) -> str:
    before = LedgerEntry.objects.count()
    with pytest.raises((Objected, Invalid)) as caught:
        enter(*counts, actor=actor)
    assert LedgerEntry.objects.count() == before
    fault = caught.value
    if isinstance(fault, Objected):
        return fault.objection.code
    assert isinstance(fault, Invalid)
    return fault.code


def plain(content: bytes) -> str:
    text = tidy(content.decode())
    assert "MISSING-IN-TEMPLATE" not in text
    return html.unescape(text).replace("\u00a0", " ")


def text_of(client: Client, query: str = "") -> str:
    answer = client.get(f"/{YEAR}/settlement{query}")
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", plain(answer.content).split("<main")[1]))


def signed(client: Client) -> str:
    return str(client.get(f"/{YEAR}/").context["signed"])


def send(client: Client, name: str, **fields: str) -> tuple[int, str]:
    answer = client.post(f"/{YEAR}/do/{name}", {"shown_to": signed(client), **fields})
    return answer.status_code, "" if answer.status_code == 302 else plain(answer.content)


def by_hand(client: Client, name: str = "ledger.enter", **fields: str) -> tuple[int, str]:
    filled = {"municipality": BERGEN, "step": "settled", "group": "all", "on": "2021-02-28", "count": "4"}
    return send(client, name, **{**filled, "said_by": "IMDi", "said_on": "2021-03-01", **fields})


def table(client: Client, pasted: str = "", file: bytes = b"", **fields: str) -> tuple[int, str]:
    filled: dict[str, object] = {
        "shown_to": signed(client),
        "pasted": pasted,
        "said_by": "IMDi",
        "said_on": "2021-03-05",
    }
    if file:
        filled["file"] = SimpleUploadedFile("tall.xlsx", file)
    answer = client.post(f"/{YEAR}/settlement/upload", {**filled, **fields})
    return answer.status_code, plain(answer.content)


def apply(client: Client, page: str) -> tuple[int, str]:
    rows = re.search(r'name="rows" value="([^"]+)"', page)
    assert rows
    answer = client.post(f"/{YEAR}/settlement/upload/apply", {"shown_to": signed(client), "rows": rows[1]})
    return answer.status_code, "" if answer.status_code == 302 else plain(answer.content)


def kept() -> list[tuple[int, str, str, int | None]]:
    rows = LedgerEntry.objects.order_by("number")
    return [(row.number, row.municipality, row.step, row.count) for row in rows]


# By hand


def test_a_count_is_entered_by_hand_in_one_event_and_shown() -> None:
    client = client_of(Party.DIRECTORATE)
    assert "Ingenting er ført ennå. Før det første tallet for hånd" in text_of(client)
    assert by_hand(client)[0] == 302
    assert kept() == [(1, BERGEN, "settled", 4)]
    row, event = LedgerEntry.objects.get(), Event.objects.latest("pk")
    assert (row.side, row.day, row.made_up) == ("directorate", DAY, False)
    assert (event.name, event.subject) == ("ledger.enter", f"ledger:{YEAR}:{BERGEN}")
    assert '"count"' not in event.body, "what may be of few persons stands in the ledger alone"
    assert verify().holds
    page = text_of(client, "?county=46")
    assert re.search(r"Bergen \d+ mangler mangler mangler 4 mangler", page), page
    assert "1 Bergen Bosatt 28. februar 2021 4 IMDi, 1. mars 2021 Rett raden" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"count": "fire"}, "Skriv et helt tall"),
        ({"count": ""}, "Tallet mangler."),
        ({"count": "–"}, "sier ikke om det er null eller ukjent"),
        ({"on": "2020-12-31"}, "Dagen ligger utenfor bosettingsåret 2021."),
        ({"on": "2021-03-11", "said_on": "2021-03-11"}, "Datoen er etter arbeidsdatoen"),
        ({"said_on": "2021-02-27"}, "Det kan ikke være sagt før det skjedde, 28. februar 2021."),
        ({"municipality": ""}, "Velg"),
        ({"municipality": "9999"}, "Velg en kommune i bosettingsåret."),
        ({"said_by": " "}, "Fyll ut feltet."),
        ({"said_by": "🙂"}, "U+1F642"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field_with_what_was_filled_in(fields: Mapping[str, str], words: str) -> None:
    status, page = by_hand(client_of(Party.DIRECTORATE), **fields)
    assert status == 422
    assert words in page
    assert not kept()


def test_a_second_count_of_the_same_day_is_refused_and_names_the_row_that_stands() -> None:
    client = client_of(Party.DIRECTORATE)
    by_hand(client)
    status, page = by_hand(client, count="5")
    assert status == 422
    assert "Rad 1 gir allerede et tall for denne dagen." in page
    assert kept() == [(1, BERGEN, "settled", 4)]
    assert by_hand(client, step="agreed", count="5")[0] == 302


def test_a_hidden_count_stays_hidden_and_what_it_is_part_of_is_no_fewer_than_what_is_shown() -> None:
    client = client_of(Party.DIRECTORATE)
    assert by_hand(client, count=":")[0] == 302
    assert kept() == [(1, BERGEN, "settled", None)]
    assert "Bosatt skjermet" in text_of(client, f"?municipality={BERGEN}&county=46")
    by_hand(client, on="2021-02-14", count="6")
    by_hand(client, municipality=ASKOY, count="0")
    page = text_of(client, "?county=46")
    assert "Bosatt minst 6 (1 skjermet tall)" in page
    assert re.search(r"Askøy \d+ mangler mangler mangler 0 mangler", page), "nobody is another thing than unknown"


def test_minors_stand_beside_all_and_a_municipality_that_is_chosen_has_its_own_numbers() -> None:
    enter(new(count=9), new(group=LedgerGroup.MINORS, count=2), new(ASKOY, count=5))
    client = client_of(Party.DIRECTORATE)
    assert "Bosatt 14 (enslige mindreårige: 2)" in text_of(client, "?county=46")
    page = text_of(client, f"?municipality={BERGEN}")
    assert "Bosatt 9 (enslige mindreårige: 2)" in page
    assert "2 Bergen Bosatt enslige mindreårige" in page
    assert "3 Askøy" not in page
    assert "Bosatt 14" in text_of(client), "the whole country"


# Corrections


def test_a_row_is_corrected_by_a_new_one_and_the_old_one_stays() -> None:
    client = client_of(Party.DIRECTORATE)
    enter(new(), new(ASKOY))
    page = plain(client.get(f"/{YEAR}/settlement?correct=1").content)
    assert 'name="corrects" value="1"' in page
    filled = {"corrects": "1", "on": "2021-02-28", "count": "6", "said_by": "IMDi", "said_on": "2021-03-09"}
    status, page = send(client, "ledger.correct", **filled, reason="")
    assert status == 409
    assert "begrunnelse" in page.lower()
    assert send(client, "ledger.correct", **filled, reason="To kom samme dag.")[0] == 302
    assert kept() == [(1, BERGEN, "settled", 4), (2, ASKOY, "settled", 4), (3, BERGEN, "settled", 6)]
    event = Event.objects.latest("pk")
    assert event.name == "ledger.correct"
    assert FreeText.objects.get(event=event).text == "To kom samme dag."
    page = text_of(client, "?county=46")
    assert "Retter rad 1: To kom samme dag." in page
    assert "Rettet i rad 3" in page
    assert "<del>" in client.get(f"/{YEAR}/settlement").content.decode()
    # As it was told the day before, the old one counts, and nothing has taken its place yet.
    page = text_of(client, "?county=46&on=2021-03-08")
    assert re.search(r"Bergen \d+ mangler mangler mangler 4 mangler", page)
    assert "Rettet i rad" not in page


@pytest.mark.parametrize(
    ("number", "more", "code"),
    [
        (9, {}, "ledger_no_row"),
        (1, {"count": 4}, "nothing_changed"),
        (1, {"said_on": date(2021, 2, 28)}, "ledger_said_earlier"),
        (1, {"on": date(2021, 2, 14)}, "ledger_stands"),
        (1, {"on": date(2020, 2, 14)}, "ledger_other_year"),
    ],
)
def test_a_correction_that_cannot_stand_is_refused(number: int, more: dict[str, Any], code: str) -> None:
    enter(new(), new(on=date(2021, 2, 14)))
    with pytest.raises(Invalid) as caught:
        correct(number, **more)
    assert caught.value.code == code
    assert len(kept()) == 2


def test_of_two_who_correct_the_same_row_the_second_is_told_which_row_to_correct() -> None:
    enter(new())
    correct(1)
    status, page = send(
        client_of(Party.DIRECTORATE),
        "ledger.correct",
        corrects="1",
        on="2021-02-28",
        count="5",
        said_by="IMDi",
        said_on="2021-03-09",
        reason="Feil.",
    )
    assert status == 422
    assert "Rad 1 er rettet allerede, i rad 2." in page
    assert len(kept()) == 2


def test_the_database_itself_refuses_that_a_row_changes_goes_or_is_corrected_twice() -> None:
    enter(new())
    correct(1)
    changes = (
        lambda: LedgerEntry.objects.filter(number=1).update(count=9),
        lambda: LedgerEntry.objects.filter(number=2).delete(),
        lambda: LedgerEntry.objects.filter(number=1).delete(),
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    first = LedgerEntry.objects.get(number=1)
    twice = {f.attname: getattr(first, f.attname) for f in LedgerEntry._meta.concrete_fields if f.name != "id"}  # noqa: SLF001
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.create(**twice | {"number": 3, "corrects_id": first.pk, "reason": "En gang til."})
    assert kept() == [(1, BERGEN, "settled", 4), (2, BERGEN, "settled", 6)]


# Tables


WIDE = (
    "Kommune\tDag\tForespurt\tAvtalt\tBosatt\nBergen\t07.03.2021\t9\t6\t5\nAskøy\t07.03.2021\t\t:\t0\nSum\t\t9\t6\t5\n"
)


def test_a_pasted_table_is_shown_first_and_then_entered_whole() -> None:
    client = client_of(Party.DIRECTORATE)
    status, page = table(client, WIDE, said_on="2021-03-08")
    assert status == 200
    assert "5 rader som føres" in page
    assert "Raden gjelder ingen kommune (Sum), og er ikke tatt med." in page
    assert not kept(), "nothing is saved by looking"
    assert apply(client, page)[0] == 302
    assert {row[1:] for row in kept()} == {
        (BERGEN, "enquired", 9),
        (BERGEN, "agreed", 6),
        (BERGEN, "settled", 5),
        (ASKOY, "agreed", None),
        (ASKOY, "settled", 0),
    }
    event = Event.objects.latest("pk")
    assert (event.name, event.subject) == ("ledger.enter", f"ledger:{YEAR}")
    assert verify().holds
    status, page = table(client, WIDE, said_on="2021-03-08")
    assert "Tabellen sier ikke noe nytt." in page
    assert "5 rader står allerede" in page


def test_every_fault_of_a_table_is_told_by_its_cell_and_nothing_is_entered() -> None:
    client = client_of(Party.DIRECTORATE)
    enter(new())
    rows = (
        "Kommune;Dag;Bosatt;Begrunnelse",
        "Bergen;28.02.2021;7;",
        "Byen;28.02.2021;mange;",
        "Askøy;28.02.2021;tre;",
        "Askøy;31.12.2020;3;",
        "Askøy;08.03.2021;3;",
        "Askøy;09.03.2021;3;",
        "0301;;2;",
        "Øygarden;01.03.2021;2;Smil 🙂",
    )
    status, page = table(client, "\n".join(rows), said_on="2021-03-08")
    assert status == 422
    for place, words in (
        ("C2", "Rad 1 gir allerede et tall for denne dagen."),
        ("A3", "«Byen» er ingen kommune i bosettingsåret."),
        ("C3", "«mange»"),
        ("C4", "«tre»"),
        ("C5", "Dagen ligger utenfor bosettingsåret 2021."),
        ("C7", "Det kan ikke være sagt før det skjedde"),
        ("C8", "Raden har ingen dag"),
        ("C9", "U+1F642"),
    ):
        assert re.search(rf"{place}\b.*?{re.escape(words)}", re.sub(r"\s+", " ", page)), (place, words)
    assert "C6" not in page
    assert 'name="rows"' not in page
    assert "Askøy;08.03.2021;3;" in page, "what was pasted is still there"
    assert len(kept()) == 1
    # The same in the language of who reads it.
    status, page = table(
        client_of(Party.DIRECTORATE, language="en"), "Municipality;Settled\nBergen;x", said_on="2021-03-08"
    )
    assert "is no number" in page.lower() or "not a number" in page.lower() or "“x”" in page


def test_a_table_without_a_day_takes_the_one_beside_it() -> None:
    client = client_of(Party.DIRECTORATE)
    status, page = table(client, "Kommune\tBosatt\nBergen\t3\n", on="2021-03-07", said_on="2021-03-07")
    assert status == 200
    apply(client, page)
    assert LedgerEntry.objects.get().on == date(2021, 3, 7)


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("", "Lim inn en tabell eller velg en fil."),
        ("bare noe tekst", "Tabellen mangler en rad med overskrifter"),
        ("Kommune\tDag\nBergen\t07.03.2021", "Tabellen mangler en rad med overskrifter"),
    ],
)
def test_what_is_no_table_says_what_it_lacks(pasted: str, words: str) -> None:
    status, page = table(client_of(Party.DIRECTORATE), pasted)
    assert status == 422
    assert words in page


def test_rows_that_were_shown_to_another_or_are_changed_on_the_way_are_not_entered() -> None:
    _, page = table(client_of(Party.DIRECTORATE), WIDE, said_on="2021-03-08")
    other = client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    assert apply(other, page)[0] == 422
    broken = page.replace('name="rows" value="', 'name="rows" value="x')
    assert apply(client_of(Party.DIRECTORATE), broken)[0] == 422
    assert not kept()


def test_of_two_who_enter_the_same_table_the_second_is_told() -> None:
    first, second = client_of(Party.DIRECTORATE), client_of(Party.DIRECTORATE, grade=Grade.APPROVER)
    pages = [table(each, WIDE, said_on="2021-03-08")[1] for each in (first, second)]
    assert apply(first, pages[0])[0] == 302
    status, page = apply(second, pages[1])
    assert status == 422
    assert "gir allerede et tall for denne dagen" in page
    assert len(kept()) == 5


# The workbook


def book(client: Client, query: str = "") -> tuple[bytes, list[list[object]]]:
    answer = client.get(f"/{YEAR}/settlement.xlsx{query}")
    assert answer.status_code == 200
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    return answer.content, [[*row] for row in rows]


def written(rows: list[list[object]]) -> bytes:
    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet, days = workbook.add_worksheet("Ark"), workbook.add_format({"num_format": "dd.mm.yyyy"})
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, column, cell, days)
            elif cell != "":
                sheet.write(line, column, cell)
    workbook.close()
    return content.getvalue()


def test_the_workbook_goes_out_and_in_again_and_takes_new_rows_and_corrections() -> None:
    client = client_of(Party.DIRECTORATE)
    enter(new(), new(ASKOY, count=None))
    correct(1)
    content, rows = book(client)
    assert book(client)[0] == content, "the same ledger is the same bytes"
    assert rows[0] == [
        *("Rad", "Kommunenummer", "Kommune", "Steg", "Gjelder", "Dag", "Personer", "Sagt av", "Sagt dato"),
        *("Retter rad", "Begrunnelse"),
    ]
    assert [row[6] for row in rows[1:]] == [4, ":", 6]
    assert rows[3][9:] == [1, "To kom samme dag."]
    status, page = table(client, file=content)
    assert status == 200
    assert "3 rader står allerede" in page
    more = [
        *rows,
        ["", OSLO, "", "Avtalt", "Enslige mindreårige", date(2021, 3, 7), 2, "UDI", date(2021, 3, 8), "", ""],
        ["", ASKOY, "", "Bosatt", "Alle", date(2021, 2, 28), 3, "IMDi", date(2021, 3, 8), 2, "Ikke skjermet mer."],
    ]
    status, page = table(client, file=written(more))
    assert "2 rader som føres" in page
    assert apply(client, page)[0] == 302
    assert [(line.row.municipality, line.row.group, line.row.count, line.row.corrects) for line in ledger_lines(YEAR)][
        3:
    ] == [
        (OSLO, LedgerGroup.MINORS, 2, None),
        (ASKOY, ALL, 3, 2),
    ]
    assert LedgerEntry.objects.get(number=4).said_by == "UDI"


def test_a_row_with_a_number_is_not_changed_by_a_workbook() -> None:
    client = client_of(Party.DIRECTORATE)
    enter(new())
    _, rows = book(client)
    rows[1][6] = 8
    rows.append([77, *rows[1][1:]])
    status, page = table(client, file=written(rows))
    assert status == 422
    assert "Rad 1 sier noe annet i regnskapet." in page
    assert "Rad 77 finnes ikke i regnskapet." in page
    assert kept() == [(1, BERGEN, "settled", 4)]


# Who


@pytest.mark.parametrize(
    ("party", "grade", "area", "code"),
    [
        (Party.COUNTY, Grade.APPROVER, "46", "wrong_party"),
        (Party.KS, Grade.CASE_WORKER, "", "wrong_party"),
        (Party.UDI, Grade.CASE_WORKER, "", "wrong_party"),
        (Party.MINISTRY, Grade.APPROVER, "", "wrong_party"),
        (Party.DIRECTORATE, Grade.READER, "", "low_grade"),
        (Party.DIRECTORATE, Grade.ADMINISTRATOR, "", "low_grade"),
        (Party.MUNICIPALITY, Grade.READER, BERGEN, "low_grade"),
        (Party.MUNICIPALITY, Grade.CASE_WORKER, ASKOY, "wrong_area"),
    ],
)
def test_others_enter_nothing(party: Party, grade: Grade, area: str, code: str) -> None:
    actor = somebody(party, grade, area)
    assert refused(new(), actor=actor) == code
    assert "do/ledger." not in (
        client_of(party, area, grade).get(f"/{YEAR}/settlement").content.decode() if area != ASKOY else ""
    )


def test_a_municipality_enters_its_own_and_corrects_only_its_own() -> None:
    client, bergen = client_of(Party.MUNICIPALITY, BERGEN), worker(Party.MUNICIPALITY, BERGEN)
    enter(new())
    assert by_hand(client, "ledger.tell", on="2021-02-14", count="3")[0] == 302
    assert by_hand(client, "ledger.tell", municipality=ASKOY)[0] == 403
    assert by_hand(client, "ledger.enter")[0] == 403
    status, page = table(client, "Kommune;Dag;Bosatt\nAskøy;07.03.2021;3\nBergen;07.03.2021;3", said_on="2021-03-08")
    assert status == 422
    assert "Kommunen kan bare føre sine egne tall." in page
    with pytest.raises(Invalid) as caught:
        correct(1, bergen)
    assert caught.value.code == "ledger_others"
    with pytest.raises(Invalid) as caught:
        correct(2, on=date(2021, 2, 14))
    assert caught.value.code == "ledger_others"
    with pytest.raises(Objected) as objected:
        correct(2, worker(Party.MUNICIPALITY, ASKOY), on=date(2021, 2, 14))
    assert objected.value.objection.code == "wrong_area"
    correct(2, bergen, on=date(2021, 2, 14))
    assert [line.side.value for line in ledger_lines(YEAR)] == ["directorate", "municipality", "municipality"]


@pytest.mark.parametrize("count", ["4", "5"])
def test_whether_another_s_count_is_right_is_not_told(count: str) -> None:
    """Otherwise one could ask for a neighbour's small count, number by number, until the page says that it stands."""
    enter(new(), actor=worker(Party.MUNICIPALITY, BERGEN))
    text = f"Kommune;Dag;Bosatt\nBergen;28.02.2021;{count}\n"
    status, page = table(client_of(Party.MUNICIPALITY, ASKOY), text, said_on="2021-03-08")
    assert status == 422
    assert "Kommunen kan bare føre sine egne tall." in page
    assert "står allerede" not in page
    # One fault, and nothing else of the cell. What only a program reads, such as a token, may be any signs.
    assert len(re.findall(r"\b[CD]2\b", re.sub(r"<[^>]*>", " ", page))) == 1


def test_what_the_two_say_is_never_added_and_a_disagreement_is_listed() -> None:
    enter(new(), new(step=AGREED))
    enter(new(count=7), actor=worker(Party.MUNICIPALITY, BERGEN))
    enter(new(ASKOY, count=2), actor=worker(Party.MUNICIPALITY, ASKOY))
    page = text_of(client_of(Party.DIRECTORATE), "?county=46")
    assert re.search(r"Bergen \d+ mangler mangler 4 4 mangler", page), "the directorate's counts"
    assert re.search(r"Askøy \d+ mangler mangler mangler 2 \(kommunens eget tall\) mangler", page)
    assert "Her sier IMDi og kommunen ulike ting" in page
    assert "Bergen Bosatt 4 (til og med 28. februar 2021) 7 (til og med 28. februar 2021)" in page
    correct(1, count=7)
    assert "ulike ting" not in text_of(client_of(Party.DIRECTORATE), "?county=46")


def test_small_counts_are_seen_by_authorities_alone_each_its_own() -> None:
    enter(new(count=3), new(OSLO, count=2))
    paths = (f"/{YEAR}/settlement", f"/{YEAR}/settlement.xlsx")
    public_of(YEAR)
    for outside, front, status in ((Client(), led_from(f"/{YEAR}/"), 302), (client_of(Party.UDI), f"/{YEAR}/", 404)):
        assert [outside.get(path).status_code for path in paths] == [status, status]
        home = outside.get(front)
        assert home.status_code == 200
        assert "Bosettingsåret" not in home.content.decode()
    for party, area, codes in (
        (Party.MINISTRY, "", {BERGEN, OSLO}),
        (Party.COMMITTEE, "", {BERGEN, OSLO}),
        (Party.KS, "", {BERGEN, OSLO}),
        (Party.COUNTY, "46", {BERGEN}),
        (Party.COUNTY, "03", {OSLO}),
        (Party.COUNTY, "11", set()),
        (Party.MUNICIPALITY, BERGEN, {BERGEN}),
        (Party.MUNICIPALITY, ASKOY, set()),
    ):
        client = client_of(party, area)
        _, rows = book(client)
        assert {row[1] for row in rows[1:]} == codes, (party, area)
        page = text_of(client)
        assert ("1 Bergen Bosatt" in page) is (BERGEN in codes), (party, area)
        # Nobody is let in by asking for another's.
        assert ("1 Bergen Bosatt" in text_of(client, f"?county=46&municipality={BERGEN}")) is (BERGEN in codes)


def test_a_county_reads_no_row_of_another_not_even_that_there_are_any() -> None:
    enter(new())
    drawn.draw(worker(Party.DIRECTORATE), year=YEAR)
    with unkept("records_ledgerentry"):
        LedgerEntry.objects.exclude(municipality=BERGEN).delete()
    page = text_of(client_of(Party.COUNTY, "11"))
    assert "Ingenting er ført ennå." in page
    assert "oppdiktet" not in page
    assert {line.row.municipality for line in _seen(Party.COUNTY, "46")} == {BERGEN}
    assert _seen(Party.COUNTY, "11") == ()
    assert _seen(Party.MUNICIPALITY, ASKOY) == ()
    assert len(_seen(Party.KS)) == 1


def _seen(party: Party, area: str = "") -> tuple[LedgerLine, ...]:
    at, who = standing(YEAR), worker(party, area).who
    places = [line for line in lines_for(at, who, clock.moment()) if sees_ledger(who, line.county, line.code)]
    return seen_lines_of(at, who, places)


# What is left, and what is asked for


def test_what_is_left_is_told_of_those_who_have_decided() -> None:
    LetterSettings.objects.update_or_create(round_id=YEAR, defaults={"answer_by": DAY})
    Request.objects.filter(round=YEAR).update(sent_at=clock.moment())
    for code, number in ((BERGEN, 40), ("4602", 5), (ASKOY, 12)):
        record(number, code)
    enter(new(count=15), new("4602", count=7), new(ASKOY, count=None))
    page = text_of(client_of(Party.DIRECTORATE), "?county=46")
    assert "Vedtatt 57" in page
    assert re.search(r"Bergen \d+ 40 mangler mangler 15 25", page)
    assert re.search(r"Kinn \d+ 5 mangler mangler 7 0 \(2 flere enn vedtatt\)", page)
    assert re.search(r"Askøy \d+ 12 mangler mangler skjermet høyst 12", page)
    assert "Gjenstår høyst 37 (2 flere enn vedtatt)" in page, "who takes more leaves no other with fewer"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?on=i+går", "Skriv en dato"),
        ("?on=2030-01-01", "Dagen er ikke kommet ennå."),
        ("?county=99&municipality=9999", "Landet"),
    ],
)
def test_what_cannot_be_shown_is_told_and_today_is_shown(query: str, words: str) -> None:
    enter(new())
    page = text_of(client_of(Party.DIRECTORATE), query)
    assert words in page
    assert "1 Bergen Bosatt" in page


def test_a_table_that_contradicts_itself_or_corrects_what_it_may_not_is_refused_row_by_row() -> None:
    enter(new(), new(ASKOY))
    rows = (
        "Kommune;Steg;Dag;Personer;Retter rad;Begrunnelse",
        "Oslo;Bosatt;28.02.2021;3;;",
        "Oslo;Bosatt;28.02.2021;4;;",
        "Bergen;Bosatt;28.02.2021;5;1;Feil.",
        "Bergen;Bosatt;27.02.2021;5;1;Feil igjen.",
        "Bergen;Bosatt;26.02.2021;5;2;Feil.",
        "Bergen;Bosatt;25.02.2021;5;99;Feil.",
        "Askøy;Bosatt;28.02.2021;5;2;",
        f"Ask;Bosatt;28.02.2021;5;;{'x' * 10}",
    )
    status, page = table(client_of(Party.DIRECTORATE), "\n".join(rows), said_by="I" * 201, said_on="2021-03-08")
    assert status == 422
    assert "200" in page
    status, page = table(client_of(Party.DIRECTORATE), "\n".join(rows), said_on="2021-03-08")
    assert status == 422
    text = re.sub(r"\s+", " ", page)
    for place, words in (
        ("D3", "To rader i tabellen gir tall for det samme, på samme dag."),
        ("D5", "To rader i tabellen"),
        ("D6", "Rad 2 gjelder en annen kommune"),
        ("D7", "Rad 99 finnes ikke i regnskapet."),
        ("D8", "Fyll ut feltet."),
        ("A9", "«Ask» er ingen kommune"),
    ):
        assert re.search(rf"{place}\b.*?{re.escape(words)}", text), (place, words)
    assert len(kept()) == 2


def test_an_unfrozen_round_and_a_year_that_has_not_begun_say_so() -> None:
    assert "Bosettingsåret begynner 1. januar 2022" not in text_of(client_of(Party.DIRECTORATE))
    assert refused(new(on=date(2022, 1, 2))) == "ledger_other_year"


@pytest.mark.begins_at(FROZEN)
def test_before_the_year_there_is_nothing_to_enter() -> None:
    client = client_of(Party.DIRECTORATE)
    page = text_of(client)
    assert "Bosettingsåret begynner 1. januar 2021." in page
    assert "Før et tall" not in page
    assert by_hand(client)[0] == 422


def test_nothing_is_entered_in_a_closed_round() -> None:
    enter(new())
    closing.close(approver(Party.DIRECTORATE), year=YEAR, reason="Ferdig.")
    assert refused(new(ASKOY)) == "round_closed"
    assert refused(new(on=date(2021, 2, 1)), actor=worker(Party.MUNICIPALITY, BERGEN)) == "round_closed"
    with pytest.raises(Objected) as caught:
        correct(1)
    assert caught.value.objection.code == "round_closed"
    client = client_of(Party.DIRECTORATE)
    page = text_of(client)
    assert "Før et tall" not in page
    assert "Rett raden" not in page
    assert "1 Bergen Bosatt" in page, "it is still read"
    assert table(client, WIDE)[0] == 409


# The demo


def test_the_demo_s_weeks_say_that_they_are_made_up_and_come_to_what_is_published() -> None:
    client = client_of(Party.DIRECTORATE)
    assert "oppdiktet" not in text_of(client, "?county=46").partition("Før et tall")[0]
    assert send(client, "ledger.draw")[0] == 302
    assert LedgerEntry.objects.exists()
    assert set(LedgerEntry.objects.values_list("made_up", "said_by")) == {(True, drawn.SAID_BY)}
    assert max(LedgerEntry.objects.values_list("on", flat=True)) <= DAY
    assert "Ukestallene her er oppdiktet" in text_of(client)
    assert "oppdiktet" in text_of(client_of(Party.MUNICIPALITY, BERGEN))
    assert send(client, "ledger.draw")[0] == 422, "they are there"
    demo.move_clock(worker(Party.DIRECTORATE), day=date(2022, 1, 3))
    assert send(client, "ledger.draw")[0] == 302
    assert verify().holds
    sums: dict[str, int] = {}
    hidden: set[str] = set()
    for row in LedgerEntry.objects.filter(step="settled"):
        if row.count is None:
            hidden.add(row.municipality)
        else:
            sums[row.municipality] = sums.get(row.municipality, 0) + row.count
    published = series("settled", YEAR).figures
    for place in municipalities(YEAR):
        figure = published[place.code]
        assert sums.get(place.code, 0) == (figure.persons or 0), place.code
        assert (place.code in hidden) is (figure.status == "hidden"), place.code
    assert sum(sums.values()) == 4482
    page = text_of(client)
    assert "minst 4 482" in page, "five municipalities are hidden"


def test_what_is_drawn_is_not_mixed_with_what_is_counted() -> None:
    enter(new())
    enter(new(ASKOY), actor=worker(Party.MUNICIPALITY, ASKOY))
    drawn.draw(worker(Party.DIRECTORATE), year=YEAR)
    made_up = set(LedgerEntry.objects.filter(made_up=True).values_list("municipality", flat=True))
    assert BERGEN not in made_up
    assert {ASKOY, OSLO} <= made_up, "a municipality's own rows are another side's"


def test_there_is_nothing_made_up_without_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "is_demo", lambda: False)
    with pytest.raises(Invalid) as caught:
        drawn.draw(worker(Party.DIRECTORATE), year=YEAR)
    assert caught.value.code == "no_demo"
    assert not kept()


def test_a_county_s_page_leads_to_its_part_of_the_year() -> None:
    for party, area in ((Party.COUNTY, "46"), (Party.DIRECTORATE, ""), (Party.KS, "")):
        page = client_of(party, area).get(f"/{YEAR}/counties/46").content.decode()
        assert f'href="/{YEAR}/settlement?county=46"' in page, party
    assert f"/{YEAR}/settlement?county=46" not in client_of(Party.UDI).get(f"/{YEAR}/counties/46").content.decode()


# Queries


def test_the_page_asks_the_database_as_often_whatever_the_year_holds() -> None:
    client = client_of(Party.DIRECTORATE)

    def queries(path: str) -> int:
        assert client.get(path).status_code == 200  # whatever is remembered is remembered now
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        return len(asked)

    enter(new())
    paths = (f"/{YEAR}/settlement", f"/{YEAR}/settlement?county=46", f"/{YEAR}/settlement.xlsx")
    few = [queries(path) for path in paths]
    drawn.draw(worker(Party.DIRECTORATE), year=YEAR)
    assert LedgerEntry.objects.count() > 500
    assert [queries(path) for path in paths] == few
    assert max(few) <= 12
