"""What a letter may not be without: when something lacks, no letter is made, and all that lacks is told at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bosett.basis.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that lacks: its code, and facts that say where, such as the name of a municipality."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        facts = ", ".join(str(fact) for fact in self.facts.values())
        return f"{self.code} ({facts})" if facts else self.code


class Missing(Refusal):
    """A letter cannot be made as facts lack that it may not be without."""

    def __init__(self, kind: str, lacks: tuple[Lack, ...]) -> None:
        listed = ", ".join(map(str, lacks))
        super().__init__(
            f"The letter ({kind}) is not made, as it lacks: {listed}. Nothing of it is guessed; give them."
        )
        self.kind, self.lacks = kind, lacks


def lacking(things: Iterable[tuple[str, object]], **facts: str | int) -> tuple[Lack, ...]:
    """Return a lack for each thing that is None or empty; 0 and False are answers.

    Args:
        things: Code and value.
        facts: What says where, for all of them.
    """
    return tuple(Lack(code, facts) for code, value in things if value is None or value in ("", ()))
