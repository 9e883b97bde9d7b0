"""Read YAML strictly: every scalar stays the text that was written, and every refusal names file and line.

YAML is composed to nodes and no further, so `no` stays a word and 0.15 never becomes a float.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import yaml

from bosett.basis.refusals import Refusal

LARGEST_FILE = 1 << 20  # bytes; a criteria file has a few thousand


class BadRuleFile(Refusal):
    """A rule file cannot be read, or says something that it may not."""

    def __init__(self, file: str, line: int | None, what: str) -> None:
        super().__init__(f"{file}{'' if line is None else f', line {line}'}: {what}")
        self.file, self.line = file, line


@dataclass(frozen=True, slots=True)
class Value:
    """One place in a rule file: what stands there, and where."""

    node: yaml.Node
    file: str
    path: str

    @property
    def line(self) -> int:
        """Return the line, from 1."""
        return int(self.node.start_mark.line) + 1

    def refuse(self, what: str) -> BadRuleFile:
        """Return the refusal of this place, to be raised."""
        return BadRuleFile(self.file, self.line, f"{self.path or 'the file'} {what}")

    def text(self) -> str:
        """Return the text that stands here."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            raise self.refuse("must be text")
        return str(self.node.value).strip()

    def choice(self, choices: tuple[str, ...]) -> str:
        """Return the text, which must be one of `choices`."""
        text = self.text()
        if text not in choices:
            raise self.refuse(f"is {text!r}; it must be one of {', '.join(choices)}")
        return text

    def whole(self) -> int:
        """Return a whole number of 0 or more."""
        text = self.text()
        if not text.isascii() or not text.isdigit() or len(text) > 12:
            raise self.refuse(f"is {text!r}; it must be a whole number such as 10")
        return int(text)

    def fraction(self) -> Fraction:
        """Return an exact number, written as 0.15 or 1/3."""
        text = self.text()
        # Without exponents and within 40 characters no number is large enough to harm.
        try:
            return Fraction(text if len(text) <= 40 and "e" not in text.lower() else "")
        except (ValueError, ZeroDivisionError):
            raise self.refuse(f"is {text!r}; it must be a number such as 0.15 or 1/3") from None

    def day(self) -> date:
        """Return a date, written 2020-06-30."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.refuse(f"is {self.text()!r}; it must be a date such as 2020-06-30") from None

    def items(self) -> list["Value"]:
        """Return the entries of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.refuse("must be a list")
        return [Value(node, self.file, f"{self.path}[{place}]") for place, node in enumerate(self.node.value)]

    def fields(self, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> Mapping[str, "Value"]:
        """Return the entries of a mapping whose keys are known beforehand: all of `needed`, any of `optional`."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.refuse("must be a mapping of keys to values")
        entries: dict[str, Value] = {}
        for key, node in self.node.value:
            name = str(key.value)
            here = Value(key, self.file, f"{self.path}.{name}" if self.path else name)
            if name not in (*needed, *optional):
                raise here.refuse(f"is not a known key; known here are {', '.join((*needed, *optional))}")
            if name in entries:
                raise here.refuse("stands twice")
            entries[name] = Value(node, self.file, here.path)
        missing = [name for name in needed if name not in entries]
        if missing:
            raise self.refuse(f"lacks {', '.join(missing)}")
        return entries


def read(path: Path, places: Mapping[str, str] | None = None) -> Value:
    """Read one rule file; `places` is what is put into it first, where `{name}` stands.

    Raises:
        BadRuleFile: It is missing, empty, too large, not UTF-8, or no YAML.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise BadRuleFile(
                name, None, f"is larger than {LARGEST_FILE} bytes; a rule file is small. Is it the right file?"
            )
        text = content.decode("utf-8")
    except OSError as error:
        raise BadRuleFile(str(path), None, f"cannot be read ({error.strerror}). Check the name.") from None
    except UnicodeDecodeError:
        raise BadRuleFile(name, None, "is not UTF-8 text. Save it as UTF-8.") from None
    for place, filled in (places or {}).items():
        text = text.replace(f"{{{place}}}", filled)
    return read_text(text, name)


def read_text(text: str, name: str) -> Value:
    """Read the text of a rule file; `name` is what refusals call it.

    Raises:
        BadRuleFile: It is empty, or no YAML.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it is not YAML"
        raise BadRuleFile(name, mark.line + 1 if mark else None, f"cannot be read as YAML: {problem}") from None
    except RecursionError:
        raise BadRuleFile(name, None, "cannot be read as YAML: it is nested too deeply") from None
    if node is None:
        raise BadRuleFile(name, None, "is empty. Write the criteria in it, as docs/how-to tells.")
    return Value(node, name, "")
