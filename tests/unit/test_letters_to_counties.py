"""Letters to and from county municipalities: agendas as people write them, sheets by standing, years of reform."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.basis.languages import LANGUAGES
from bosett.documents.letters import AgendaItem, SheetStanding, Worded, letter_of, letter_text
from bosett.documents.letters.agendas import AgendaNotInOrder, agenda_items
from bosett.documents.letters.names import DECIDERS_OF_TARGETS, OSLO, county_decider, county_receiver
from bosett.documents.letters.published import asked_in
from bosett.geography import counties
from letter_samples import circular, sheet

TEN = time(10)


def agenda_item(title: str, starts: time | None = None, minutes: int | None = None, by: str = "") -> AgendaItem:
    return AgendaItem(Worded.same(title), starts, minutes, Worded.same(by) if by else None)


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("Velkommen", agenda_item("Velkommen")),
        ("10.00 Velkommen", agenda_item("Velkommen", TEN)),
        ("10:15 Kommune for kommune; 90 min; KS", agenda_item("Kommune for kommune", time(10, 15), 90, "KS")),
        ("kl. 10.15 Pause; KS; 15 minutter", agenda_item("Pause", time(10, 15), 15, "KS")),
        ("  Ymse ;; ", agenda_item("Ymse")),
        # A day is no time of day, and a number in a sentence is none either.
        ("19.05.2020 Brevet", agenda_item("19.05.2020 Brevet")),
        ("10.30", agenda_item("10.30")),
        ("2021: prognosar; 20 min", agenda_item("2021: prognosar", None, 20)),
        ("; 20 min", agenda_item("; 20 min")),
    ],
)
def test_an_agenda_is_read_as_people_write_it(line: str, item: AgendaItem) -> None:
    assert agenda_items(f"\n{line}\n\n", TEN) == (item,)


@pytest.mark.parametrize("line", ["9.59 For tidleg", "24.00 Aldri", "10.60 Aldri"])
def test_a_time_that_cannot_be_is_refused_by_its_line(line: str) -> None:
    with pytest.raises(AgendaNotInOrder) as caught:
        agenda_items(line, TEN)
    assert caught.value.line == line
    assert line in str(caught.value)


def test_times_rise_and_may_be_the_same() -> None:
    assert len(agenda_items("10.00 A\nB\n10.00 C\n11.00 D", TEN)) == 4
    with pytest.raises(AgendaNotInOrder):
        agenda_items("10.30 A\nB\n10.29 C", TEN)
    assert agenda_items("08.00 A", None)[0].starts == time(8)


@given(st.text(max_size=200))
def test_whatever_is_written_is_an_agenda_or_refused(written: str) -> None:
    try:
        items = agenda_items(written, TEN)
    except AgendaNotInOrder:
        return
    assert len(items) == len([line for line in written.splitlines() if line.strip()])
    assert all(item.title.nb.strip() for item in items)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_says_how_far_it_has_come(language: str) -> None:
    letters = {standing: letter_of(replace(sheet(), standing=standing), language) for standing in SheetStanding}
    assert len({letter.title for letter in letters.values()}) == len(SheetStanding)
    draft = {"nb": "Utkast", "nn": "Utkast", "en": "Draft"}[language]
    drafts = {standing for standing, letter in letters.items() if letter.title.startswith(draft)}
    assert drafts == {SheetStanding.DRAFT}
    assert {letter.kind for letter in letters.values()} == {"sheet"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_decides_the_targets_is_told_as_it_is_in_the_year(language: str) -> None:
    decided = letter_text(letter_of(circular(), language))
    advised = {
        code: letter_text(letter_of(replace(circular(), targets_by=by), language))
        for code, by in DECIDERS_OF_TARGETS.items()
    }
    advice = {"nb": "råd om et måltall", "nn": "råd om eit måltal", "en": "gives advice"}[language]
    assert advice not in decided
    assert all(advice in text for text in advised.values())
    assert len({decided, *advised.values()}) == 3


def test_those_who_decide_in_a_county_are_named_as_they_are_there() -> None:
    named = {code: county_decider(code, "46") for code in ("administration", "executive", "council", "")}
    assert [each and each.nn for each in named.values()] == ["administrasjonen", "fylkesutvalet", "fylkestinget", None]
    oslo = {code: county_decider(code, OSLO) for code in named}
    assert [each and each.nb for each in oslo.values()] == ["administrasjonen", "byrådet", "bystyret", None]


def test_before_a_reform_letter_and_attachment_name_the_counties_of_the_day() -> None:
    asked = asked_in(2019)
    assert asked is not None
    receivers = tuple(county_receiver(each.code, 2019) for each in counties(2019))
    named = {each.name for each in asked.counties}
    assert named == {name for each in receivers for name in each.names}
    assert {"Hordaland", "Troms", "Østfold"} <= named
    assert not {"Vestland", "Viken"} & named
    head = replace(circular().head, receivers=receivers, day=date(2019, 5, 20))
    attachment = letter_of(replace(circular(), head=head, year=2020, asked=asked), "nn").attachments[0]
    assert "2019" in attachment.title
    assert "Hordaland" in str(attachment.blocks)
