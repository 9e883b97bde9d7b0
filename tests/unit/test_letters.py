"""Letters as typed documents: every fact is told, no number is told that is no fact, and what lacks is listed."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from fractions import Fraction
from string import Formatter
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.basis.languages import LANGUAGES
from bosett.documents.explanation import sections
from bosett.documents.letters import (
    Advice,
    AgendaItem,
    Content,
    Forecast,
    Letter,
    MinorsAsked,
    Missing,
    Month,
    Paragraph,
    PartOfYear,
    Receiver,
    ReceiverKind,
    Request,
    SeasonOfYear,
    Stop,
    Table,
    Worded,
    letter_of,
    letter_text,
    why_not_asked,
)
from bosett.documents.letters.names import (
    alphabetical,
    county_receiver,
    genitive,
    in_order,
    ministry_on,
    municipality_receiver,
)
from bosett.documents.letters.published import asked_in, official_criteria, plan_of, resettlement_percent_of
from bosett.documents.letters.wording import Wording
from bosett.documents.letters.words import CIRCULAR, COMMON, COUNTY, MEETINGS, REQUEST
from bosett.documents.letters.write.circular import GoesOnThoughStopped
from bosett.documents.letters.write.frame import known
from bosett.documents.letters.writing import WRITERS
from bosett.documents.words import percent, whole
from bosett.figures import Figure, Status
from bosett.rounds.explanation import Explanation
from bosett.rounds.notices import Stream
from bosett.words import UnknownLanguage, Words
from letter_samples import (
    BERGEN,
    KARASJOK,
    SAMPLES,
    VESTLAND,
    agenda,
    cancellation,
    circular,
    invitation,
    meeting,
    minutes,
    not_asked,
    reminder,
    request,
    revised,
    samples,
    sheet,
)

SPACE = "\u00a0"
NUMBER = re.compile(r"\d+(?:[\u00a0,]\d{3})*(?:[.,]\d+)?")
NOT_TOLD = {"code", "kind", "part", "stream", "status", "minors_asked", "final", "standing", "names", "level"}


def seen(text: str) -> set[str]:
    """Return every number in a text, as it is written; a full stop or comma that ends a sentence is none of it."""
    return {number.strip(".,") for number in NUMBER.findall(text)}


def numbers(value: object, language: str, name: str = "") -> Iterator[str]:
    """Yield every number that a content holds, as it is written in a language."""
    if isinstance(value, Explanation):
        title, parts = sections(value, language, others=False)
        yield from (number for part in parts for line in (title, *part.lines) for number in seen(line))
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, date):
        yield from (str(value.day), str(value.year))
    elif isinstance(value, time):
        yield value.strftime("%H:%M" if language == "en" else "%H.%M")
        yield from (value.strftime("%H"), value.strftime("%M"))
    elif isinstance(value, int):
        yield from (whole(value, language), str(value))
    elif isinstance(value, Fraction):
        yield from seen(percent(value, language, 0))
    elif isinstance(value, str):
        yield from seen(value)
    elif isinstance(value, Worded):
        yield from seen(value.in_language(language))
    elif isinstance(value, tuple):
        for each in value:
            yield from numbers(each, language, name)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from numbers(getattr(value, field.name), language, field.name)


def counted(letter: Letter) -> set[str]:
    """Return the numbers that a letter may count by itself: its lists and its sums."""
    lists = {str(place) for place in range(1, 10)}
    rows = [row for block in tables(letter) for row in block.rows if row.sum]
    facts = {value for block in everything(letter) if hasattr(block, "pairs") for _, value in block.pairs}
    return (
        lists
        | {number for row in rows for cell in row.cells for number in seen(cell)}
        | {number for value in facts for number in seen(value)}
    )


def everything(letter: Letter) -> Iterator[Any]:
    for block in (*letter.blocks, *(each for attachment in letter.attachments for each in attachment.blocks)):
        yield block
        yield from getattr(block, "tables", ())


def tables(letter: Letter) -> list[Table]:
    return [block for block in everything(letter) if isinstance(block, Table)]


def test_every_content_has_its_writer_and_a_sample() -> None:
    assert set(WRITERS) == set(get_args(Content)) == {type(content) for content in samples().values()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SAMPLES)
def test_no_number_is_told_that_is_no_fact(kind: str, language: str) -> None:
    content = samples()[kind]
    letter = letter_of(content, language)
    years = {str(content.year - 1)} if hasattr(content, "year") else set()
    allowed = set(numbers(content, language)) | counted(letter) | years
    assert seen(letter_text(letter)) - allowed == set()


def test_the_search_for_numbers_can_fail() -> None:
    letter = letter_of(reminder(), "nb")
    grown = replace(letter, title=f"{letter.title} 4711")
    assert "4711" in seen(letter_text(grown)) - set(numbers(reminder(), "nb"))
    assert seen("5\u00a0025 og 12,5 i 2020. Og 1,234.") == {"5\u00a0025", "12,5", "2020", "1,234"}


def facts_of(value: object, language: str, name: str = "") -> Iterator[str]:
    """Yield what must be told of a content: days, persons, names and words, as they are written."""
    if isinstance(value, date):
        yield f"{value.day}{'' if language == 'en' else '.'}{SPACE}"
        yield str(value.year)
    elif isinstance(value, bool) or value is None or isinstance(value, Explanation | Fraction | Figure):
        return
    elif isinstance(value, int):
        yield str(value) if name == "year" else whole(value, language)
    elif isinstance(value, time):
        yield value.strftime("%H:%M" if language == "en" else "%H.%M")
    elif isinstance(value, Worded):
        yield value.in_language(language)
    elif isinstance(value, Receiver):
        yield from (*value.names, *value.address)
    elif isinstance(value, Month | SeasonOfYear):
        yield str(value.year)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from facts_of(each, language, name)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in NOT_TOLD:
                yield from facts_of(getattr(value, field.name), language, field.name)


def untold(content: Content, text: str, language: str) -> list[str]:
    """Return the facts that a text does not tell: numbers must stand by themselves, words may stand in a sentence."""
    there = seen(text)
    return [
        fact
        for fact in facts_of(content, language)
        if (fact not in there if NUMBER.fullmatch(fact) else fact.casefold() not in text.casefold())
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SAMPLES)
def test_every_fact_is_told(kind: str, language: str) -> None:
    content = samples()[kind]
    # A recommendation not to be asked is told in words, not as 0.
    in_words = ["0"] if kind == "not-asked" else []
    assert untold(content, letter_text(letter_of(content, language)), language) == in_words


def test_the_search_for_facts_can_fail() -> None:
    text = letter_text(letter_of(reminder(), "nb")).replace("15. desember", "14. desember")
    assert untold(replace(reminder(), number=4711), text, "nb") == [f"4{SPACE}711"]
    assert f"15.{SPACE}" in facts_of(reminder(), "nb")


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_two_forms_are_two_texts(kind: str) -> None:
    bokmaal, nynorsk = (letter_of(samples()[kind], form) for form in ("nb", "nn"))
    assert bokmaal.title != nynorsk.title
    prose = [
        {block.text for block in letter.blocks if isinstance(block, Paragraph) and not block.quiet}
        for letter in (bokmaal, nynorsk)
    ]
    ours = {"Fylkeskommunen ba om oppdaterte ledighetstall."}  # what people wrote is not translated
    assert (prose[0] & prose[1]) - ours == set()


@pytest.mark.parametrize("words", [CIRCULAR, COMMON, COUNTY, MEETINGS, REQUEST])
def test_words_hold_no_numbers(words: Words) -> None:
    for language in LANGUAGES:
        for code, text in words.of(language).items():
            assert not re.search(r"\d", text), f"{language} {code} holds a number"
            assert text == text.strip()
            assert list(Formatter().parse(text))


@pytest.mark.parametrize(
    ("stop", "adopted", "proposed", "goes_on", "situation"),
    [
        (Stop(Stream.RECEPTION, date(2020, 3, 12)), None, False, False, None),
        (Stop(Stream.RECEPTION, date(2020, 3, 12), date(2020, 4, 20)), date(2020, 6, 22), True, True, None),
        (Stop(Stream.RESETTLEMENT, date(2020, 3, 14), date(2020, 8, 3)), None, True, True, None),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_circular_follows_the_year(
    language: str,
    stop: Stop,
    adopted: date | None,
    proposed: bool,
    goes_on: bool,
    situation: Worded | None,
) -> None:
    content = replace(
        circular(),
        stops=(stop,),
        criteria_adopted=adopted,
        criteria_proposed=proposed,
        reception_goes_on=goes_on,
        situation=situation,
        capacity_by=date(2020, 6, 5),
        information_by=date(2020, 6, 8),
    )
    text = letter_text(letter_of(content, language)).replace("\u00a0", " ")
    days = [stop.since, stop.until, adopted, content.capacity_by, content.information_by]
    dot = "" if language == "en" else "."
    for day in filter(None, days):
        assert f"{day.day}{dot} " in text
    assert "korona" not in text


@pytest.mark.parametrize("until", [None, date(2020, 5, 19)])
def test_a_circular_does_not_say_that_what_is_stopped_goes_on(until: date | None) -> None:
    day = date(2020, 5, 19)
    stopped = (*circular().stops, Stop(Stream.RECEPTION, date(2020, 4, 1), until))
    content = replace(circular(), stops=stopped)
    assert content.head.day == day
    with pytest.raises(GoesOnThoughStopped, match="stopped since 2020-04-01"):
        letter_of(content, "nb")
    letter_of(replace(content, reception_goes_on=False), "nb")
    over = Stop(Stream.RECEPTION, date(2020, 4, 1), date(2020, 5, 18))
    to_come = Stop(Stream.RECEPTION, date(2020, 6, 1))
    letter_of(replace(circular(), stops=(over, to_come)), "nb")


def test_a_circular_tells_missing_hidden_and_not_asked_apart() -> None:
    asked = asked_in(2020)
    assert asked is not None
    county = asked.counties[1]
    gone = (
        Figure(None, Status.MISSING),
        Figure(None, Status.HIDDEN),
        Figure(None, Status.NOT_ASKED),
        Figure(0, Status.OK),
    )
    rows = tuple(replace(row, figure=figure) for row, figure in zip(county.rows, gone, strict=False))
    content = replace(circular(), asked=replace(asked, counties=(replace(county, rows=rows),)))
    letter = letter_of(content, "nn")
    cells = [row.cells[2] for row in tables(letter)[0].rows]
    assert cells == ["manglar", "skjerma", "–", "0", "0"]
    assert "er talet ikkje med i summen" in letter_text(letter)


def test_what_was_published_closes() -> None:
    letter = letter_of(circular(), "nb")
    sums = [row.cells[2].replace("\u00a0", "") for table in tables(letter)[:-1] for row in table.rows if row.sum]
    assert (len(sums), sum(map(int, sums))) == (11, 5120)
    names = [row.cells[1] for row in tables(letter)[1].rows[:-1]]
    assert names == sorted(names, key=alphabetical)
    assert asked_in(1999) is None
    assert official_criteria(1999) is None


LACKING: dict[str, tuple[Content, set[str]]] = {
    "circular": (
        replace(
            circular(),
            head=replace(circular().head, day=None, reference=None, signers=()),
            plan=None,
            forecast_due=None,
            asked=None,
            criteria=None,
        ),
        {"day", "reference", "signers", "plan", "forecast_due", "asked (2020)", "criteria (2020)"},
    ),
    "request": (
        replace(
            request(),
            number=None,
            decided=replace(request().decided, by=None, on=None, advice=None),
            forecast=Forecast(None, 5030, None, None, None),
            criteria=None,
            origin=replace(request().origin, explained=None, national=None),
            answer=replace(request().answer, deadline=None, way=None),
        ),
        {"number", "decided_by", "decided_on", "recommendation", "forecast_low", "forecast_high"}
        | {"forecast_publisher", "forecast_as_of", "criteria", "explained", "national", "deadline", "answer_way"},
    ),
    "request for nobody": (replace(request(), number=0), {"number (0)", "departure_reason"}),
    "departs without a reason": (replace(request(), number=99), {"departure_reason"}),
    "unknown recommendation": (
        replace(request(), decided=replace(request().decided, advice=Advice(VESTLAND, None))),
        {"recommended"},
    ),
    "forecast upside down": (
        replace(request(), forecast=replace(request().forecast, low=6000)),
        {"forecast_in_order (6000, 5030, 5900)"},
    ),
    "deadline before the letter": (
        replace(request(), answer=replace(request().answer, deadline=date(2020, 10, 30))),
        {"deadline (2020-10-30)"},
    ),
    "minors not told": (replace(request(minors=MinorsAsked.NUMBER), minors=None), {"minors"}),
    "not asked": (replace(not_asked(), contact=None), {"contact"}),
    "revised": (replace(revised(), first=None, first_on=None, why=None), {"first", "first_on", "why"}),
    "reminder": (
        replace(reminder(), number=None, asked_on=None, deadline=None),
        {"number", "asked_on", "deadline_before"},
    ),
    "invitation": (
        replace(invitation(), subjects=(), meeting=replace(minutes().meeting, day=None, starts=None, place=None)),
        {"subjects", "meeting_day", "meeting_starts", "meeting_place"},
    ),
    "cancellation": (
        replace(cancellation(), why=None, meeting=replace(meeting(), starts=None)),
        {"called_off_why", "meeting_starts"},
    ),
    "agenda": (replace(agenda(), items=()), {"items"}),
    "minutes": (
        replace(minutes(), meeting=replace(minutes().meeting, day=None, place=None)),
        {"meeting_day", "meeting_place"},
    ),
    "sheet": (replace(sheet(), lines=()), {"lines"}),
    "recommendation": (
        replace(sheet(), final=True, decided_by=None),
        {"reference", "signers", "decided_by", "decided_on", "case", "recommended (Askøy)"},
    ),
    "recommendation without a reason": (
        replace(sheet(final=True), lines=tuple(replace(line, reason=" ") for line in sheet(final=True).lines)),
        {"reason (Øygarden)", "reason (Ulvik)"},
    ),
}


@pytest.mark.parametrize("name", LACKING)
def test_all_that_lacks_is_listed(name: str) -> None:
    content, lacks = LACKING[name]
    with pytest.raises(Missing) as refused:
        letter_of(content, "nb")
    assert {str(lack) for lack in refused.value.lacks} == lacks
    assert all(lack.code in str(refused.value) for lack in refused.value.lacks)


def test_what_may_be_unknown_is_told_as_unknown() -> None:
    assert "ennå ikke kjent. Det betyr ikke at det er ingen" in letter_text(letter_of(request(), "nb"))
    askoey = next(row for row in tables(letter_of(minutes(), "nb"))[0].rows if row.cells[0] == "Askøy")
    assert askoey.cells[1:4] == ("20", "–", "–")
    ulvik = next(row for row in tables(letter_of(minutes(), "nb"))[0].rows if row.cells[0] == "Ulvik")
    assert ulvik.cells[1:4] == ("10", "0", "0")
    assert "ikkje vedteke" in letter_text(letter_of(replace(sheet(), target=None), "nn"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_that_departs_from_the_proposal_says_so(language: str) -> None:
    asked = request()
    why = Worded("Ledige boliger.", "Ledige bustader.", "Homes stand empty.")
    content = replace(asked, number=99, decided=replace(asked.decided, why=why))
    text = letter_text(letter_of(content, language))
    assert why.in_language(language) in text
    for number in (str(asked.number), "99"):
        assert number in text
    alone = replace(content, decided=replace(content.decided, advice=None))
    assert "212" in letter_text(letter_of(alone, language))
    undated = replace(asked, decided=replace(asked.decided, advice=Advice(VESTLAND, asked.number)))
    assert "18" not in letter_text(letter_of(undated, language)).split("Vestland fylkeskommune")[-1][:40]


@pytest.mark.parametrize("language", LANGUAGES)
def test_revisions_go_up_down_and_to_none(language: str) -> None:
    titles = {number: letter_of(revised(number), language).title for number in (110, 152, 180, 0)}
    assert len(set(titles.values())) == 3
    assert titles[0] == titles[110]


def test_criteria_are_told_in_full_when_the_explanation_has_not_told_them() -> None:
    official = official_criteria(2020)
    assert official is not None
    adopted = replace(
        official,
        own_words=False,
        source=Worded.same("KS"),
        adopted_by=Worded.same("Kunnskapsdepartementet"),
        adopted_on=date(2020, 6, 22),
    )
    for criteria, expected in (
        (official, "Ordlyden er gjengitt med våre ord."),
        (adopted, "Vedtatt av Kunnskapsdepartementet 22.\u00a0juni\u00a02020. Kilde: KS."),
        (replace(adopted, adopted_on=None), "Vedtatt av Kunnskapsdepartementet. Kilde: KS."),
    ):
        text = letter_text(letter_of(replace(request(), criteria=criteria), "nb"))
        assert expected in text
        assert "(Vekt: ikke kjent.)" in text
        assert "referansemodell" not in text.split("Kriteriene\n")[1]


def test_names_have_their_genitive() -> None:
    names = ("Bergen", "Oslo", "Horten", "Halden", "Moss", "Ås", "Bø")
    genitives = tuple(genitive(name, "nb") for name in names)
    assert genitives == ("Bergens", "Oslos", "Hortens", "Haldens", "Moss’", "Ås’", "Bøs")
    assert genitive("Vox", "nn") == "Vox’"
    assert genitive("Lørenskogz", "nb") == "Lørenskogz’"
    assert (genitive("Bergen", "en"), genitive("Ås", "en")) == ("Bergen’s", "Ås’")


@given(st.text(min_size=1))
def test_a_genitive_begins_with_its_name(name: str) -> None:
    assert all(genitive(name, language).startswith(name) for language in LANGUAGES)


def test_names_stand_in_norwegian_order() -> None:
    names = ["Ålesund", "Ås", "Ørsta", "Ærøy", "Aasen", "Vik", "Čáhput", "Dovre", "Alta"]
    assert in_order(names) == ("Alta", "Čáhput", "Dovre", "Vik", "Ærøy", "Ørsta", "Ålesund", "Ås", "Aasen")


def test_all_official_names_stand_in_the_address_and_where_the_municipality_is_named_first() -> None:
    letter = letter_of(reminder(), "nn")
    assert letter.receiver[0] == "Kárášjohka – Karasjok kommune"
    assert "Kárášjohka – Karasjok kommune" in letter_text(letter).split(letter.title)[1]
    three = municipality_receiver("5436", 2021, ("Postboks", "Lakselv"))
    addressed = replace(reminder(), head=replace(reminder().head, receivers=(three,)))
    assert letter_of(addressed, "nb").receiver == ("Porsanger – Porsáŋgu – Porsanki kommune", "Postboks", "Lakselv")
    assert "the municipality of Porsanger – Porsáŋgu – Porsanki" in letter_text(letter_of(addressed, "en"))


def test_oslo_is_a_municipality_that_is_both() -> None:
    assert county_receiver("03", 2021).kind is ReceiverKind.MUNICIPALITY
    assert county_receiver("46", 2021) == Receiver(("Vestland",), ReceiverKind.COUNTY)


def test_a_letter_for_one_is_not_sent_to_two() -> None:
    two = tuple(municipality_receiver(code, 2021) for code in (BERGEN, KARASJOK))
    with pytest.raises(ValueError, match="Bergen, Kárášjohka – Karasjok"):
        letter_of(replace(reminder(), head=replace(reminder().head, receivers=two)), "nb")


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(UnknownLanguage, match="'se'"):
        letter_of(reminder(), "se")


def test_hostile_names_stay_as_they_are() -> None:
    name = '{year} {0} #import "x" *a*'
    content = replace(reminder(), head=replace(reminder().head, receivers=(Receiver((name,), ReceiverKind.OTHER),)))
    assert name in letter_text(letter_of(content, "nb"))


def test_a_left_out_municipality_is_told_why() -> None:
    explanation = not_asked().origin.explained
    assert isinstance(explanation, Explanation)
    step = replace(explanation.steps[0], rule="no-figure", facts={"criterion": "size"})
    content = replace(not_asked(), origin=replace(not_asked().origin, explained=replace(explanation, left_out=step)))
    assert "tall mangler for «Folketallet 1. januar 2020»" in letter_text(letter_of(content, "nb"))
    assert isinstance(request(), Request)


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_one_is_not_asked_is_told_elsewhere_as_its_letter_tells_it(language: str) -> None:
    content = not_asked()
    reason = why_not_asked(content.decided, language)
    assert reason
    assert reason in letter_text(letter_of(content, language))
    assert why_not_asked(replace(content.decided, on=None), language) == ""  # nothing is guessed


def test_a_line_of_references_has_the_receivers_own_when_there_is_one() -> None:
    content = replace(reminder(), head=replace(reminder().head, your_reference="2020/77"))
    assert ("Dykkar referanse", "2020/77") in letter_of(content, "nn").marks


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_of_a_meeting_that_set_no_numbers_say_so(language: str) -> None:
    bare = replace(meeting(None), starts=None, ends=None)
    letter = letter_of(replace(minutes(), meeting=bare, target=None, outcomes=(), open_points=(), remarks=()), language)
    assert tables(letter) == []
    assert "645" not in letter_text(letter)
    joint = letter_of(replace(minutes(), meeting=replace(bare, starts=time(9))), language)
    assert len(tables(joint)) == 2
    nobody = letter_text(letter_of(replace(minutes(), present=()), language))
    assert {"nb": "Det ble ikke ført", "nn": "Det vart ikkje ført", "en": "It was not noted"}[language] in nobody
    assert "Vestland" not in tables(joint)[0].caption


def test_an_agenda_has_no_column_that_nothing_is_known_for() -> None:
    items = tuple(AgendaItem(item.title) for item in agenda().items)
    (table,) = tables(letter_of(replace(agenda(), items=items), "nn"))
    assert [column.heading for column in table.columns] == ["Sak"]


def test_an_invitation_may_ask_for_nothing() -> None:
    assert "ha klart" in letter_text(letter_of(invitation(), "nb"))
    assert "ha klart" not in letter_text(letter_of(replace(invitation(), prepare=()), "nb"))


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (PartOfYear.SPRING, ("våren 2021", "våren 2021", "in the spring of 2021")),
        (PartOfYear.AUTUMN, ("høsten 2021", "hausten 2021", "in the autumn of 2021")),
        (PartOfYear.BEFORE_SUMMER, ("før sommeren 2021", "før sommaren 2021", "before the summer of 2021")),
    ],
)
def test_parts_of_a_year_are_told_as_people_say_them(part: PartOfYear, expected: tuple[str, ...]) -> None:
    for language, words in zip(LANGUAGES, expected, strict=True):
        assert Wording(CIRCULAR, language).on(SeasonOfYear(2021, part)).replace(SPACE, " ") == words


def test_what_the_shipped_figures_know_of_a_year() -> None:
    assert (plan_of(2020), resettlement_percent_of(2020)) == (5100, 59)
    assert (plan_of(2019), resettlement_percent_of(2021)) == (None, None)


def test_the_ministry_is_the_one_of_the_day() -> None:
    ministries = {day: ministry_on(day) for day in (date(2020, 5, 19), date(2022, 1, 1))}
    assert [each.nb for each in ministries.values() if each] == [
        "Kunnskapsdepartementet",
        "Arbeids- og inkluderingsdepartementet",
    ]


def test_a_sheet_without_versions_has_no_table_of_them() -> None:
    assert len(tables(letter_of(replace(sheet(), versions=()), "nb"))) == 1


def test_a_fact_that_was_not_looked_for_is_a_fault() -> None:
    with pytest.raises(ValueError, match="not looked for"):
        known(None)
