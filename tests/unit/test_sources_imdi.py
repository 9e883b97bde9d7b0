"""IMDi's statistics and yearly tables: read from files in IMDi's form, against the shipped figures."""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from bosett.basis.structures import Structure
from bosett.figures import Figure, Status, series
from bosett.figures.versions import FigureVersion
from bosett.geography import municipalities, register
from bosett.sources.answers import UnreadableAnswer
from bosett.sources.fetching import Fetched, from_bytes
from bosett.sources.imdi import BACKGROUND, PROGRAMME_RESULTS, ImdiStatistics, read_statistics
from bosett.sources.imdi_tables import read_year_table
from published import SettlementRow, imdi_file, made_up_settlement, shipped_settlement

DAY = date(2026, 11, 2)
Y2020, Y2024 = Structure.Y2020, Structure.Y2024
MISSING, HIDDEN, NOT_ASKED = (Figure(None, each) for each in (Status.MISSING, Status.HIDDEN, Status.NOT_ASKED))


def ok(number: int | Fraction) -> Figure:
    return Figure(number, Status.OK)


def file(content: bytes, name: str = "bosetting.csv") -> Fetched:
    return from_bytes(name, content, DAY)


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(UnreadableAnswer) as fault:
        read()
    return str(fault.value)


def unlike_shipped(versions: Iterable[FigureVersion]) -> dict[tuple[str, str], list[str]]:
    """Return the codes whose figure is not the shipped one, by indicator and year."""
    return {
        (each.indicator, time): codes
        for each in versions
        for time, figures in each.figures.items()
        if (
            codes := [
                code
                for code, figure in series(each.indicator, int(time), structure=each.structure).figures.items()
                if figures.get(code) != figure
            ]
        )
    }


# The statistics base


@pytest.mark.parametrize("utf8", [False, True])
@pytest.mark.parametrize("renamed", [False, True])
def test_what_is_read_is_what_was_shipped(renamed: bool, utf8: bool) -> None:
    years = range(2012, 2024)
    versions = read_statistics(file(imdi_file(shipped_settlement(years), renamed=renamed, utf8=utf8)))
    assert {(each.indicator, each.structure, *each.figures) for each in versions} == {
        ("requested_first", Y2020, "2020", "2022"),
        *((name, Structure.Y2019, *map(str, range(2012, 2020))) for name in ("requested", "decided", "settled")),
        *((name, Y2020, *map(str, range(2020, 2024))) for name in ("requested", "decided", "settled")),
    }
    assert unlike_shipped(versions) == {}


def test_the_comparison_can_fail() -> None:
    rows = [*shipped_settlement([2022])]
    rows[0] = (*rows[0][:3], "99999")
    assert unlike_shipped(read_statistics(file(imdi_file(rows))))


def test_a_version_says_where_it_is_from() -> None:
    fetched = file(imdi_file(shipped_settlement([2022])))
    for each in read_statistics(fetched):
        assert (each.publisher, each.source, each.raw_sha256) == ("IMDi", "bosetting.csv", fetched.sha256)
        assert (each.published_on, each.known_on, each.fetched_on) == (None, DAY, DAY)


def test_hidden_in_2020_means_not_asked_only_where_the_requests_add_up() -> None:
    rows = [*shipped_settlement([2020])]
    figures_of = {each.indicator: each.figures["2020"] for each in read_statistics(file(imdi_file(rows)))}
    statuses = [figure.status for figure in figures_of["requested"].values()]
    assert (statuses.count(Status.OK), statuses.count(Status.NOT_ASKED)) == (211, 145)
    place = next(place for place, row in enumerate(rows) if row[2] == "Opprinnelig anmodning" and row[3].isdigit())
    rows[place] = (*rows[place][:3], str(int(rows[place][3]) + 1))
    place = next(place for place, row in enumerate(rows) if row[2] == "Anmodning" and row[3].isdigit())
    rows[place] = (*rows[place][:3], str(int(rows[place][3]) + 1))
    assert "do not add up to the national one" in refusal(lambda: read_statistics(file(imdi_file(rows))))


def made_up(year: int, numbers: dict[str, str], measure: str = "Anmodning") -> list[SettlementRow]:
    """Made-up figures of a year on the municipalities of 2024: 10 for each but those that are given."""
    return [(year, each.code, measure, numbers.get(each.code, "10")) for each in municipalities(2024)]


