"""SSB: what is asked of the Statbank, and what its answers are read as."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_socket import disable_socket, enable_socket

import published
from bosett.basis.structures import Structure
from bosett.basis.tables import table
from bosett.figures import Figure, Status, series
from bosett.figures.versions import FigureVersion
from bosett.geography import register
from bosett.sources import ssb
from bosett.sources.answers import UnreadableAnswer
from bosett.sources.fetching import Fetched, NotFetched, Patience
from bosett.sources.ssb import CannotAsk, SsbService, SsbTable, fetch_table, questions
from bosett.sources.ssb_figures import read_table, summed_over_regions
from publishers import DAY, Publishers, fetcher, publishing

Y2020, Y2024 = Structure.Y2020, Structure.Y2024


@pytest.fixture(scope="module")
def server() -> Iterator[Publishers]:
    """The publishers on this machine, for all tests of this file."""
    enable_socket()
    with publishing() as served:
        yield served
    disable_socket(allow_unix_socket=True)


@pytest.fixture
def publishers(server: Publishers, closed_sockets: None) -> Iterator[Publishers]:  # noqa: ARG001  (opened after)
    """The same, with nothing asked yet, and sockets open."""
    enable_socket()
    server.plan.clear()
    server.asked.clear()
    yield server
    disable_socket(allow_unix_socket=True)


def services(served: Publishers) -> tuple[SsbService, SsbService]:
    return SsbService(served.pxweb_v2, second=True), SsbService(served.pxweb_v1, second=False)


def by_name(versions: tuple[FigureVersion, ...]) -> dict[str, FigureVersion]:
    return {each.indicator: each for each in versions}


def as_shipped(version: FigureVersion) -> dict[str, bool]:
    """Return for each year whether all figures are the shipped ones."""
    return {
        time: dict(figures) == dict(series(version.indicator, int(time), structure=version.structure).figures)
        for time, figures in version.figures.items()
    }


@pytest.mark.parametrize("which", [0, 1], ids=["v2", "v1"])
def test_population_with_ages_is_as_shipped(publishers: Publishers, which: int) -> None:
    fetched = fetch_table(fetcher(), ssb.POPULATION, Y2020, [2020, 2021], services(publishers)[which])
    versions = by_name(read_table(fetched, ssb.POPULATION, Y2020, [2020, 2021]))
    assert list(versions) == ["population", "population_0_17", "population_18_66", "population_67_plus"]
    for each in versions.values():
        assert as_shipped(each) == {"2020": True, "2021": True}
        assert (each.publisher, each.dataset, each.structure) == ("SSB", "SSB 07459", Y2020)
        assert (each.published_on, each.known_on, each.fetched_on) == (date(2026, 2, 24), date(2026, 2, 24), DAY)
        assert each.raw_sha256 == fetched.sha256
    assert sum(figure.persons or 0 for figure in versions["population"].figures["2020"].values()) == 5_367_580


def test_both_interfaces_say_the_same(publishers: Publishers) -> None:
    second, first = (fetch_table(fetcher(), ssb.IMMIGRANTS, Y2020, [2022], service) for service in services(publishers))
    assert [each.figures for each in read_table(second, ssb.IMMIGRANTS, Y2020)] == [
        each.figures for each in read_table(first, ssb.IMMIGRANTS, Y2020)
    ]


def test_immigrants_are_as_shipped(publishers: Publishers) -> None:
    fetched = fetch_table(fetcher(), ssb.IMMIGRANTS, Y2020, [2020, 2022], services(publishers)[0])
    (version,) = read_table(fetched, ssb.IMMIGRANTS, Y2020)
    assert version.indicator == "immigrants"
    assert as_shipped(version) == {"2020": True, "2022": True}


def test_earlier_years_are_asked_for_with_the_municipalities_of_today(publishers: Publishers) -> None:
    wanted = SsbTable("07459", {"population": {ssb.CONTENTS: ("Personer1",), "Alder": ssb.ALL}}, inhabited=True)
    fetched = fetch_table(fetcher(), wanted, Y2024, [2022, 2023, 2024, 2026], services(publishers)[0])
    (version,) = read_table(fetched, wanted, Y2024)
    # Ålesund has everybody and Haram nobody before 2024: neither has a figure then, as shipped.
    assert as_shipped(version) == dict.fromkeys(["2022", "2023", "2024", "2026"], True)
    assert version.figures["2022"]["1580"] == Figure(None, Status.MISSING)


def test_work_is_read_with_what_is_hidden(publishers: Publishers) -> None:
    service = services(publishers)[0]
    fetched = fetch_table(fetcher(), ssb.EMPLOYED_AND_JOBS, Y2024, [2025], service)
    versions = by_name(read_table(fetched, ssb.EMPLOYED_AND_JOBS, Y2024))
    assert versions["employed"].figures["2025"]["0301"].persons == published.people("0301", 2025) // 2
    assert versions["jobs"].figures["2025"]["0301"].persons == published.people("0301", 2025) // 3
    assert versions["employed"].figures["2025"]["1151"] == Figure(None, Status.HIDDEN)  # Utsira
    percent = fetch_table(fetcher(), ssb.EMPLOYED_PERCENT, Y2024, [2025], service)
    (share,) = read_table(percent, ssb.EMPLOYED_PERCENT, Y2024)
    assert share.figures["2025"]["0301"] == Figure(Fraction(601, 10), Status.OK)
    status = fetch_table(fetcher(), ssb.EMPLOYED_BY_STATUS, Y2024, [2025], service)
    (by_status,) = read_table(status, ssb.EMPLOYED_BY_STATUS, Y2024)
    assert by_status.figures["2025"]["0301"].persons == published.people("0301", 2025) // 2


# What is asked


def asked(question: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(question).query).items()}


def test_the_second_interface_is_asked_by_address() -> None:
    (first, *_) = questions(ssb.POPULATION, Y2024, [2025])
    assert first.address.startswith(
        "https://data.ssb.no/api/pxwebapi/v2/tables/07459/data?lang=no&outputFormat=json-stat2&"
    )
    parameters = asked(first.address)
    assert parameters["valueCodes[Region]"].startswith("0301,1101,1103,")
    assert (parameters["valueCodes[Tid]"], parameters["valueCodes[ContentsCode]"]) == ("2025", "Personer1")
    assert (parameters["valueCodes[Alder]"], parameters["codelist[Alder]"]) == ("*", "vs_AlleAldre00B")
    assert "codelist[Region]" not in parameters


def test_the_first_interface_is_asked_by_a_body() -> None:
    (question,) = questions(ssb.POPULATION, Y2024, [2023], ssb.V1)
    assert question.address == "https://data.ssb.no/api/v0/no/table/07459"
    body = json.loads(question.body or b"")
    chosen = {each["code"]: each["selection"] for each in body["query"]}
    assert chosen["Region"]["filter"] == "agg:KommSummer"
    assert chosen["Region"]["values"][0] == "K-0301"
    assert len(chosen["Region"]["values"]) == 357
    assert chosen["Alder"] == {"filter": "vs:AlleAldre00B", "values": [*published.AGES]}
    assert chosen["Tid"] == {"filter": "item", "values": ["2023"]}
    assert body["response"] == {"format": "json-stat2"}


@pytest.mark.parametrize(
    ("years", "service"), [([2025], ssb.V2), ([2023, 2024], ssb.V2), ([*range(2000, 2027)], ssb.V1)]
)
def test_questions_together_ask_for_all_and_each_within_the_limits(years: list[int], service: SsbService) -> None:
    together = questions(ssb.POPULATION, Y2024, years, service)
    seen: set[tuple[str, str]] = set()
    for each in together:
        assert len(each.address) <= ssb.LONGEST_ADDRESS
        if each.body is None:
            parameters = asked(each.address)
            regions, times, ages = (parameters[f"valueCodes[{name}]"].split(",") for name in ("Region", "Tid", "Alder"))
            ages = [*published.AGES] if ages == ["*"] else ages
        else:
            chosen = {one["code"]: one["selection"]["values"] for one in json.loads(each.body)["query"]}
            regions, times, ages = chosen["Region"], chosen["Tid"], chosen["Alder"]
        assert len(regions) * len(times) * len(ages) <= ssb.MOST_CELLS
        pairs = {(region.removeprefix("K-"), time) for region in regions for time in times}
        assert not pairs & seen
        seen |= pairs
    assert seen == {(code, str(year)) for code in register().municipalities[Y2024] for year in years}


def test_a_large_question_is_parted_by_cells() -> None:
    # 106 ages in 27 years are 2 862 cells for each municipality: 279 of them fit, so two questions.
    assert len(questions(ssb.POPULATION, Y2024, [*range(2000, 2027)], ssb.V1)) == 2


def test_years_before_a_structure_that_is_gone_cannot_be_asked() -> None:
    with pytest.raises(CannotAsk, match=r"municipalities of 2024 only, and not to those of 2020 \(2019\)"):
        questions(ssb.POPULATION, Y2020, [2019, 2020])
    with pytest.raises(CannotAsk, match="No year"):
        questions(ssb.POPULATION, Y2020, [])


# What is refused


def answer() -> dict[str, Any]:
    """SSB's answer on immigrants in 2022."""
    regions = [*register().municipalities[Y2020]]
    chosen = {"InnvandrKat": ["B"], "Landbakgrunn": ["999"], "ContentsCode": ["Personer1"]}
    return published.statbank("09817", regions, ["2022"], chosen)


