"""The engine's JSON, in and out: strict, and with one clear line about what is wrong and where."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from bosett.apportion.outcome import Impossible, Outcome, Shared, Tied
from bosett.apportion.problem import Problem, Recipient, TieRule
from bosett.apportion.steps import steps_of
from bosett.basis.refusals import Refusal

LARGEST_FILE = 64 * 1024 * 1024  # bytes
LONGEST_TEXT = 1000  # characters of a claim, an id or a whole number
LARGEST_EXPONENT = 1000
MOST_PERSONS = 10**9

PROBLEM_KEYS = dict.fromkeys(("total", "step", "tie_rule", "recipients"))  # in the order in which they are told
RECIPIENT_KEYS = dict.fromkeys(("id", "claim", "least", "most", "must", "fixed"))
CLAIM = re.compile(r"([+-]?)\s*([0-9]+)(?:/([0-9]+)|(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?)")


class BadFile(Refusal):
    """The file does not hold a problem in the engine's JSON."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where, self.what = where, what

    def inside(self, place: str) -> "BadFile":
        """Return the same about something that stands in `place`."""
        return BadFile(f"{place}.{self.where}" if self.where else place, self.what)


class _Number:
    """A JSON number with a point or an exponent, kept as text so that it can be refused where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text


def read_problem(name: str) -> Problem:
    """Read a problem from a file, or from standard input when the name is `-`.

    Raises:
        BadFile: It cannot be read or does not hold a problem.
    """
    return problem_of(_content(name), name)


def problem_of(content: bytes, name: str = "input") -> Problem:
    """Return the problem that the JSON text holds.

    Raises:
        BadFile: The text is not JSON or not a problem.
        BadProblem: The problem makes no sense.
    """
    if not content.strip():
        raise BadFile(name, "the file is empty; it should hold one JSON object with total and recipients")
    fields = _object(_parsed(content, name), name, PROBLEM_KEYS, ("total", "recipients"))
    listed = fields["recipients"]
    if not isinstance(listed, list):
        raise BadFile("recipients", f"should be a list, not {_kind(listed)}")
    recipients = tuple(_recipients(listed))
    first: dict[str, int] = {}
    for place, who in enumerate(recipients):
        if first.setdefault(who.id, place) != place:
            where = f"recipients[{place}].id"
            raise BadFile(where, f"{who.id!r} stands in recipients[{first[who.id]}] too; each id stands once")
    return Problem(
        total=_whole(fields["total"], "total"),
        recipients=recipients,
        step=_whole(fields.get("step", 1), "step", 1),
        tie_rule=_rule(fields),
    )


def document_of(problem: Problem, outcome: Outcome) -> dict[str, object]:
    """Return the outcome as a JSON document; the steps are an iterator, as they outweigh all else by far."""
    if isinstance(outcome, Shared):
        steps = (
            {"rule": step.rule, "id": step.id, "facts": step.facts, "text": step.text}
            for step in steps_of(problem, outcome)
        )
        return {"outcome": "shared", "numbers": dict(outcome.numbers), "proof": "optimal", "steps": steps}
    if isinstance(outcome, Tied):
        return {
            "outcome": "tied",
            "tied": list(outcome.ranges),
            "range": {who: list(pair) for who, pair in outcome.ranges.items()},
            "numbers": dict(outcome.numbers),
            "places": outcome.places,
        }
    if isinstance(outcome, Impossible):
        return {
            "outcome": "impossible",
            "because": [{"rule": each.rule, "ids": list(each.ids), "text": each.text} for each in outcome.because],
            "nearest_below": outcome.nearest_below,
            "nearest_above": outcome.nearest_above,
        }
    return {
        "outcome": "unproven",
        "numbers": dict(outcome.numbers),
        "cost": None if outcome.cost is None else str(outcome.cost),
        "bound": str(outcome.bound),
    }


def _content(name: str) -> bytes:
    try:
        if name == "-":
            content = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            path = Path(name)
            if path.is_file() and path.stat().st_size > LARGEST_FILE:
                _too_large(name)
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise BadFile(name, f"cannot be read ({reason}); check the path") from error
    except ValueError as error:
        raise BadFile(repr(name), "is no file name; check the path") from error
    if len(content) > LARGEST_FILE:
        _too_large(name)
    return content


def _too_large(name: str) -> NoReturn:
    raise BadFile(name, f"the file is larger than {LARGEST_FILE >> 20} MiB; share it in parts")


def _parsed(content: bytes, name: str) -> object:
    def constant(text: str) -> NoReturn:
        raise BadFile(name, f"{text} is no JSON; give numbers as whole numbers and claims as text")

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        entries = dict(items)
        if len(entries) < len(items):
            keys = [key for key, _ in items]
            twice = next(key for place, key in enumerate(keys) if key in keys[:place])
            raise BadFile(name, f"the key {_short(twice)} stands twice in one object; keep one of them")
        return entries

    def whole(text: str) -> int:
        if len(text) > LONGEST_TEXT:
            raise BadFile(name, f"a number of {len(text)} digits is too long; at most {LONGEST_TEXT} are read")
        return int(text)

    try:
        text = content.decode("utf-8-sig")
        document: object = json.loads(
            text, object_pairs_hook=pairs, parse_constant=constant, parse_int=whole, parse_float=_Number
        )
    except UnicodeDecodeError as error:
        raise BadFile(name, f"not UTF-8 text (byte {error.start}); save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise BadFile(f"{name}:{error.lineno}:{error.colno}", f"not JSON: {error.msg}") from error
    except RecursionError as error:
        raise BadFile(name, "objects and lists lie too deep in each other; see the example in the help") from error
    return document


def _object(value: object, where: str, keys: Mapping[str, None], needed: tuple[str, ...]) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BadFile(where, f"should be an object, not {_kind(value)}")
    if not value.keys() <= keys.keys():
        unknown = next(key for key in value if key not in keys)
        raise BadFile(where, f"unknown key {_short(unknown)}; the keys are {', '.join(keys)}")
    for key in needed:
        if key not in value:
            raise BadFile(where, f"the key {key!r} is missing")
    return value


def _recipients(listed: list[object]) -> Iterator[Recipient]:
    """Yield the recipients; each entry of the list is let go as soon as it is read, as a long one weighs much."""
    for place, each in enumerate(listed):
        try:
            yield _recipient(each)
        except BadFile as error:
            raise error.inside(f"recipients[{place}]") from None
        listed[place] = None


def _recipient(value: object) -> Recipient:
    fields = _object(value, "", RECIPIENT_KEYS, ("id", "claim"))
    must = fields.get("must", False)
    if not isinstance(must, bool):
        raise BadFile("must", f"should be true or false, not {_kind(must)}")
    return Recipient(
        id=_id(fields["id"], "id"),
        claim=_claim(fields["claim"], "claim"),
        least=_whole(fields.get("least", 0), "least"),
        most=None if fields.get("most") is None else _whole(fields["most"], "most"),
        must=must,
        fixed=None if fields.get("fixed") is None else _whole(fields["fixed"], "fixed"),
    )


def _id(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise BadFile(where, f"should be text, not {_kind(value)}")
    if not value or len(value) > LONGEST_TEXT:
        raise BadFile(where, f"should have 1 to {LONGEST_TEXT} characters, not {len(value)}")
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise BadFile(where, "has half of a surrogate pair, which is no letter; write the letter whole")
    return value


def _claim(value: object, where: str) -> Fraction:
    if isinstance(value, str):
        claim = _fraction(value, where)
    elif isinstance(value, int) and not isinstance(value, bool):
        claim = Fraction(value)
    elif isinstance(value, _Number):
        raise BadFile(
            where, f'{_short(value.text)} is a JSON number with a point; give it as text, such as "7/3" or "2.5"'
        )
    else:
        raise BadFile(where, f'should be a fraction or decimal as text, such as "7/3", not {_kind(value)}')
    if claim.numerator <= 0:
        raise BadFile(where, f"{_short(str(value))} is not above 0; leave out whoever has no claim")
    return claim


def _fraction(text: str, where: str) -> Fraction:
    if len(text) > LONGEST_TEXT:
        raise BadFile(where, f"{len(text)} characters are too many; at most {LONGEST_TEXT} are read")
    match = CLAIM.fullmatch(text.strip())
    if match is None:
        raise BadFile(where, f'{_short(text)} is no fraction or decimal; write it such as "7/3" or "2.5"')
    sign, whole, under, decimals, exponent = match.groups()
    if under is not None and not under.strip("0"):
        raise BadFile(where, f"{_short(text)} divides by zero")
    if exponent is not None and (len(exponent) > 6 or abs(int(exponent)) > LARGEST_EXPONENT):
        raise BadFile(
            where, f"the exponent of {_short(text)} is beyond {LARGEST_EXPONENT}; claims only count by proportion"
        )
    digits = int(whole + (decimals or ""))
    power = int(exponent or 0) - len(decimals or "")
    value = Fraction(digits, int(under or 1))
    if power:
        value *= Fraction(10) ** power
    return -value if sign == "-" else value


def _whole(value: object, where: str, smallest: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadFile(where, f"should be a whole number, not {_kind(value)}")
    if not smallest <= value <= MOST_PERSONS:
        raise BadFile(where, f"{_short(str(value))} should be a whole number from {smallest} to {MOST_PERSONS}")
    return value


def _rule(fields: Mapping[str, object]) -> TieRule | None:
    rule = fields.get("tie_rule")
    if rule is None:
        return None
    if rule not in tuple(TieRule):
        names = ", ".join(f'"{each}"' for each in TieRule)
        raise BadFile("tie_rule", f"should be null or one of {names}")
    return TieRule(str(rule))


def _kind(value: object) -> str:
    """Say in JSON's words what a value is."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | _Number):
        return f"the number {_short(value.text if isinstance(value, _Number) else str(value))}"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "an object"


def _short(text: str) -> str:
    """Return a text on one line, cut where it grows long."""
    return repr(text if len(text) <= 40 else f"{text[:40]}...")
