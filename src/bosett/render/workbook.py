"""A computed round as a workbook: an overview, a sheet per county, criteria, sources and who is left out."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from bosett.documents.days import day_in
from bosett.documents.words import figure_line, standing_note, word, word_or
from bosett.parameters import whose
from bosett.render.book import WIDEST_WRAPPED, Book, Cell, Sheet, new_book, safe_name
from bosett.render.reading import (
    change,
    check_name,
    lines,
    previous_cell,
    previous_source,
    previous_sum,
    short_why,
    source_line,
    title_of,
    why_left_out,
    wording,
    year_before,
)
from bosett.rounds.kinds import CountyLine, Run

_COUNTY_WIDTHS = (7, 24, 12, 13, 14, 11, 11, 104)
_COUNTY_LOOKS = ("text", "text", "whole", "whole", "exact", "whole", "change", "wrapped")


def write_round_workbook(run: Run, path: Path, *, language: str = "nb") -> None:
    """Write a run as a workbook, the same bytes for the same run.

    Args:
        run: What was computed.
        path: Where the workbook goes; an older file there is replaced when the new one is complete.
        language: nb, nn or en.

    Raises:
        NotWritable: The folder is missing or closed to us, or `path` is a folder.
        UnknownLanguage: There are no words in it.
    """
    with new_book(path, f"{word('round', language, year=run.year)}: {title_of(run, language)}") as book:
        book.note("inputs_sha256", run.inputs_sha256)
        writer = _Writer(book, run, language)
        writer.overview()
        for county in run.counties:
            writer.county(county)
        writer.criteria()
        writer.sources()
        writer.left_out()


class _Writer:
    """Writes the sheets of one run into one book."""

    def __init__(self, book: Book, run: Run, language: str) -> None:
        self.book, self.run, self.language = book, run, language
        self.columns = tuple(
            self.say(code, before=year_before(run))
            for code in ("code", "municipality", "population", "previous", "exact", "number", "change", "why")
        )

    def say(self, code: str, **facts: str | int) -> str:
        return word(code, self.language, **facts)

    def overview(self) -> None:
        """Write what the run is, the counties with their sums, and the checks."""
        run, book = self.run, self.book
        sheet = self._sheet(self.say("overview"), (58, 18, 16, 18, 18, 18))
        book.put(sheet, 0, 0, f"{self.say('round', year=run.year)}: {self.say('proposal').lower()}", "title")
        standing = whose(run.criteria_id, official=run.official)
        note = standing_note(run.criteria_id, self.language, official=run.official)
        book.put(sheet, 1, 0, f"{self.say(standing)}. {note}", "label")
        facts: list[tuple[str, Cell]] = [
            (self.say("settlement_year"), str(run.year)),
            (self.say("total"), run.total),
            (self.say("asked"), sum(1 for _, line in lines(run) if line.number)),
            (self.say("mode"), word_or(f"mode_{run.mode.value}", self.language, run.mode.value)),
            (self.say("criteria_set"), title_of(run, self.language)),
            (self.say("unassigned"), run.unassigned),
            (self.say("day"), day_in(run.day, self.language)),
            (self.say("version"), run.version),
        ]
        for row, (name, value) in enumerate(facts, start=3):
            book.put(sheet, row, 0, name)
            book.put(sheet, row, 1, value, "percent" if isinstance(value, Fraction) else None)
        sheet.set_column(1, 1, 18)
        after = self._counties(sheet, 4 + len(facts))
        book.put(sheet, after, 0, self.say("checks"), "label")
        for row, (name, holds) in enumerate(run.checks, start=after + 1):
            book.put(sheet, row, 0, check_name(name, self.language))
            book.put(sheet, row, 1, self.say("holds" if holds else "fails"))
        self._notes(
            sheet, after + 2 + len(run.checks), ("exact_note", "sum_known"), previous_source(run, self.language)
        )

    def _counties(self, sheet: Sheet, top: int) -> int:
        """Write the table of counties from row `top`; return the first row that is free after it."""
        book, run = self.book, self.run
        codes = ("county", "target", "numbers_sum", "previous", "exact", "asked")
        titles = [self.say(code, before=year_before(run)) for code in codes]
        for column, title in enumerate(titles):
            book.put(sheet, top, column, title, "head")
        book.fit(sheet, top, *((title, 14) for title in titles))
        for row, county in enumerate(run.counties, start=top + 1):
            numbers = sum(line.number for line in county.municipalities)
            book.put(sheet, row, 0, county.name)
            book.put(sheet, row, 1, county.target)
            if county.municipalities:
                # The sum is the county sheet's own, so that a change there shows here.
                there = quote_sheetname(self._county_sheets()[county.code])
                cell = xl_rowcol_to_cell(1 + len(county.municipalities), 5)
                sheet.write_formula(row, 2, f"={there}!{cell}", book.format("whole"), numbers)
            else:
                book.put(sheet, row, 2, 0)
            book.put(sheet, row, 3, previous_sum(county.municipalities))
            book.put(sheet, row, 4, county.exact)
            book.put(sheet, row, 5, sum(1 for line in county.municipalities if line.number))
        last = top + 1 + len(run.counties)
        book.put(sheet, last, 0, self.say("sum"), "sum_text")
        sums: list[int | Fraction | None] = [
            sum(county.target for county in run.counties),
            sum(line.number for _, line in lines(run)),
            previous_sum(line for _, line in lines(run)),
            sum((county.exact for county in run.counties), start=Fraction(0)),
            sum(1 for _, line in lines(run) if line.number),
        ]
        for column, value in enumerate(sums, start=1):
            self._sum(sheet, (top + 1, last), column, value)
        return last + 2

    def county(self, county: CountyLine) -> None:
        """Write one county: its municipalities, their numbers and why."""
        run, book = self.run, self.book
        sheet = self._sheet(self._county_sheets()[county.code], _COUNTY_WIDTHS)
        book.head(sheet, 0, self.columns)
        count = len(county.municipalities)
        for row, line in enumerate(county.municipalities, start=1):
            why = short_why(run, county, line, self.language)
            cells: tuple[Cell, ...] = (
                line.code,
                line.name,
                line.population,
                previous_cell(line.previous, self.language),
                line.exact,
                line.number,
                change(line),
                why,
            )
            for column, (cell, look) in enumerate(zip(cells, _COUNTY_LOOKS, strict=True)):
                book.put(sheet, row, column, cell, look)
                if cell is None:
                    sheet.write_comment(row, column, self.say("missing"), {"author": "Bosett"})
            book.fit(sheet, row, (why, _COUNTY_WIDTHS[-1]))
        sheet.autofilter(0, 0, max(count, 1), len(self.columns) - 1)
        last = count + 1
        book.put(sheet, last, 0, self.say("sum"), "sum_text")
        book.put(sheet, last, 1, None, "sum_text")
        sums: tuple[int | Fraction | None, ...] = (
            _sum_of(line.population for line in county.municipalities),
            previous_sum(county.municipalities),
            county.exact,
            sum(line.number for line in county.municipalities),
            _sum_of(change(line) for line in county.municipalities),
        )
        if count:
            for column, value in enumerate(sums, start=2):
                self._sum(sheet, (1, last), column, value, "sum_change" if column == 6 else "")
        book.put(sheet, last, 7, None, "sum_text")
        book.put(sheet, last + 2, 0, f"{self.say('target')} {county.name}: {county.target}", "label")
        self._notes(sheet, last + 3, ("exact_note", "missing_note", "sum_known"), previous_source(run, self.language))

    def criteria(self) -> None:
        """Write each criterion as it was used."""
        sheet = self._sheet(self.say("criteria"), (18, 22, 10, WIDEST_WRAPPED, 22, 14, 46))
        titles = ("criterion", "kind", "weight", "wording", "wording_status", "computable", "source")
        self.book.head(sheet, 0, [self.say(code) for code in titles])
        looks = ("text", "text", "percent", "wrapped", "text", "text", "wrapped")
        for row, criterion in enumerate(self.run.criteria, start=1):
            cells: tuple[Cell, ...] = (
                criterion.code,
                word_or(f"kind_{criterion.kind}", self.language, criterion.kind),
                criterion.weight,
                wording(criterion.wording, self.language),
                word_or(f"status_{criterion.wording_status}", self.language, criterion.wording_status),
                self.say("yes" if criterion.computable else "no"),
                criterion.source,
            )
            for column, (cell, look) in enumerate(zip(cells, looks, strict=True)):
                self.book.put(sheet, row, column, cell, look)
            self.book.fit(
                sheet, row, (wording(criterion.wording, self.language), WIDEST_WRAPPED), (criterion.source, 46)
            )
        after = len(self.run.criteria) + 2
        standing = whose(self.run.criteria_id, official=self.run.official)
        note = standing_note(self.run.criteria_id, self.language, official=self.run.official)
        self.book.put(sheet, after, 0, f"{self.say(standing)}. {note}", "label")
        self._notes(sheet, after + 1, ())

    def sources(self) -> None:
        """Write where the figures of each criterion come from."""
        sheet = self._sheet(self.say("sources"), (18, WIDEST_WRAPPED, 46))
        self.book.head(sheet, 0, [self.say(code) for code in ("criterion", "figures", "source")])
        row = 1
        for criterion in self.run.criteria:
            texts = [figure_line(figure, self.language) for figure in criterion.figures]
            for line in texts or [""]:
                for column, cell in enumerate((criterion.code, line or None, criterion.source)):
                    self.book.put(sheet, row, column, cell, "wrapped" if column else "text")
                self.book.fit(sheet, row, (line, WIDEST_WRAPPED), (criterion.source, 46))
                row += 1
        sheet.autofilter(0, 0, max(1, row - 1), 2)
        self._notes(sheet, row + 1, ())

    def left_out(self) -> None:
        """Write who takes no part in the sharing, and why."""
        sheet = self._sheet(self.say("left_out"), (8, 28, 26, WIDEST_WRAPPED))
        self.book.head(sheet, 0, [self.say(code) for code in ("code", "municipality", "county", "reason")])
        names = {county.code: county.name for county in self.run.counties}
        for row, left in enumerate(self.run.left_out, start=1):
            why = why_left_out(self.run, left, self.language)
            for column, cell in enumerate((left.code, left.name, names.get(left.county, left.county), why)):
                self.book.put(sheet, row, column, cell, "wrapped" if column == 3 else "text")
        count = len(self.run.left_out)
        sheet.autofilter(0, 0, max(1, count), 3)
        self._notes(sheet, count + 2, ("left_out_lead",) if count else ("nobody_left_out",))

    def _county_sheets(self) -> dict[str, str]:
        taken = {self.say(code).casefold() for code in ("overview", "criteria", "sources", "left_out")}
        names = {}
        for county in self.run.counties:
            names[county.code] = safe_name(county.name, taken)
            taken.add(names[county.code].casefold())
        return names

    def _sheet(self, name: str, widths: Sequence[int]) -> Sheet:
        sheet = self.book.sheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        # & begins a code in a footer, so one in the text is doubled.
        line = source_line(self.run, self.language).replace("&", "&&")
        sheet.set_footer(f"&L&8{line}&R&8{self.say('page')} &P {self.say('of')} &N")
        return sheet

    def _sum(
        self, sheet: Sheet, rows: tuple[int, int], column: int, value: int | Fraction | None, look: str = ""
    ) -> None:
        """Write a sum as a formula below `rows` (the first, and the one after the last), with its value stored.

        Where there is no figure to sum there is no sum: an empty cell, and not 0.
        """
        if value is None:
            self.book.put(sheet, rows[1], column, None, "sum_text")
            return
        first, last = rows
        span = f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last - 1, column)}"
        exact = isinstance(value, Fraction)
        shape = self.book.format(look or ("sum_exact" if exact else "sum_whole"))
        sheet.write_formula(last, column, f"=SUM({span})", shape, float(value) if exact else value)

    def _notes(self, sheet: Sheet, row: int, codes: Sequence[str], *more: str) -> None:
        notes = [*(self.say(code) for code in codes), *more, source_line(self.run, self.language)]
        for place, note in enumerate(notes, row):
            self.book.put(sheet, place, 0, note, "quiet")


def _sum_of(figures: Iterable[int | None]) -> int | None:
    """Return the sum of the figures that there are, or None when there is none."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None