def refusal(
    value: Mapping[str, Any],
    structure: Structure = Y2020,
    years: list[int] | None = None,
    of: SsbTable = ssb.IMMIGRANTS,
) -> str:
    with pytest.raises(UnreadableAnswer) as fault:
        read_table(Fetched(json.dumps(value).encode(), "a.json", DAY), of, structure, years)
    return str(fault.value)


def test_municipalities_that_are_missing_are_told() -> None:
    regions = [code for code in register().municipalities[Y2020] if code not in ("1103", "5001")]
    chosen = {"InnvandrKat": ["B"], "Landbakgrunn": ["999"], "ContentsCode": ["Personer1"]}
    sentence = refusal(published.statbank("09817", regions, ["2022"], chosen))
    assert (
        "2 of the 356 municipalities of 2020 are missing in immigrants 2022: 1103 Stavanger, 5001 Trondheim" in sentence
    )


def test_the_wrong_year_is_told() -> None:
    assert "there are figures for 2022, and none for 2023" in refusal(answer(), years=[2023])


def test_the_wrong_structure_is_told() -> None:
    assert "not with the municipalities of 2024" in refusal(answer(), Y2024)


def test_another_table_is_told() -> None:
    assert "it is table 09817, where 07459 should be" in refusal(answer(), of=ssb.POPULATION)


