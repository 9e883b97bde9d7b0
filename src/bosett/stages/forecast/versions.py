"""Numbers as they became known: each has versions, and of those that a day knows the latest counts.

What became known later is left out, as if it were not there. A number of which a day knows nothing is refused: no
earlier day can be told from what came after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bosett.basis.refusals import Refusal
from bosett.parameters.nodes import Value

ASSUMPTION = "assumption"
"""What a source begins with when the number is nobody's figure but our own."""
NORWEGIAN = ("source_nb", "source_nn")
"""Where a file may say a source in bokmål and nynorsk too."""


class KnownLater(Refusal):
    """On the day asked about, nothing was known of a number yet."""

    def __init__(self, name: str, first: date, day: date) -> None:
        super().__init__(f"{name} was first known on {first}, after {day}. Ask as of a later day, or name its source.")
        self.name, self.first, self.day = name, first, day


@dataclass(frozen=True, slots=True)
class NumberVersion:
    """A number as it was known from a day on; `source` says from where, or begins with `assumption`.

    `source_nb` and `source_nn` say the same in bokmål and nynorsk; empty where only the one text was written.
    """

    value: Fraction
    known_on: date
    source: str
    source_nb: str = ""
    source_nn: str = ""


@dataclass(frozen=True, slots=True)
class DatedNumber:
    """A number by what was known of it; at least one version, the earliest first."""

    name: str
    versions: tuple[NumberVersion, ...]

    def on(self, day: date) -> NumberVersion:
        """Return the version that a day knows.

        Raises:
            KnownLater: It knows none.
        """
        known = [version for version in self.versions if version.known_on <= day]
        if not known:
            raise KnownLater(self.name, self.versions[0].known_on, day)
        return known[-1]


def read_number(value: Value, *, whole: bool = False) -> DatedNumber:
    """Return a number from its place in a file: a list of versions, each with value, day and source.

    Args:
        value: The place.
        whole: Whether it is of whole persons.

    Raises:
        BadRuleFile: It says something that it may not.
    """
    versions = []
    for each in value.items():
        fields = each.fields(("value", "known_on", "source"), NORWEGIAN)
        number = Fraction(fields["value"].whole()) if whole else fields["value"].fraction()
        versions.append(
            NumberVersion(number, fields["known_on"].day(), read_source(fields["source"]), **norwegian(fields))
        )
    refuse_disorder(value, [version.known_on for version in versions])
    return DatedNumber(value.path, tuple(versions))


def read_source(value: Value) -> str:
    """Return a source; an assumption says why, after a colon.

    Raises:
        BadRuleFile: It does not.
    """
    text = value.text()
    if text.startswith(ASSUMPTION) and not text.removeprefix(ASSUMPTION).removeprefix(":").strip():
        raise value.refuse("is an assumption without a reason; write `assumption: ` and why")
    return text


def norwegian(fields: Mapping[str, Value]) -> Mapping[str, str]:
    """Return what a file says of a source in bokmål and nynorsk, by the names of their fields."""
    return {name: fields[name].text() for name in NORWEGIAN if name in fields}


def refuse_disorder(value: Value, days: list[date]) -> None:
    """Refuse versions that do not stand in the order in which they became known.

    Raises:
        BadRuleFile: They do not, or there is none.
    """
    if not days or days != sorted(set(days)):
        raise value.refuse("must be told by the day from which it was known, each once and the earliest first")
