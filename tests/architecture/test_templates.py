"""Templates that people can read: short lines, nothing that nobody asks for, and tags that say what they write."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
TAGS = next(SOURCE.rglob("templatetags/bosett.py"))
LONGEST = 120
SCREENS = SOURCE / "bosett_web" / "screens"
TEMPLATES = {
    path.relative_to(SCREENS).as_posix().removeprefix("templates/"): path.read_text(encoding="utf-8")
    for path in sorted(SCREENS.rglob("*.html"))
}
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py")))
PARTED = re.compile(
    r"^\s*(?:\{% (?:if|elif|else|for)\b[^%]*%\}\s*)?[,.:;!?)]|^(?!.*\{% if).*\{% endif %\}[,.:;!?)]", re.MULTILINE
)
"""A sign that ends a word, parted from it by the end of a line: it would be shown with a blank before it."""
PLAIN_SUMMARY = re.compile(
    r"""<details\s[^>]*class="move"(?:[^>]|(?<=%)>)*>\s*<summary(?![^>]*class="ds-(?:button|link)")"""
)
"""What opens a move, and looks like neither button nor link: it has no marker that tells that it opens."""
MADE_TAG = re.compile(r"^@register\.(?:\w+).*\ndef (\w+)", re.MULTILINE)


def long_lines(text: str) -> list[int]:
    """Return the numbers of the lines that are too long."""
    return [number for number, line in enumerate(text.splitlines(), 1) if len(line) > LONGEST]


def unused(names: Iterable[str], templates: Iterable[str], code: str) -> list[str]:
    """Return the templates that nothing asks for.

    It is asked for by its path; a whole page may also be named as the function beside it that builds it.
    """
    everything = "\n".join((*templates, code))

    def is_used(name: str) -> bool:
        stem = Path(name).stem
        whole = rf"^def {stem}\(" if not stem.startswith("_") else "(?!)"
        return f'"{name}"' in everything or re.search(whole, code, re.MULTILINE) is not None

    return [name for name in names if not is_used(name)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_line_is_too_long(name: str) -> None:
    assert long_lines(TEMPLATES[name]) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_sign_is_parted_from_its_word(name: str) -> None:
    assert PARTED.findall(TEMPLATES[name]) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_opens_a_move_is_seen_to_open_it(name: str) -> None:
    assert PLAIN_SUMMARY.findall(TEMPLATES[name]) == []


def test_every_template_is_used() -> None:
    assert unused(TEMPLATES, TEMPLATES.values(), CODE) == []


def test_every_tag_and_filter_is_used_and_listed() -> None:
    text = TAGS.read_text(encoding="utf-8")
    listed = ast.get_docstring(ast.parse(text)) or ""
    for name in MADE_TAG.findall(text):
        assert re.search(rf"^ +\|?{name}\b", listed, re.MULTILINE), f"{name} does not stand in the list"
        asked = re.compile(rf"{{% {name}\b|\|{name}\b")
        assert any(asked.search(template) for template in TEMPLATES.values()), f"nothing asks for {name}"


def test_the_checks_can_fail() -> None:
    assert long_lines("<p></p>\n" + "x" * 121) == [2]
    assert PARTED.search("{{ county }}\n{% if year %}, {{ year }}{% endif %}")
    assert PARTED.search("{{ county }}\n  {% if year %}\n  ({{ year }}){% endif %}.")
    assert not PARTED.search("{{ county }}{% if year %}, {{ year }}{% endif %}.\n(2021)")
    assert PLAIN_SUMMARY.search(
        '<details class="move" {% if form.is_bound %}open{% endif %}>\n  <summary>Move</summary>'
    )
    assert not PLAIN_SUMMARY.search('<details class="move">\n  <summary\n    class="ds-button"\n  >Move</summary>')
    code, page = 'def room(view):\n    show(request, "site/gone.html")', '{% include "_sums.html" %}'
    names = ["meetings/room.html", "site/gone.html", "_sums.html", "meetings/_room.html", "round/old.html"]
    assert unused(names, [page], code) == ["meetings/_room.html", "round/old.html"]