def test_a_code_that_means_something_else_is_told() -> None:
    regions = [*register().municipalities[Y2024]]
    dataset = published.statbank(
        "13563", regions, ["2025"], {"HovArbStyrkStatus": ["A.01"], "ContentsCode": ["Personer"]}
    )
    dataset["dimension"]["HovArbStyrkStatus"]["category"]["label"]["A.01"] = "Arbeidsledige"
    assert "is 'Arbeidsledige', where the word 'sysselsatt' should stand" in refusal(
        dataset, Y2024, of=ssb.EMPLOYED_BY_STATUS
    )


def test_a_choice_that_nobody_made_is_told() -> None:
    regions = [*register().municipalities[Y2020]]
    dataset = published.statbank("07459", regions, ["2020"], {"Kjonn": ["1", "2"], "ContentsCode": ["Personer1"]})
    assert "the variable Kjonn has 2 codes" in refusal(dataset, of=ssb.POPULATION)


def test_nobody_and_half_a_person_are_no_figures() -> None:
    dataset = answer()
    dataset["value"][0] = -1
    assert "no whole number of people" in refusal(dataset)
    dataset["value"][0] = 2.5
    assert "5/2" in refusal(dataset)
    regions = [*register().municipalities[Y2020]]
    people = published.statbank("07459", regions, ["2020"], {"ContentsCode": ["Personer1"]})
    people["value"][5] = 0
    assert "by population 2020 nobody lives in 1111" in refusal(people, of=ssb.POPULATION)


def test_a_percentage_beyond_a_hundred_is_none() -> None:
    regions = [*register().municipalities[Y2024]]
    chosen = {"Alder": ["15-74"], "Kjonn": ["0"], "Landbakgrunn": ["tot"], "ContentsCode": ["Sysselsatte2"]}
    dataset = published.statbank("11607", regions, ["2025"], chosen)
    dataset["value"][0] = 100.5
    assert "employed_pct of 0301 in 2025 is 201/2 percent" in refusal(dataset, Y2024, of=ssb.EMPLOYED_PERCENT)


def test_quarters_and_other_measures_are_told() -> None:
    dataset = answer()
    dataset["dimension"]["Tid"]["category"] = {"index": ["2022K1"]}
    assert "2022K1 is no year" in refusal(dataset)
    dataset = answer()
    dataset["dimension"]["ContentsCode"]["category"] = {"index": ["AndelBefolkning"]}
    assert "none of the codes that give immigrants" in refusal(dataset)
    dataset = answer() | {"id": ["Sted", "InnvandrKat", "Landbakgrunn", "ContentsCode", "Tid"]}
    dataset["dimension"]["Sted"] = dataset["dimension"]["Region"]
    assert "no variable Region; it has Sted, InnvandrKat" in refusal(dataset)


def test_a_table_that_does_not_say_when_it_was_changed_counts_from_the_day_it_was_fetched() -> None:
    dataset = answer()
    del dataset["updated"]
    (version,) = read_table(Fetched(json.dumps(dataset).encode(), "a.json", DAY), ssb.IMMIGRANTS, Y2020)
    assert (version.published_on, version.known_on) == (None, DAY)