def test_a_new_year_stands_as_written_until_a_national_request_is_told() -> None:
    rows = [*made_up(2027, {"0301": "0", "1103": ":"}), *made_up(2027, {"0301": "0", "1103": "0"}, "Vedtak")]
    requested, decided = (each for each in reversed(read_statistics(file(imdi_file(rows)))))
    assert requested.figures["2027"]["0301"] == ok(0)
    rows = [*made_up(2027, {"0301": "0"}), *made_up(2027, {"0301": "0", "1103": "0"}, "Vedtak")]
    decided, requested = read_statistics(file(imdi_file(rows)), national={2027: 3_560})
    assert (requested.structure, requested.indicator) == (Y2024, "requested")
    assert requested.figures["2027"]["0301"] == NOT_ASKED
    assert decided.figures["2027"]["0301"] == NOT_ASKED
    assert decided.figures["2027"]["1103"] == ok(0)  # asked, and said no


def test_a_made_up_year_for_other_tests_is_whole() -> None:
    version_of = {each.indicator: each for each in read_statistics(file(imdi_file(made_up_settlement(2026))))}
    assert list(version_of) == ["decided", "requested", "requested_first", "settled"]
    assert {(each.structure, *each.figures, len(each.figures["2026"])) for each in version_of.values()} == {
        (Y2024, "2026", 357)
    }
    decided = [figure.status for figure in version_of["decided"].figures["2026"].values()]
    assert (decided.count(Status.MISSING), decided.count(Status.OK)) == (7, 350)


def test_marks_are_hidden_and_missing_and_a_0_is_a_number() -> None:
    rows = made_up(2025, {"0301": ":", "1103": ".", "1108": "0", "1106": ""}, "Faktisk bosetting")
    (settled,) = read_statistics(file(imdi_file(rows)))
    figures = settled.figures["2025"]
    assert (figures["0301"], figures["1103"], figures["1108"], figures["1106"]) == (HIDDEN, MISSING, ok(0), MISSING)


def test_minors_are_their_own_indicator() -> None:
    lines = ["Enhet;År;Kommunenummer;Kommune;Gruppe;Bosetting;Antall"]
    for each in municipalities(2024):
        lines.append(f"Personer;2025;{each.code};{each.name};Enslige mindreårige;Faktisk bosetting;3")
        lines.append(f"Personer;2025;{each.code};{each.name};Kollektiv beskyttelse;Faktisk bosetting;4")
        lines.append(f"Personer;2025;{each.code};{each.name};Alle;Faktisk bosetting;9")
        lines.append(f"Personer;2025;{each.code};{each.name};EM;Anmodning;0")
    figures_of = {each.indicator: each.figures["2025"] for each in read_statistics(file(text(lines)))}
    assert {name: set(figures.values()) for name, figures in figures_of.items()} == {
        "settled": {ok(9)},
        "settled_minors": {ok(3)},
        "requested_minors": {ok(0)},  # asked for none is a number, as others were asked for
    }


def text(lines: list[str], encoding: str = "iso-8859-1") -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode(encoding)


def results(percentages: dict[str, str], unit: str = "Prosent") -> list[str]:
    return ["Enhet;År;Kommunenummer;Kommune;Introduksjonsprogram;Antall"] + [
        f"{unit};2016;{code};{place.name};I arbeid eller utdanning;{percentages.get(code, '55,5')}"
        for code, place in register().municipalities[Structure.Y2019].items()
    ]


def test_results_of_the_programme_are_exact_percentages_of_each_municipality() -> None:
    (version,) = read_statistics(
        file(text(results({"0301": ":", "0104": "55.55555556", "0101": "."}))), PROGRAMME_RESULTS
    )
    assert (version.indicator, version.structure) == ("programme_result_municipality_pct", Structure.Y2019)
    figures = version.figures["2016"]
    assert figures["0301"] == HIDDEN
    assert figures["0101"] == MISSING
    assert figures["0104"] == ok(Fraction("55.55555556"))
    assert figures["0105"] == ok(Fraction(111, 2))


@pytest.mark.parametrize("written", ["100,1", "-1", "55,5,5", "50 60", "ja"])
def test_what_is_no_percentage_is_told_by_its_cell(written: str) -> None:
    sentence = refusal(lambda: read_statistics(file(text(results({"0101": written}))), PROGRAMME_RESULTS))
    assert f"F2 {written!r} is no percentage" in sentence


def test_rows_in_another_unit_are_left_aside() -> None:
    sentence = refusal(lambda: read_statistics(file(text(results({}, "Personer"))), PROGRAMME_RESULTS))
    assert "none of I arbeid eller utdanning" in sentence


