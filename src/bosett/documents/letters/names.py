"""Names in letters: their genitive, their order, and receivers with all their official names."""

from collections.abc import Iterable
from datetime import date

from bosett.documents.letters.parts import Receiver, ReceiverKind, Worded
from bosett.documents.letters.words import COMMON, NAMES
from bosett.geography import county, municipality
from bosett.rounds.parties import Party, holder

OSLO = "03"
"""The county whose municipality is its county municipality too."""
MUNICIPALITY_OF_OSLO = "0301"

DIRECTORATE = Worded(*NAMES["directorate"])
COMMITTEE = (Worded(*NAMES["committee"]), Worded(*NAMES["committee_in_full"]))
"""The national committee, and its name in full."""
EDUCATION, LABOUR = Worded(*NAMES["education"]), Worded(*NAMES["labour"])
DECIDERS_OF_TARGETS = {each: Worded(*NAMES[f"targets_{each}"]) for each in ("directorate", "ministry")}
"""Who may decide the targets in a year in which the national committee only advises."""
COUNTIES = Worded(*(text[:1].upper() + text[1:] for text in NAMES["counties"]))
"""All of them, as the receivers of a letter."""

_MINISTRIES = {each.nb: each for each in (EDUCATION, LABOUR)}
_LETTERS = "abcčdđefghijklmnŋopqrsštŧuvwxyzžæäøöå"
_PLACE = {letter: index for index, letter in enumerate(_LETTERS)}
_HISSING = ("s", "x", "z")


def genitive(name: str, language: str) -> str:
    """Return the genitive of a name: Bergens, Hortens, Oslos; Ås’; Bergen’s in English.

    Source of the rule: after s, x and z stands an apostrophe alone (Språkrådet).
    """
    hissing = name.casefold().endswith(_HISSING)
    if language == "en":
        return f"{name}’" if hissing else f"{name}’s"
    return f"{name}’" if hissing else f"{name}s"


def alphabetical(name: str) -> tuple[int, ...]:
    """Return what names are sorted by: æ, ø, å last, aa as å, Sami letters after the ones that they grew from."""
    return tuple(_PLACE.get(letter, -1) for letter in name.casefold().replace("aa", "å"))


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in Norwegian order."""
    return tuple(sorted(names, key=alphabetical))


def municipality_receiver(code: str, year: int, address: tuple[str, ...] = ()) -> Receiver:
    """Return a municipality as the receiver of a letter, with all its official names.

    Args:
        code: Its code in `year`.
        year: Settlement year.
        address: Lines beneath the name, as far as they are known.

    Raises:
        UnknownMunicipality: The code is no municipality of that year.
    """
    place = municipality(code, year)
    kind = ReceiverKind.HERAD if place.kind == "herad" else ReceiverKind.MUNICIPALITY
    return Receiver(tuple(name.text for name in place.names), kind, address)


def municipality_named(name: str, code: str, year: int) -> Worded:
    """Return a municipality's name with the word for it, in a sentence: Bergen kommune, Voss herad.

    Args:
        name: Its name as it is to be shown.
        code: Its code in `year`.
        year: Settlement year.

    Raises:
        UnknownMunicipality: The code is no municipality of that year.
    """
    kind = ReceiverKind.HERAD if municipality(code, year).kind == "herad" else ReceiverKind.MUNICIPALITY
    return _with_the_word(name, kind)


def county_receiver(code: str, year: int, address: tuple[str, ...] = ()) -> Receiver:
    """Return a county municipality as the receiver of a letter; Oslo is a municipality that is both.

    Raises:
        UnknownCounty: The code is no county of that year.
    """
    kind = ReceiverKind.MUNICIPALITY if code == OSLO else ReceiverKind.COUNTY
    return Receiver((county(code, year).name,), kind, address)


def county_municipality(code: str, year: int) -> Worded:
    """Return a county municipality's name in a sentence; Oslo is a municipality that is both.

    Raises:
        UnknownCounty: The code is no county of that year.
    """
    name = county(code, year).name
    if code == OSLO:
        return municipality_named(name, MUNICIPALITY_OF_OSLO, year)
    return _with_the_word(name, ReceiverKind.COUNTY)


def county_decider(decider: str, code: str) -> Worded | None:
    """Return who decided a county's recommendation, in a sentence; None when that is not known.

    Args:
        decider: administration, executive, council, or empty.
        code: The county.
    """
    own = f"oslo_{decider}" if code == OSLO else ""
    names = NAMES.get(own) or NAMES.get(f"county_{decider}")
    return Worded(*names) if names else None


def ministry_on(day: date) -> Worded | None:
    """Return the ministry that adopted the criteria on a day; None when the register of holders knows none."""
    ministry = holder(Party.MINISTRY, day)
    return None if ministry is None else _MINISTRIES[ministry.name]


def joined(names: tuple[str, ...]) -> str:
    """Return parallel names as one, as they are written on signs."""
    return " – ".join(names)


def _with_the_word(name: str, kind: ReceiverKind) -> Worded:
    return Worded(*(text.format(name=name) for text in COMMON[f"receiver_{kind.value}"]))
