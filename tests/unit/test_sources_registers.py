"""Klass, Enhetsregisteret and kommuneinfo: codes, organisations, names and neighbours, against the shipped register."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from pytest_socket import disable_socket, enable_socket

import published
from bosett.basis.structures import Structure
from bosett.basis.tables import table
from bosett.geography import municipalities, register
from bosett.sources import enhetsregisteret as brreg
from bosett.sources import kartverket, klass
from bosett.sources.answers import UnreadableAnswer
from bosett.sources.fetching import Fetched, Question, from_bytes
from bosett.sources.organisation_numbers import check_digit, is_organisation_number
from publishers import DAY, Publishers, fetcher, publishing

Y2020, Y2024 = Structure.Y2020, Structure.Y2024


@pytest.fixture
def publishers(closed_sockets: None) -> Iterator[Publishers]:  # noqa: ARG001  (opened after)
    enable_socket()
    with publishing() as served:
        yield served
    disable_socket(allow_unix_socket=True)


def of(value: object) -> Fetched:
    return from_bytes("a.json", json.dumps(value).encode(), DAY)


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(UnreadableAnswer) as fault:
        read()
    return str(fault.value)


# Klass


@pytest.mark.parametrize("structure", list(Structure))
def test_the_municipalities_of_a_day_are_those_of_the_structure(publishers: Publishers, structure: Structure) -> None:
    day = date(structure.value, 1, 1)
    codes = klass.read_codes(fetcher().fetch(klass.codes_at(klass.MUNICIPALITIES, day, publishers.klass)))
    assert klass.difference(codes, structure) == klass.ListDifference((), (), ())
    assert publishers.asked == [f"GET /api/klass/v1/classifications/131/codesAt.json?date={structure.value}-01-01"]


def test_a_list_that_differs_is_told_by_code_and_name() -> None:
    codes = klass.read_codes(of(published.klass_codes(131, 2024)))
    oslo, *others = codes
    changed = (klass.KlassCode("0302", "Ny", "", "1", None, None), *others[:-2])
    changed = (*changed, klass.KlassCode(others[-2].code, "Annet navn", "", "1", None, None))
    difference = klass.difference(changed, Y2024)
    assert difference.new == ("0302 Ny",)
    assert difference.gone == (f"{oslo.code} {oslo.name}",)
    assert difference.renamed == (f"{others[-2].code} {others[-2].name}: Annet navn",)


def test_a_code_has_its_first_and_last_day() -> None:
    code = {"code": "1", "name": "En", "validFrom": "2021-01-01", "validTo": "2022-01-01", "parentCode": None}
    (read,) = klass.read_codes(of({"codes": [code]}))
    assert read == klass.KlassCode("1", "En", "", "", date(2021, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize("year", [2020, 2024])
def test_changes_lead_from_each_code_to_those_that_it_became(publishers: Publishers, year: int) -> None:
    question = klass.changes_between(131, date(year, 1, 1), date(year, 1, 2), publishers.klass)
    changes = klass.read_changes(fetcher().fetch(question))
    assert {(each.old_code, each.new_code) for each in changes} == {
        (row["old_code"], row["new_code"])
        for row in table("municipality_changes")
        if row["valid_from"] == f"{year}-01-01" and row["kind"] != "unchanged"
    }
    split = {each.new_code for each in changes if each.old_code == {2020: "1850", 2024: "1507"}[year]}
    assert split == {2020: {"1806", "1875"}, 2024: {"1508", "1580"}}[year]  # many to many, and never one of them


def test_no_changes_is_an_answer() -> None:
    assert klass.read_changes(of({"codeChanges": []})) == ()


def test_each_municipality_has_its_county(publishers: Publishers) -> None:
    fetched = fetcher().fetch(klass.links_at(131, 104, date(2024, 1, 1), publishers.klass))
    county_of = klass.counties_of(klass.read_links(fetched), fetched)
    assert county_of == {each.code: each.county for each in municipalities(2024)}
    turned = of(
        {
            "correspondenceItems": [
                {"sourceCode": county, "sourceName": "", "targetCode": code, "targetName": ""}
                for code, county in county_of.items()
            ]
        }
    )
    assert klass.counties_of(klass.read_links(turned), turned) == county_of


def test_each_municipality_has_its_organisation_number(publishers: Publishers) -> None:
    fetched = fetcher().fetch(klass.link_table(klass.ORGANISATION_NUMBERS, publishers.klass))
    number_of = klass.organisation_numbers_of(klass.read_links(fetched), fetched)
    assert number_of == {each.code: published.organisation_number(each.code) for each in municipalities(2024)}


def links(*pairs: tuple[str, str]) -> Fetched:
    return of({"correspondenceMaps": [{"sourceCode": one, "targetCode": other} for one, other in pairs]})


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([("0301", "03"), ("0301", "11")], "0301 lies in the counties 03 and 11"),
        ([("0301", "0302")], "no municipality and county"),
    ],
)
def test_links_that_contradict_are_refused(pairs: list[tuple[str, str]], sentence: str) -> None:
    fetched = links(*pairs)
    assert sentence in refusal(lambda: klass.counties_of(klass.read_links(fetched), fetched))


def test_a_number_with_a_wrong_check_is_refused() -> None:
    fetched = links(("0301", "958935421"))
    assert "no municipality and number" in refusal(
        lambda: klass.organisation_numbers_of(klass.read_links(fetched), fetched)
    )


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"codes": []}, "'codes' is empty"),
        ({"kode": []}, "no 'codes'"),
        ({"codes": {"0301": "Oslo"}}, "not a list of objects"),
        ({"codes": [{"code": "0301"}]}, "'name' is missing"),
        ({"codes": [{"code": 301, "name": "Oslo"}]}, "'code' is not a text"),
        ({"codes": [{"code": "1", "name": "En", "validFrom": "i dag"}]}, "'i dag' is no day"),
        ({"codes": [{"code": "1", "name": "En"}] * 2}, "codes stand twice: 1"),
    ],
)
def test_codes_of_another_form_are_refused(value: object, sentence: str) -> None:
    assert sentence in refusal(lambda: klass.read_codes(of(value)))


def test_xml_is_called_so(publishers: Publishers) -> None:
    fetched = fetcher().fetch(Question(f"{publishers.klass}/classifications/131/codesAt?date=2024-01-01"))
    assert "XML" in refusal(lambda: klass.read_codes(fetched))


def test_the_codes_of_a_period_are_asked_for() -> None:
    assert klass.codes_between(104, date(2020, 1, 1), date(2024, 1, 2)).address == (
        "https://data.ssb.no/api/klass/v1/classifications/104/codes.json?from=2020-01-01&to=2024-01-02"
    )


def test_a_municipality_has_one_organisation_number() -> None:
    one, other = published.organisation_number("0301"), published.organisation_number("0302")
    fetched = links(("0301", one), ("0301", other))
    assert "0301 has the numbers" in refusal(lambda: klass.organisation_numbers_of(klass.read_links(fetched), fetched))


def test_a_day_before_the_first_is_none() -> None:
    code = {"code": "1", "name": "En", "validFrom": None, "validTo": "0001-01-01"}
    assert "before the first day" in refusal(lambda: klass.read_codes(of({"codes": [code]})))


# Organisation numbers


def test_the_check_of_an_organisation_number() -> None:
    # By hand: 97403210: 9*3+7*2+4*7+0*6+3*5+2*4+1*3+0*2 = 95; 95 mod 11 = 7; 11 - 7 = 4. Not a check that fits 0.
    assert check_digit("97403210") == 4
    assert check_digit("00000000") == 0
    assert is_organisation_number("974032104")
    assert not is_organisation_number("974032105")
    assert check_digit("00000006") is None  # 12 mod 11 = 1, and 10 is no digit
    assert not any(is_organisation_number(f"00000006{digit}") for digit in range(10))
    assert not any(map(is_organisation_number, ["", "97403210", "9740321040", "97403210x", "٩٧٤٠٣٢١٠٤"]))


@pytest.mark.parametrize("place", range(9))
def test_one_wrong_digit_is_seen(place: int) -> None:
    number = "974032104"
    for digit in "0123456789":
        changed = number[:place] + digit + number[place + 1 :]
        assert is_organisation_number(changed) == (digit == number[place])


# Enhetsregisteret


def test_all_pages_give_every_municipality_its_organisation(publishers: Publishers) -> None:
    fetched = brreg.fetch_bodies(fetcher(), brreg.MUNICIPALITY, publishers.brreg)
    assert len(publishers.asked) == 4  # 357 of them, a hundred on a page
    bodies = brreg.read_bodies(fetched, brreg.MUNICIPALITY)
    by_place = brreg.of_municipalities(bodies, Y2024)
    assert (len(by_place.bodies), by_place.lacking, by_place.several, by_place.outside) == (357, (), (), ())
    oslo = by_place.bodies["0301"]
    assert oslo == brreg.RegisteredBody(
        published.organisation_number("0301"),
        "OSLO KOMMUNE",
        "KOMM",
        brreg.RegisteredAddress(("Rådhuset",), "0301", "BY", "0301"),
        brreg.RegisteredAddress(("Postboks 301",), "0301", "BY", "0301"),
    )


def test_counties_are_found_by_their_name_and_oslo_has_none_of_its_own(publishers: Publishers) -> None:
    bodies = brreg.read_bodies(brreg.fetch_bodies(fetcher(), brreg.COUNTY, publishers.brreg), brreg.COUNTY)
    by_place = brreg.of_counties(bodies, Y2024)
    assert len(by_place.bodies) == 14
    assert by_place.lacking == ("03 Oslo",)
    assert (by_place.several, by_place.outside) == ((), ())
    assert by_place.bodies["15"].name == "MØRE OG ROMSDAL FYLKESKOMMUNE"


def test_a_county_municipality_of_no_county_is_told() -> None:
    body = published.unit(published.organisation_number("9004"), "VIKEN FYLKESKOMMUNE", "FYLK", "3301")
    by_place = brreg.of_counties(brreg.read_bodies(of([*published.units("FYLK"), body]), "FYLK"), Y2024)
    assert by_place.outside == (f"{body['organisasjonsnummer']} VIKEN FYLKESKOMMUNE",)
    assert len(by_place.bodies) == 14


def test_who_lacks_one_and_who_has_two_is_told() -> None:
    units = published.units("KOMM")
    first, second, *others = units
    again = published.unit(published.organisation_number("9001"), "GAMLE STAVANGER KOMMUNE", "KOMM", "1103")
    elsewhere = published.unit(published.organisation_number("9002"), "LONGYEARBYEN LOKALSTYRE", "KOMM", "2100")
    bodies = brreg.read_bodies(of([second, *others, again, elsewhere]), "KOMM")
    by_place = brreg.of_municipalities(bodies, Y2024)
    assert by_place.lacking == ("0301 Oslo",)
    numbers = sorted([published.organisation_number("1103"), again["organisasjonsnummer"]])
    assert by_place.several == (f"1103 Stavanger: {numbers[0]}, {numbers[1]}",)
    assert by_place.outside == (f"{elsewhere['organisasjonsnummer']} LONGYEARBYEN LOKALSTYRE",)
    assert "1103" not in by_place.bodies
    assert first["organisasjonsnummer"] not in {each.number for each in bodies}


def test_those_that_are_deleted_or_of_another_form_are_left_aside() -> None:
    units = published.units("KOMM")
    units[0]["slettedato"] = "2020-01-01"
    other = published.unit(published.organisation_number("9003"), "ET FORETAK", "AS", "0301")
    bodies = brreg.read_bodies(of([*units, other]), "KOMM")
    assert len(bodies) == 356


def pages(changed: Callable[[list[dict[str, Any]]], object] = lambda answers: answers) -> Fetched:
    answers = [published.unit_page(published.units("KOMM"), number, 100) for number in range(4)]
    changed(answers)
    return from_bytes("pages.json", b"\n".join(json.dumps(each).encode() for each in answers), DAY)


def _half(answers: list[dict[str, Any]]) -> None:
    answers[1]["_embedded"]["enheter"].pop()


def _other(answers: list[dict[str, Any]]) -> None:
    answers[2]["page"]["totalElements"] = 358


def _wrong(answers: list[dict[str, Any]]) -> None:
    answers[0]["_embedded"]["enheter"][0]["organisasjonsnummer"] = "958935421"


def _twice(answers: list[dict[str, Any]]) -> None:
    units = answers[0]["_embedded"]["enheter"]
    units[1] = {**units[0], "navn": "ET ANNET NAVN"}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (lambda answers: answers.pop(2), "of 4 pages these are missing: 3"),
        (lambda answers: answers.pop(), "of 4 pages these are missing: 4"),
        (_half, "there are 356 organisations, where the register tells of 357"),
        (_other, "different numbers of pages or organisations"),
        (_wrong, "'958935421' is no organisation number"),
        (_twice, "stands twice, with different facts"),
        (lambda answers: answers[0].pop("page"), "does not say which page"),
        (lambda answers: answers[0]["page"].update(number=True), "does not say which page"),
        (lambda answers: answers[0]["page"].update(number=4), "page 5 of 4"),
        (lambda answers: answers[0].pop("_embedded"), "not a list of objects"),
        (lambda answers: answers[0]["_embedded"]["enheter"][3].pop("organisasjonsform"), "no 'organisasjonsform'"),
    ],
)
def test_pages_that_are_not_whole_are_refused(changed: Callable[[list[dict[str, Any]]], object], sentence: str) -> None:
    assert brreg.read_bodies(pages(), "KOMM")
    assert sentence in refusal(lambda: brreg.read_bodies(pages(changed), "KOMM"))


def test_a_register_without_such_organisations_is_no_answer(publishers: Publishers) -> None:
    assert "no such organisation" in refusal(lambda: brreg.fetch_bodies(fetcher(), "XXXX", publishers.brreg))
    assert "no organisation of the form FYLK" in refusal(lambda: brreg.read_bodies(pages(), "FYLK"))


def test_a_register_of_countless_pages_is_not_walked_through(publishers: Publishers) -> None:
    publishers.units["KOMM"] = publishers.units["KOMM"] * 30  # 10 710 of them, on 108 pages
    assert "there are 108 pages" in refusal(lambda: brreg.fetch_bodies(fetcher(), "KOMM", publishers.brreg))
    assert len(publishers.asked) == 1


def test_an_organisation_may_have_no_address() -> None:
    units = published.units("KOMM")
    del units[0]["postadresse"], units[0]["forretningsadresse"]
    (body, *_) = [each for each in brreg.read_bodies(of(units), "KOMM") if each.name == "OSLO KOMMUNE"]
    assert (body.business, body.postal) == (None, None)
    by_place = brreg.of_municipalities([body], Y2024)
    assert by_place.outside == (f"{body.number} OSLO KOMMUNE",)
    assert len(by_place.lacking) == 357


# Kommuneinfo


def test_names_and_languages_are_as_shipped(publishers: Publishers) -> None:
    read = kartverket.read_municipalities(fetcher().fetch(kartverket.all_municipalities(publishers.kommuneinfo)))
    assert [(each.code, each.name, each.official_name, each.names, each.county) for each in read] == [
        (each.code, each.name, each.official_name, each.names, each.county) for each in municipalities(2024)
    ]
    sami = {each.code for each in read if each.sami_area}
    assert {"5610", "5622"} <= sami  # Karasjok and Porsanger
    assert "1103" not in sami


def test_neighbours_are_codes_alone_or_under_a_name(publishers: Publishers) -> None:
    fetched = fetcher().fetch(kartverket.neighbours_of("1103", publishers.kommuneinfo))
    codes = list(register().municipalities[Y2024])
    place = codes.index("1103")
    assert kartverket.read_neighbours(fetched) == tuple(sorted([codes[place - 1], codes[place + 1], codes[place + 20]]))
    answer = {"kommunenummer": "1103", "nabokommuner": [{"kommunenummer": "1108"}]}
    assert kartverket.read_neighbours(of(answer)) == ("1108",)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([], "no municipality"),
        ({"fylker": []}, "not a list of objects"),
        ([{"fylkesnummer": "03"}], "'kommuner' is not a list"),
        ([{"fylkesnummer": "03", "kommuner": [{"kommunenummer": "301"}]}], "'kommunenavn' is missing"),
    ],
)
def test_counties_of_another_form_are_refused(value: object, sentence: str) -> None:
    assert sentence in refusal(lambda: kartverket.read_municipalities(of(value)))


def test_a_municipality_stands_once() -> None:
    county_list = published.kommuneinfo()
    county_list[1]["kommuner"].append(county_list[0]["kommuner"][0])
    assert "0301 Oslo stands twice" in refusal(lambda: kartverket.read_municipalities(of(county_list)))
    county_list = published.kommuneinfo()
    county_list[0]["kommuner"][0]["kommunenummer"] = "30x1"
    assert "'30x1' is no municipality code" in refusal(lambda: kartverket.read_municipalities(of(county_list)))
    assert "'none'" not in refusal(lambda: kartverket.read_neighbours(of("none")))