def test_refugee_background_is_read_from_imdi() -> None:
    lines = ["Enhet;År;Kommunenummer;Kommune;Innvandringsgrunn;Antall"]
    for each in municipalities(2024):
        lines += [f"Personer;2026;{each.code};x;Alle;30", f"Personer;2026;{each.code};x;Flukt;:"]
    figure_of = {
        each.indicator: each.figures["2026"]["0301"] for each in read_statistics(file(text(lines)), BACKGROUND)
    }
    assert figure_of == {"immigrants": ok(30), "refugee_background": HIDDEN}


def rows_of(year: int = 2022) -> list[SettlementRow]:
    return [*shipped_settlement([year])]


def _other_heading() -> bytes:
    return imdi_file(rows_of()).replace(b"Bosetting;", b"Grunnlag;")


def _mixed() -> bytes:
    return imdi_file([*rows_of(), (2022, "0302", "Vedtak", "3")])


def _without(code: str) -> bytes:
    return imdi_file(row for row in rows_of() if row[1] != code)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (_other_heading(), "no row of headings with kommunenr, År, Bosetting"),
        (_without("1103"), "1 of the 356 municipalities of 2020 are missing in the year 2022: 1103 Stavanger"),
        (imdi_file(rows_of()[:-1]), "missing in"),
        (_mixed(), "2022 has codes that are none of 2020: 0302"),
        (imdi_file([*rows_of(), (2022, "0301", "Vedtak", "3")]), "decided of 0301 in 2022 stands twice"),
        (imdi_file([*rows_of(), (2022, "0301", "Vedtak", "mange")]), "'mange' is no number of persons"),
        (imdi_file([*rows_of(), (2022, "0301", "Vedtak", "-")]), "'-' does not say whether"),
        (imdi_file([(99, "0301", "Vedtak", "3")]), "'99' is no year"),
        (imdi_file([(2022, "K-0301", "Vedtak", "3")]), "'K-0301' is no municipality code"),
        (imdi_file(rows_of()).replace(b";Antall", b";Antall;Antall"), "the heading 'Antall' stands twice"),
        (imdi_file(rows_of())[:-4], "the last line has no end"),
        (imdi_file(rows_of()).decode("iso-8859-1").encode()[:-2] + b"\xe5\r\n", "no row of headings"),
        (b"<html><table></table></html>", "a page (HTML)"),
        (b"PK\x03\x04" + bytes(40), "workbook cannot be read"),
        (b"\x00\x01\x02\x03\r\n", "neither a workbook"),
        (b"Enhet;\r\n" * 200_001, "more rows"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(content: bytes, sentence: str) -> None:
    assert sentence in refusal(lambda: read_statistics(file(content)))


def test_letters_that_were_lost_are_told() -> None:
    lines = ["Enhet;År;Kommunenummer;Kommune;Bosetting;Antall", "Personer;2022;1103;Tromsï¿½;Vedtak;3"]
    assert "letters look spoiled" in refusal(lambda: read_statistics(file(text(lines))))


# The yearly tables


def pasted(*lines: str) -> Fetched:
    return from_bytes("pasted.txt", "\n".join(lines).encode(), DAY)


HEAD = "Kommune\tAnmodning for 2027 (herav enslige mindreårige)\tVedtak for 2027 (herav enslige mindreårige)"


def year_table(*lines: str) -> dict[str, dict[str, Figure]]:
    versions = read_year_table(pasted(HEAD, *lines), 2027)
    return {each.indicator: dict(each.figures["2027"]) for each in versions}


def test_a_pasted_table_is_read_by_names() -> None:
    figures_of = year_table(
        "Oslo kommune\t1 000 (190)\tAvventer vedtak",
        "Kárášjohka - Karasjok\t12\t0",
        "Porsanger\t20 (3)\t20",
        "Totalt\t1 032\t20",
    )
    assert set(figures_of) == {"requested", "decided", "requested_minors"}
    assert {code: figure for code, figure in figures_of["requested_minors"].items() if figure != MISSING} == {
        "0301": ok(190),
        "5622": ok(3),
    }
    assert (figures_of["requested"]["0301"], figures_of["decided"]["0301"]) == (ok(1_000), MISSING)
    assert (figures_of["requested"]["5610"], figures_of["decided"]["5610"]) == (ok(12), ok(0))
    assert (figures_of["requested"]["5622"], figures_of["decided"]["5622"]) == (ok(20), ok(20))
    assert figures_of["requested"]["1103"] == MISSING  # not in the table
    assert len(figures_of["requested"]) == 357


@pytest.mark.parametrize("name", ["Karasjok", "Kárášjohka", "KARASJOK", "karasjohka", "Karasjok kommune"])
def test_parallel_names_are_the_same_municipality(name: str) -> None:
    assert year_table(f"{name}\t12\t")["requested"]["5610"] == ok(12)


def test_two_of_a_name_are_told_apart_by_county() -> None:
    brackets = year_table("Herøy (Nordland)\t10\t10", "Herøy (Møre og Romsdal)\t20\t")
    headings = year_table("Møre og Romsdal", HEAD, "Herøy\t20\t", "Nordland", HEAD, "Herøy\t10\t10")
    for figures_of in (brackets, headings):
        assert (figures_of["requested"]["1818"], figures_of["requested"]["1515"]) == (ok(10), ok(20))
        assert (figures_of["decided"]["1818"], figures_of["decided"]["1515"]) == (ok(10), MISSING)
    column = read_year_table(pasted("Fylke\tKommune\tAnmodning", "Nordland\tHerøy\t10"), 2027)
    assert column[0].figures["2027"]["1818"] == ok(10)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["Herøy\t10\t10"], "A2 'Herøy' is Herøy (Møre og Romsdal) and Herøy (Nordland); write the county"),
        (["Atlantis\t10\t10"], "A2 'Atlantis' is no municipality's name in 2027"),
        (["Oslo\t10\t10", "Oslo kommune\t10\t10"], "A3 Oslo stands twice, first in A2"),
        (["Oslo\t10\t-"], "C2 '-' does not say whether it is zero or unknown"),
        (["Oslo\t10 35\t10"], "B2 '10 35' may be two numbers"),
        (["\t10\t10"], "A2 has figures, and no municipality"),
        (["Totalt\t10\t10"], "no municipality stands in the table"),
    ],
)
def test_a_row_that_nobody_can_tell_is_refused(lines: list[str], sentence: str) -> None:
    assert sentence in refusal(lambda: read_year_table(pasted(HEAD, *lines), 2027))


