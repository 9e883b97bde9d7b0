"""A step: one reason for one number, as code, facts and a plain sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """One reason on the way to a number.

    Attributes:
        rule: Short code of the rule that spoke, for example `floor`.
        id: The recipient that it is about, or None when it is about all.
        facts: Exact facts as text or whole numbers (fractions are text such as `7/3`).
        text: The same in one English sentence, for engineers and files; people get theirs from `documents`.
    """

    rule: str
    id: str | None
    text: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
