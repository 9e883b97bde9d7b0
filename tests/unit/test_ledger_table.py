"""A table of counts from outside: two shapes, every fault at its cell, and nothing guessed."""

from datetime import date

import pytest

from bosett.sources.ledger_table import LedgerFile, LedgerReading, TableCount, read_ledger_table
from bosett.sources.limits import UnreadableFile
from bosett.stages.settlement.ledger import LedgerGroup, SettlementStep

SAID = date(2021, 3, 8)
READING = LedgerReading(
    year=2021,
    headings={"on": ("Dag",), "count": ("Personer",), "settled": ("Bosatt",), "agreed": ("Avtalt",), "step": ("Steg",)},
    steps={"Bosatt": SettlementStep.SETTLED, "avtalt": SettlementStep.AGREED},
    groups={"Alle": LedgerGroup.ALL, "Mindreårige": LedgerGroup.MINORS},
    on=None,
    said_by="IMDi",
    said_on=SAID,
)


def read(*lines: str) -> LedgerFile:
    return read_ledger_table("", "\n".join(lines).encode(), READING)


def told_by(count: TableCount) -> tuple[str, str, str, date, int | None]:
    return count.municipality, count.step.value, count.group.value, count.on, count.count


def faults(*lines: str) -> list[tuple[str, str]]:
    return [(remark.place.cell if remark.place else "", remark.code) for remark in read(*lines).faults]


def test_a_column_for_each_step_says_nothing_where_it_is_empty() -> None:
    file = read("Kommune;Dag;Avtalt;Bosatt", "Bergen;07.03.2021;;5", "0301 Oslo;7.3.2021;:;0", "4627;2021-03-07;3;")
    day = date(2021, 3, 7)
    assert [told_by(each) for each in file.counts] == [
        ("4601", "settled", "all", day, 5),
        ("0301", "agreed", "all", day, None),
        ("0301", "settled", "all", day, 0),
        ("4627", "agreed", "all", day, 3),
    ]
    assert {(each.said_by, each.said_on, each.number, each.corrects) for each in file.counts} == {
        ("IMDi", SAID, None, None)
    }
    assert [each.place.cell for each in file.counts] == ["D2", "C3", "D3", "C4"]
    assert (file.faults, file.notes) == ((), ())


def test_a_row_for_each_count_says_its_step_whom_and_what_it_corrects() -> None:
    file = read(
        "number;code;Steg;group;Dag;Personer;said_by;said_on;corrects;reason",
        "7;4601;bosatt;;07.03.2021;5;;;;",
        ";301;Avtalt;mindreårige;07.03.2021;:;UDI;09.03.2021;7;Feil dag",
    )
    assert [told_by(each)[:3] for each in file.counts] == [("4601", "settled", "all"), ("0301", "agreed", "minors")]
    first, second = file.counts
    assert (first.number, first.said_by, first.said_on, first.corrects) == (7, "IMDi", SAID, None)
    assert (second.count, second.said_by, second.said_on) == (None, "UDI", date(2021, 3, 9))
    assert (second.number, second.corrects, second.reason) == (None, 7, "Feil dag")


def test_every_cell_that_cannot_be_read_is_told_and_so_is_what_is_missing() -> None:
    head = "Kommune;Steg;group;Dag;Personer"
    assert faults(
        head,
        "Byen;Bosatt;;07.03.2021;fem",
        "Bergen;Flyttet;Noen;i går;5",
        "Bergen;;;07.03.2021;5",
        "Bergen;Bosatt;;;5",
        "Bergen;Bosatt;;07.03.2021;",
        "Bergen;Bosatt;;07.03.2021;–",
        ";Bosatt;;07.03.2021;5",
    ) == [
        ("A2", "place_unknown"),
        ("E2", "cell_not_a_number"),
        ("B3", "cell_not_a_step"),
        ("C3", "cell_not_a_group"),
        ("D3", "cell_not_a_day"),
        ("B4", "cell_step_missing"),
        ("E5", "cell_day_missing"),
        ("E6", "cell_count_missing"),
        ("E7", "cell_number_sign"),
        ("A8", "key_missing"),
    ]


def test_sums_and_empty_rows_are_left_aside() -> None:
    file = read("Kommune;Dag;Bosatt", "Bergen;07.03.2021;5", ";;", "Vestland;07.03.2021;5", "Sum;;5")
    assert [each.municipality for each in file.counts] == ["4601"]
    assert file.faults == ()
    assert [remark.code for remark in file.notes] == ["row_aside", "row_aside"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kommune;Dag\nBergen;07.03.2021", "no_heading"),
        ("Dag;Bosatt\n07.03.2021;5", "no_heading"),
        ("Bergen 5", "no_heading"),
        ("x" * (2 * 1024 * 1024 + 1), "large"),
    ],
)
def test_what_is_no_such_table_is_refused(text: str, code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(text)
    assert refused.value.code == code


def test_a_column_that_stands_twice_is_a_fault() -> None:
    assert faults("Kommune;Dag;Bosatt;settled", "Bergen;07.03.2021;5;6") == [("D1", "column_twice")]