def test_a_table_of_another_year_is_refused() -> None:
    assert "no row of headings" in refusal(lambda: read_year_table(pasted(HEAD, "Oslo\t10\t10"), 2026))


def test_a_table_by_codes_is_read_too() -> None:
    content = "Kommunenr;Kommune;Anmodet 2027;Vedtatt 2027\r\n301;Oslo;1000;ikke behandlet\r\n".encode("cp1252")
    requested, decided = read_year_table(from_bytes("2027.csv", content, DAY), 2027)
    assert (requested.figures["2027"]["0301"], decided.figures["2027"]["0301"]) == (ok(1_000), MISSING)
    assert (requested.publisher, requested.dataset) == ("IMDi", "IMDi: anmodning og vedtak 2027")


def test_minors_may_have_columns_of_their_own() -> None:
    lines = ["Kommune;Anmodning 2027;Anmodning EM 2027;Vedtak 2027;Vedtak EM 2027", "Oslo;100;5;90 (3);4"]
    figure_of = {each.indicator: each.figures["2027"]["0301"] for each in read_year_table(file(text(lines)), 2027)}
    assert figure_of == {
        "requested": ok(100),
        "requested_minors": ok(5),
        "decided": ok(90),
        "decided_minors": ok(4),
    }


def test_statistics_are_data_that_others_can_make() -> None:
    own = ImdiStatistics("Prøve", ("Mål",), {"Ledige": "unemployed"}, {}, "person", ("Personer",))
    lines = ["År;Kommunenummer;Mål;Antall", *(f"2026;{each.code};Ledige;5" for each in municipalities(2024))]
    assert read_statistics(file(text(lines)), own)[0].indicator == "unemployed"


def workbook(formula: bool) -> Fetched:
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Kommune", "Anmodning 2027"])
        sheet.write_row(1, 0, ["Oslo", 1_000])
        if formula:
            sheet.write_formula(1, 1, "=1/0", value="#DIV/0!")
    return from_bytes("2027.xlsx", made.getvalue(), DAY)


def test_a_workbook_is_read_and_an_error_in_it_is_told() -> None:
    (requested,) = read_year_table(workbook(formula=False), 2027)
    assert requested.figures["2027"]["0301"] == ok(1_000)
    sentence = refusal(lambda: read_year_table(workbook(formula=True), 2027))
    assert "Sheet1 B2 shows an error" in sentence


def test_an_error_in_a_workbook_of_statistics_is_told() -> None:
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["År", "Kommunenummer", "Bosetting", "Antall"])
        sheet.write_row(1, 0, [2027, "0301", "Vedtak"])
        sheet.write_formula(1, 3, "=1/0", value="#DIV/0!")
    assert "Sheet1 D2 shows an error" in refusal(lambda: read_statistics(file(made.getvalue(), "a.xlsx")))
