"""The one family of errors that a person is meant to read.

A refusal says what is wrong, where, and what to do about it, in one line. Each kind is defined beside the function that
raises it and carries its facts as attributes; the command line turns it into a line on stderr and an exit code.
"""

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
