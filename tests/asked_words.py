"""Which codes of words the source asks for: as they stand, or composed of parts that stand and names between them."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

CODE = re.compile(r"[\w.-]+")
TAG = re.compile(r"\{[%{].*?[%}]\}", re.DOTALL)
PARTS = re.compile(r'"([^"]*)"|([\w.]+)')
PLACE = "\0"
"""Stands for whatever is filled in when the program runs."""


class Asked:
    """What some files say that may be a code, the form of a composed one, or a name that completes it.

    Attributes:
        whole: Texts that stand in the source.
        forms: Composed codes, with a sign for each place that is filled in: party_*, duty_*.many.
        names: Every word of the source that may fill a place: names, values, addresses.
    """

    def __init__(self, *places: Path) -> None:
        self.whole: set[str] = set()
        self.forms: set[str] = set()
        self.names: set[str] = set()
        for place in places:
            for path in [place] if place.is_file() else sorted(place.rglob("*")):
                if path.suffix == ".py":
                    self._python(path.read_text(encoding="utf-8"))
                elif path.suffix in (".html", ".txt", ".js", ".yaml") and path.parent.name != "words":
                    self._template(path.read_text(encoding="utf-8"))

    def hear(self, other: "Asked") -> None:
        """Take what other files say as what may complete a code; how they compose theirs is their own affair."""
        self.names |= other.names | other.whole

    def unused(self, codes: Iterable[str]) -> list[str]:
        """Return the codes that nothing asks for."""
        return [code for code in codes if code not in self.whole and not self._composed(code)]

    def _composed(self, code: str) -> bool:
        """Tell whether a code has one of the forms, with a name of the source, or what is composed itself, in it."""
        for form in self.forms:
            match = re.fullmatch(re.escape(form).replace(PLACE, "(.+)"), code)
            if match and all(self._is_name(part) or self._composed(part) for part in match.groups()):
                return True
        return False

    def _is_name(self, part: str) -> bool:
        return not {part, part.replace("_", "-")}.isdisjoint(self.names | self.whole)

    def _python(self, text: str) -> None:
        parts: set[ast.AST] = set()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.JoinedStr):
                parts.update(node.values)
                self._form([str(part.value) if isinstance(part, ast.Constant) else PLACE for part in node.values])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and node not in parts:
                self._constant(node.value if isinstance(node.value, str) else node.value.decode("ascii", "replace"))
            elif isinstance(node, ast.Name | ast.arg | ast.Attribute | ast.keyword):
                self.names.add(str(next(getattr(node, each) for each in ("id", "arg", "attr") if hasattr(node, each))))

    def _constant(self, text: str) -> None:
        self.whole.add(text)
        if len(text) < 1000 and re.fullmatch(r"[a-z_0-9][\w.-]*(\s+[a-z_0-9][\w.-]*)*", text.strip()):
            self.names |= set(text.split())
        if re.fullmatch(r"[a-z]\w*_", text):
            self.forms.add(text + PLACE)
        if re.fullmatch(r"_[a-z]\w*", text):
            self.forms.add(PLACE + text)

    def _template(self, text: str) -> None:
        for tag in TAG.findall(text):
            parts = [(PLACE if name else whole) for whole, name in PARTS.findall(tag)]
            for start, part in enumerate(parts):
                if part is PLACE:
                    continue
                self.whole.add(part)
                composed = parts[start : start + 3]
                self._form(composed[:2])
                self._form(composed)
        self.names |= set(re.findall(CODE, text))

    def _form(self, parts: list[str]) -> None:
        form = "".join(parts)
        if PLACE in form and re.fullmatch(rf"[a-z][\w.-]+[_.]{PLACE}[\w.{PLACE}-]*|{PLACE}[_.][a-z][\w.]+", form):
            self.forms.add(form)
