"""What an issuer's checked token says about a person: who it is, and which one organisation the person acts for.

Ansattporten tells the organisation in `authorization_details` (rich authorization requests, RFC 9396): the kind that
was asked for holds either the organisations of an Altinn resource or the employer's own number. Which kinds may be
asked for is open to every client of the issuer, so kind, resource and number are checked here.
Source: https://docs.digdir.no/docs/ansattporten/ansattporten_rar (read 2026).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EMPLOYER = "ansattporten:orgno"
RESOURCE = "ansattporten:altinn:resource"
_NUMBER = re.compile(r"0192:([0-9]{9})")  # 0192 is the register of Norwegian organisations (ISO 6523)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as the issuer's token tells.

    Attributes:
        issuer: Address of the issuer.
        subject: The issuer's own name for the person.
        name: Name in words.
        orgnr: Organisation number, nine digits.
    """

    issuer: str
    subject: str
    name: str
    orgnr: str


class NoOrganisation(ValueError):
    """The token names no organisation, several, or one of another kind than was asked for."""


def asked_of_issuer(resource: str) -> str:
    """Return `authorization_details` to ask for: the organisation of an Altinn resource, or the employer's number."""
    wanted: dict[str, object] = {"type": EMPLOYER}
    if resource:
        wanted = {"type": RESOURCE, "resource": resource, "representation_is_required": True}
    return json.dumps([wanted])


def levels_that_do(asked: str) -> list[str]:
    """Return what a token may say of how surely the person is known: the level that was asked for, or a higher one.

    The level that is asked for passes through the person's own browser, so the token's must be checked.
    """
    return [asked, asked.removesuffix("substantial") + "high"] if asked.endswith("substantial") else [asked]


def identity_of(claims: Mapping[str, Any], resource: str) -> Identity:
    """Return the person of a token whose signature, issuer, audience and time have been checked.

    Args:
        claims: The token's claims.
        resource: The Altinn resource that was asked for, or empty for the employer's number.

    Raises:
        NoOrganisation: It does not name exactly one organisation of the kind that was asked for.
    """
    details = _list(claims.get("authorization_details"))
    if resource:
        mine = [each for each in details if each.get("type") == RESOURCE and each.get("resource") == resource]
        holders = [party for each in mine for party in _list(each.get("authorized_parties"))]
    else:
        holders = [each for each in details if each.get("type") == EMPLOYER]
    numbers = {_number(holder) for holder in holders}
    if len(numbers) != 1 or "" in numbers:
        raise NoOrganisation(f"{len(numbers - {''})} organisations in the token, {len(holders)} of the kind asked for")
    name = str(claims.get("name") or f"{claims.get('given_name', '')} {claims.get('family_name', '')}").strip()
    return Identity(str(claims["iss"]), str(claims["sub"]), name or str(claims["sub"]), numbers.pop())


def _list(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _number(holder: Mapping[str, Any]) -> str:
    """Return the number, or nothing when it is badly written; the issuer's own example has a colon after the name."""
    identifier = holder.get("orgno") or holder.get("orgno:")
    number = _NUMBER.fullmatch(str(identifier.get("ID", ""))) if isinstance(identifier, dict) else None
    return number[1] if number else ""
