"""Criteria that somebody has written: a rule whose id is its content, wherever its text lies."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.documents.explanation import sections
from bosett.documents.letters import Worded
from bosett.documents.letters.parts import criteria_told
from bosett.documents.letters.wording import Wording
from bosett.documents.letters.words import COMMON
from bosett.documents.letters.write.frame import criteria_notes
from bosett.documents.run_data import run_document
from bosett.documents.words import standing_note
from bosett.parameters import (
    WRITTEN,
    BadRuleFile,
    Bound,
    CriteriaFile,
    Criterion,
    Eligible,
    Factor,
    NoCriteria,
    NotAsNamed,
    NotOnShelf,
    Reading,
    file_text,
    load,
    load_shipped,
    load_text,
    put_up,
    rules_digest,
    shipped,
    written,
    written_id,
    written_text,
)
from bosett.render.reading import title_of
from bosett.rounds.explanation import explain
from bosett.rounds.run import compute

MODEL = "no-2021-reference"
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-criteria-file.md"
SHELF: dict[str, str] = {}


@pytest.fixture(autouse=True)
def _shelf() -> Iterator[None]:
    SHELF.clear()
    before = put_up(SHELF.get)
    yield
    put_up(before)


def mine(name: str = "Mitt") -> CriteriaFile:
    return written(replace(load_shipped(MODEL), source_date="2020-06-01"), name)


def again(file: CriteriaFile) -> CriteriaFile:
    return replace(load_text(written_text(file), "again.yaml"), file=file.file)


# The one form


@pytest.mark.parametrize("name", [*shipped(), "no-2027-reference-least-8", f"{MODEL}-weights-50-30-20-floor-5"])
def test_whatever_is_shipped_is_the_same_when_it_is_written_and_read_again(name: str) -> None:
    assert again(load_shipped(name)) == load_shipped(name)


def test_each_part_of_the_schema_is_the_same_again(tmp_path: Path) -> None:
    how_to = HOW_TO.read_text(encoding="utf-8")
    (everything,) = (
        part.partition("```")[0] for part in how_to.split("```yaml\n") if part.startswith("id: everything")
    )
    path = tmp_path / "everything.yaml"
    path.write_text(everything, encoding="utf-8")
    assert again(load(path)) == load(path)


texts = (
    st.text(min_size=1, max_size=30).map(str.strip).filter(bool)
    | st.sampled_from(["no", "0.15", "null", "a: b", "- x", '"', "\\", "{year}", "x\u2028y\u0085z\ufeff.", "a\nb", "#"])
).filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text))
worded = st.fixed_dictionaries({"nb": texts, "nn": texts, "en": texts})
numbers = st.fractions(min_value=-1000, max_value=10**6, max_denominator=10**6)
readings = st.builds(
    Reading,
    indicator=texts,
    year=st.integers(2000, 2030),
    month=st.none() | st.integers(1, 12),
    line=st.just(0),
)


@st.composite
def factors(draw: st.DrawFn) -> Factor:
    power = draw(st.sampled_from([Fraction(1), Fraction(-1), Fraction(2), Fraction(1, 2), Fraction(-3, 8)]))
    return Factor(
        draw(readings),
        draw(st.none() | readings),
        draw(st.none() | numbers),
        power,
        None if power.denominator == 1 else draw(st.integers(0, 12)),
    )


@st.composite
def criteria_of(draw: st.DrawFn, code: str, status: st.SearchStrategy[str]) -> Criterion:
    kind = draw(st.sampled_from(["eligibility", "bound", "guidance"]))
    low, high = sorted((draw(st.fractions(0, 9, max_denominator=99)), draw(st.fractions(0, 9, max_denominator=99))))
    limits = Bound(
        draw(st.none() | st.integers(0, 10**6)),
        draw(st.none() | st.integers(0, 10**6)),
        draw(st.none() | readings.map(lambda reading: (reading, low, high))),
        draw(readings),
    )
    why_not = draw(st.just("") | texts) if kind == "eligibility" else ""
    return Criterion(
        code=code,
        kind=kind,
        wording=draw(worded),
        wording_status=draw(status),
        source=draw(texts),
        weight=None,
        measure=(),
        why_not=why_not,
        eligible=Eligible(draw(readings), draw(numbers)) if kind == "eligibility" and not why_not else None,
        bound=limits if kind == "bound" else None,
    )


@st.composite
def files(draw: st.DrawFn) -> CriteriaFile:
    official = draw(st.booleans())
    status = st.sampled_from(["official", "paraphrase", "translation"] if official else ["own", "official"])
    parts = draw(st.lists(st.integers(1, 999), min_size=1, max_size=4))
    codes = draw(st.lists(texts, min_size=len(parts), max_size=len(parts) + 3, unique=True))
    weights = [
        replace(
            draw(criteria_of(code, status)),
            kind="weight",
            weight=Fraction(part, sum(parts)),
            measure=tuple(draw(st.lists(factors(), min_size=1, max_size=3))),
            why_not=draw(st.just("") | texts),
            eligible=None,
            bound=None,
        )
        for code, part in zip(codes, parts, strict=False)
    ]
    rest = [draw(criteria_of(code, status)) for code in codes[len(parts) :]]
    year = draw(st.integers(2010, 2030))
    return CriteriaFile(
        id=draw(texts.filter(lambda text: not text.startswith("no-"))),
        year=year,
        official=official,
        title=draw(worded),
        day=draw(st.dates(date(2000, 1, 1), date(year - 1, 12, 31))),
        source=draw(texts),
        source_date=draw(texts),
        tie_rule=draw(st.sampled_from([None, "larger-claim", "id"])),
        split=draw(st.sampled_from([None, "largest_receiver", "equal", "missing"])),
        criteria=tuple(draw(st.permutations([*weights, *rest]))),
        file="again.yaml",
    )


@settings(max_examples=150, deadline=None)
@given(files())
def test_any_criteria_are_the_same_when_they_are_written_and_read_again(file: CriteriaFile) -> None:
    assert again(file) == file


def test_that_check_can_fail() -> None:
    file = load_shipped(MODEL)
    text = written_text(file).replace("weight: 3/4", "weight: 7/10").replace("weight: 1/10", "weight: 3/20")
    assert load_text(text, file.file) != file


# The id


def test_the_id_is_the_content_as_anybody_can_check() -> None:
    file = mine()
    text = written_text(file)
    assert file.id.startswith("no-2021-written-")
    assert WRITTEN.fullmatch(file.id)
    bare = text.replace(f'id: "{file.id}"', 'id: "no-2021-written"', 1)
    assert file.id.rpartition("-")[2] == sha256(bare.encode()).hexdigest()
    assert written_id(file) == file.id
    assert written(file, "Mitt") == file, "written again it is the same"


def test_whatever_is_changed_gives_another_id() -> None:
    file = mine()
    first, *others = file.criteria
    wording = {**first.wording, "nb": "Noe annet."}
    changed = (
        replace(file, criteria=(replace(first, wording=wording), *others)),
        replace(file, criteria=(*others, first)),
        replace(file, day=date(2020, 6, 29)),
        replace(file, tie_rule="id"),
        replace(file, source_date="2020-06-02"),
    )
    ids = {file.id, mine("Et annet").id, *(written(each, "Mitt").id for each in changed)}
    assert len(ids) == len(changed) + 2


def test_it_says_whose_it_is_and_is_nobody_s_official_criteria() -> None:
    file = written(replace(load_shipped("no-2018-official"), source_date="2020-06-01"), "  Som i\n2018 ")
    assert not file.official
    assert {each.wording_status for each in file.criteria} == {"own"}
    assert file.title == {
        "nb": "Utvalgets kriterier for 2018: Som i 2018",
        "nn": "Kriteria til utvalet for 2018: Som i 2018",
        "en": "The committee's criteria for 2018: Som i 2018",
    }
    assert {file.source, *(each.source for each in file.criteria)} == {
        "The national committee, written in the workspace"
    }


def test_what_the_strict_reader_refuses_is_never_written() -> None:
    file = load_shipped(MODEL)
    lighter = replace(file, criteria=(replace(file.criteria[0], weight=Fraction(1, 2)), *file.criteria[1:]))
    with pytest.raises(BadRuleFile, match="weights that add up to 3/4"):
        written(lighter, "Mitt")
    wordy = replace(file.criteria[0], wording=dict.fromkeys(("nb", "nn", "en"), "x" * 400_000))
    with pytest.raises(BadRuleFile, match="larger than 1048576 bytes"):
        written(replace(file, criteria=(wordy, *file.criteria[1:])), "Mitt")


def test_there_is_a_file_of_whatever_the_reader_takes_and_of_nothing_else() -> None:
    assert file_text(mine()) == written_text(mine())
    assert file_text(load_shipped("no-2020-official"))
    assert file_text(load_shipped(f"{MODEL}-weights-100-0-0-floor-10")) == "", "its id says all of it"


# The shelf, and the file


def test_an_id_gives_its_content_from_the_shelf_or_nothing() -> None:
    file, other = mine(), mine("Et annet")
    with pytest.raises(NotOnShelf, match=r"written in a workspace, and are not here\. Get their file"):
        load_shipped(file.id)
    SHELF[file.id] = written_text(file)
    assert load_shipped(file.id) == file, "that it was not there is not remembered"
    SHELF[other.id] = written_text(file)
    with pytest.raises(NotAsNamed):
        load_shipped(other.id)
    SHELF[other.id] = written_text(replace(other, title=file.title))
    with pytest.raises(NotAsNamed, match="the content is not that of this id"):
        load_shipped(other.id)
    with pytest.raises(NoCriteria):
        load_shipped(file.id[:-1])


def test_a_file_that_says_it_is_written_has_the_content_of_its_id(tmp_path: Path) -> None:
    file, path = mine(), tmp_path / "lasta-ned.yaml"
    text = written_text(file)
    path.write_text(text, encoding="utf-8")
    assert replace(load(path), file=file.file) == file
    reworked = f"# En merknad.\n{text}".replace('code: "size"', "code: size")
    path.write_text(reworked, encoding="utf-8")
    assert replace(load(path), file=file.file) == file, "the form may be another; the content is what counts"
    official = text.replace("sort: reference", "sort: official").replace("status: own", "status: paraphrase")
    another = file.id[:-1] + ("1" if file.id[-1] == "0" else "0")
    swapped = text.replace("weight: 3/20", "weight: here").replace("weight: 1/10", "weight: 3/20")
    for changed in (
        swapped.replace("weight: here", "weight: 1/10"),
        text.replace(file.id, another),
        text.replace(file.id, "no-2021-written"),
        text.replace(file.id, "no-2021-written-mitt"),
        official,
    ):
        path.write_text(changed, encoding="utf-8")
        with pytest.raises(NotAsNamed, match=r"lasta-ned\.yaml, line 1: id is 'no-2021-written"):
            load(path)


def test_a_round_is_computed_by_it_as_by_the_file_it_was_written_from(tmp_path: Path) -> None:
    file, path = mine(), tmp_path / "mitt.yaml"
    SHELF[file.id] = written_text(file)
    path.write_text(written_text(file), encoding="utf-8")
    rules = (load_shipped(MODEL), load_shipped(file.id), load(path))
    model, by_id, by_file = (compute(2021, total=5025, criteria=each) for each in rules)
    assert by_id == by_file
    assert [county.municipalities for county in by_id.counties] == [county.municipalities for county in model.counties]
    assert rules_digest(load(path)) == rules_digest(load_shipped(file.id)) != rules_digest(load_shipped(MODEL))


# Whose it is, wherever it is told


@pytest.mark.parametrize(
    ("language", "letter", "explained", "noted"),
    [
        (
            "nb",
            "Kriteriene er skrevet av Nasjonalt utvalg",
            "Kriteriene er skrevet av utvalget.",
            "skrevet av utvalget",
        ),
        ("nn", "Kriteria er skrivne av Nasjonalt utval", "Kriteria er skrivne av utvalet.", "skrivne av utvalet"),
        (
            "en",
            "The criteria are written by the national",
            "The criteria are written by the committee.",
            "by the committee",
        ),
    ],
)
def test_letters_explanations_and_runs_say_that_the_committee_has_written_it_and_never_that_it_is_ours(
    language: str, letter: str, explained: str, noted: str
) -> None:
    file = mine()
    wording = Wording(COMMON, language)
    (paragraph,) = criteria_notes(criteria_told(file, adopted_by=Worded.same("Kunnskapsdepartementet")), wording)
    assert letter in str(paragraph)
    assert "Kunnskapsdepartementet" in str(paragraph)
    assert "referansemodell" not in str(paragraph)
    assert "referansemodell" in str(criteria_notes(criteria_told(load_shipped(MODEL)), wording))
    assert explained in str(sections(explain(2021, "4601", criteria=file), language))
    assert noted in standing_note(file.id, language, official=False)
    run = compute(2021, total=5025, criteria=file)
    assert title_of(run, language) == file.title[language]
    assert run_document(run)["official_or_reference"] == "written"