def test_results_of_the_programme_are_read_from_the_table_that_is_named() -> None:
    regions = [*register().municipalities[Y2020]]
    wanted = ssb.result_table("00000", {"Status": ("1",), "ContentsCode": ("Prosent",)})
    variables = {"Region": regions, "Status": ["1"], "ContentsCode": ["Prosent"], "Tid": ["2021"]}
    content = published.as_bytes(published.json_stat("00000: Resultat", variables, lambda _: 62.5))
    (version,) = read_table(Fetched(content, "a.json", DAY), wanted, Y2020)
    assert version.indicator == "programme_result_municipality_pct"
    assert version.figures["2021"]["0301"] == Figure(Fraction(125, 2), Status.OK)


def test_the_same_figure_twice_must_be_the_same() -> None:
    first, other = answer(), answer()
    content = b"\n".join(json.dumps(each).encode() for each in (first, other))
    assert read_table(Fetched(content, "a.json", DAY), ssb.IMMIGRANTS, Y2020)
    other["value"][0] += 1
    content = b"\n".join(json.dumps(each).encode() for each in (first, other))
    with pytest.raises(UnreadableAnswer, match="immigrants of 0301 in 2022 stands twice"):
        read_table(Fetched(content, "a.json", DAY), ssb.IMMIGRANTS, Y2020)


# A service that fails


@pytest.mark.parametrize("plan", [["busy"], ["closed"], ["cut"], ["drop", "closed"], ["moved"]])
def test_a_service_that_recovers_is_read(publishers: Publishers, plan: list[str]) -> None:
    publishers.plan += plan
    waited: list[int] = []
    fetched = fetch_table(fetcher(waited), ssb.IMMIGRANTS, Y2020, [2022], services(publishers)[1])
    assert read_table(fetched, ssb.IMMIGRANTS, Y2020)
    assert len(waited) == (0 if plan == ["moved"] else len(plan))


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (["many"], "403 Forbidden.*Too many values selected.*ask for less"),
        (["gone"], "404 Not Found"),
        (["away"], "sends us on to https://example.org/elsewhere"),
        (["closed"] * 3, "503 Service Unavailable, asked 3 times"),
        (["drop"] * 3, "no whole answer came"),
    ],
)
def test_a_service_that_says_no_is_told(publishers: Publishers, plan: list[str], sentence: str) -> None:
    publishers.plan += plan
    with pytest.raises(NotFetched, match=sentence):
        fetch_table(fetcher(), ssb.IMMIGRANTS, Y2020, [2022], services(publishers)[1])


@pytest.mark.parametrize(("way", "sentence"), [("page", "a page"), ("short", "breaks off")])
def test_what_is_no_answer_is_refused_when_it_is_read(publishers: Publishers, way: str, sentence: str) -> None:
    publishers.plan.append(way)
    fetched = fetch_table(fetcher(), ssb.IMMIGRANTS, Y2020, [2022], services(publishers)[1])
    with pytest.raises(UnreadableAnswer, match=sentence):
        read_table(fetched, ssb.IMMIGRANTS, Y2020)


def test_too_many_cells_are_told_in_the_service_s_words(publishers: Publishers) -> None:
    publishers.most_cells, before = 100, publishers.most_cells
    try:
        for service in services(publishers):
            with pytest.raises(NotFetched, match="Too many"):
                fetch_table(fetcher(), ssb.IMMIGRANTS, Y2020, [2022], service)
    finally:
        publishers.most_cells = before


def test_an_answer_may_not_be_larger_than_is_allowed(publishers: Publishers) -> None:
    small = fetcher(patience=Patience(most_bytes=1_000))
    with pytest.raises(NotFetched, match="larger than"):
        fetch_table(small, ssb.IMMIGRANTS, Y2020, [2022], services(publishers)[1])


# Labour-market regions


def test_work_is_summed_over_those_one_can_travel_to() -> None:
    region = {row["code"]: row["region_code"] for row in table("labour_market_regions")}
    ones = dict.fromkeys(register().municipalities[Y2020], Figure(1, Status.OK))
    sums = summed_over_regions(ones)
    assert {code: figure.value for code, figure in sums.items()} == {
        code: sum(other == own for other in region.values()) for code, own in region.items()
    }
    before = summed_over_regions(dict.fromkeys(register().municipalities[Structure.Y2019], Figure(1, Status.OK)), 2019)
    # Tysfjord and Snillfjord were parted between regions.
    assert [code for code, figure in before.items() if figure.status is Status.MISSING] == ["1850", "5012"]
    hidden = summed_over_regions({**ones, "0301": Figure(None, Status.HIDDEN)})
    assert {code for code, figure in hidden.items() if figure.status is Status.HIDDEN} == {
        code for code in region if region[code] == region["0301"]
    }
