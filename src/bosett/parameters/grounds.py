"""Grounds on which a document may be kept from the public: the law and paragraph, as everybody is shown them.

The file lies in `data/grounds`. Laws change: a later one is a new ground beside the old, and no code is ever reused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from bosett.basis.languages import LANGUAGES
from bosett.parameters.nodes import Value, read


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground.

    Attributes:
        code: Short code.
        cites: Law and paragraph, by language.
        about: When it is used, in our words, by language.
        detail: Whether it must be said which paragraph binds, as the ground itself does not name it.
    """

    code: str
    cites: Mapping[str, str]
    about: Mapping[str, str]
    detail: bool


@cache
def load_grounds(name: str = "no") -> Mapping[str, Ground]:
    """Read the shipped grounds by their codes, in the order of the file.

    Raises:
        BadRuleFile: The file is missing, or says something that it may not.
    """
    with as_file(files("bosett") / "data" / "grounds" / f"{name}.yaml") as path:
        return parsed(read(path))


def parsed(value: Value) -> Mapping[str, Ground]:
    """Return the grounds from what was read.

    Raises:
        BadRuleFile: It says something that it may not.
    """
    fields = value.fields(("id", "source", "grounds"))
    grounds = [_ground(each) for each in fields["grounds"].items()]
    by_code = {each.code: each for each in grounds}
    if len(by_code) < len(grounds):
        raise fields["grounds"].refuse("has a code twice")
    return by_code


def _ground(value: Value) -> Ground:
    fields = value.fields(("code", "cites", "about", "detail"))
    return Ground(
        code=fields["code"].text(),
        cites={language: each.text() for language, each in fields["cites"].fields(LANGUAGES).items()},
        about={language: each.text() for language, each in fields["about"].fields(LANGUAGES).items()},
        detail=fields["detail"].choice(("may", "needed")) == "needed",
    )
