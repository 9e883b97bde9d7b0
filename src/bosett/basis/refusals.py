"""The one family of errors that a person is meant to read.

A refusal says what is wrong, where, and what to do about it, in one line. Each kind is defined beside the function that
raises it and carries its facts as attributes; the command line turns it into a line on stderr and an exit code.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import ClassVar


class Exit(IntEnum):
    """How a command ended, as its exit code."""

    DONE = 0
    BAD_INPUT = 2
    TIED = 3
    IMPOSSIBLE = 4
    UNPROVEN = 5


class Refusal(Exception):
    """Something that a person must mend before the work can go on."""

    exit_code: ClassVar[Exit] = Exit.BAD_INPUT


class CodedRefusal(Refusal):
    """A refusal that is told in the reader's own language too.

    Attributes:
        code: What words are found by.
        facts: What they are filled with, as plain data: it can be kept as JSON, and told later.
    """

    def __init__(self, sentence: str, code: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(sentence)
        self.code, self.facts = code, dict(facts or {})
