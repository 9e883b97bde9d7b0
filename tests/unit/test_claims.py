"""What an issuer's token says: one person, and the one organisation of the kind that was asked for."""

import json
from typing import Any

import pytest

from bosett_web.accounts.token_claims import (
    EMPLOYER,
    RESOURCE,
    Identity,
    NoOrganisation,
    asked_of_issuer,
    identity_of,
    levels_that_do,
)

OURS = "urn:altinn:resource:bosett"


def number(written: object = "0192:300000001", key: str = "orgno") -> dict[str, Any]:
    return {key: {"authority": "iso6523-actorid-upis", "ID": written}}


def employer(written: object = "0192:300000001", key: str = "orgno") -> dict[str, Any]:
    return {"type": EMPLOYER, **number(written, key)}


def altinn(*parties: object, resource: str = OURS) -> dict[str, Any]:
    return {"type": RESOURCE, "resource": resource, "authorized_parties": list(parties)}


def claims(*details: object, **more: object) -> dict[str, Any]:
    return {
        "iss": "https://issuer.example",
        "sub": "a-1",
        "name": "Den ene",
        "authorization_details": list(details),
        **more,
    }


def refusal(token: dict[str, Any], resource: str = "") -> str:
    with pytest.raises(NoOrganisation) as refused:
        identity_of(token, resource)
    return str(refused.value)


def test_the_employers_number_is_taken_from_the_kind_that_was_asked_for() -> None:
    identity = identity_of(claims(employer()), "")
    assert identity == Identity("https://issuer.example", "a-1", "Den ene", "300000001")


def test_the_key_of_the_issuers_own_example_is_read_too() -> None:
    assert identity_of(claims(employer(key="orgno:")), "").orgnr == "300000001"


def test_the_organisation_of_an_altinn_resource_is_its_one_authorized_party() -> None:
    party = {**number(), "name": "Kommunen", "unit_type": "KOMM"}
    assert identity_of(claims(altinn(party)), OURS).orgnr == "300000001"


def test_the_same_organisation_told_twice_is_one() -> None:
    assert identity_of(claims(employer(), employer(key="orgno:")), "").orgnr == "300000001"


def test_other_kinds_beside_the_asked_one_do_not_count() -> None:
    beside = {"type": "ansattporten:other", **number("0192:300000009")}
    assert identity_of(claims(beside, altinn(number("0192:300000008")), employer()), "").orgnr == "300000001"


@pytest.mark.parametrize(
    ("token", "resource"),
    [
        pytest.param(claims(altinn(number(), resource="urn:altinn:resource:other")), OURS, id="another resource"),
        pytest.param(claims(employer()), OURS, id="the employer where a resource was asked for"),
        pytest.param(claims(altinn(number())), "", id="a resource where the employer was asked for"),
        pytest.param(claims({"type": RESOURCE, **number()}), "", id="an employer's key under another kind"),
        pytest.param(claims({"type": RESOURCE, "authorized_parties": [number()]}), OURS, id="a resource without name"),
    ],
)
def test_what_was_not_asked_for_is_refused(token: dict[str, Any], resource: str) -> None:
    assert refusal(token, resource) == "0 organisations in the token, 0 of the kind asked for"


def test_two_organisations_are_refused() -> None:
    two = [number("0192:300000001"), number("0192:300000002")]
    assert refusal(claims(altinn(*two)), OURS) == "2 organisations in the token, 2 of the kind asked for"
    assert refusal(claims(altinn(two[0]), altinn(two[1])), OURS).startswith("2 ")
    assert refusal(claims(employer(), employer("0192:300000002"))).startswith("2 ")


@pytest.mark.parametrize(
    "details",
    [None, [], "ansattporten:orgno", {"type": EMPLOYER, **number()}, [None], [[employer()]], [{"type": EMPLOYER}]],
)
def test_no_organisation_is_refused(details: object) -> None:
    assert refusal({**claims(), "authorization_details": details}).startswith("0 ")


def test_a_token_without_details_is_refused() -> None:
    token = claims()
    del token["authorization_details"]
    assert refusal(token).startswith("0 ")
    assert refusal(token, OURS).startswith("0 ")


@pytest.mark.parametrize("parties", [None, "0192:300000001", number(), ["0192:300000001"], [None]])
def test_a_resource_without_parties_as_they_should_be_is_refused(parties: object) -> None:
    assert refusal(claims({"type": RESOURCE, "resource": OURS, "authorized_parties": parties}), OURS).startswith("0 ")


@pytest.mark.parametrize(
    "written",
    [
        "300000001",
        "9908:300000001",
        "0192:30000000",
        "0192:3000000011",
        "0192:300000001 ",
        "0192:300000001\n",
        "0192:30000000x",
        "0192:٣٠٠٠٠٠٠٠١",  # digits, but not those of a register
        300000001,
        None,
        ["0192:300000001"],
    ],
)
def test_a_number_that_is_badly_written_is_refused(written: object) -> None:
    assert refusal(claims(employer(written))).startswith("0 ")
    assert refusal(claims(altinn(number(written))), OURS).startswith("0 ")
    # Nor does a good one beside it make it good: who is meant cannot be told.
    assert refusal(claims(altinn(number(), number(written))), OURS).startswith("1 ")


@pytest.mark.parametrize("identifier", ["0192:300000001", ["0192:300000001"], None])
def test_a_number_that_is_not_told_as_an_identifier_is_refused(identifier: object) -> None:
    assert refusal(claims({"type": EMPLOYER, "orgno": identifier})).startswith("0 ")


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"name": "Den ene"}, "Den ene"),
        ({"given_name": "Den", "family_name": "ene"}, "Den ene"),
        ({"name": "", "family_name": "Ene"}, "Ene"),
        ({"given_name": "Den"}, "Den"),
        ({}, "a-1"),
    ],
)
def test_a_person_without_a_name_is_called_by_what_the_issuer_says(names: dict[str, str], shown: str) -> None:
    token = claims(employer())
    del token["name"]
    assert identity_of({**token, **names}, "").name == shown


def test_one_kind_is_asked_for_at_a_time() -> None:
    assert json.loads(asked_of_issuer("")) == [{"type": "ansattporten:orgno"}]
    assert json.loads(asked_of_issuer(OURS)) == [
        {"type": "ansattporten:altinn:resource", "resource": OURS, "representation_is_required": True}
    ]


@pytest.mark.parametrize(
    ("asked", "do"),
    [
        ("substantial", ["substantial", "high"]),
        ("idporten-loa-substantial", ["idporten-loa-substantial", "idporten-loa-high"]),
        ("high", ["high"]),
        ("entraid", ["entraid"]),
    ],
)
def test_a_higher_level_than_asked_for_does_and_a_lower_one_does_not(asked: str, do: list[str]) -> None:
    assert levels_that_do(asked) == do
