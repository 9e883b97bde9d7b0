"""The forms of a page, as a browser would send them: where to, and what stands in each field."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNWRITTEN = frozenset({"submit", "button", "reset", "image", "file"})
PLAUSIBLE = {"date": "2020-09-01", "datetime-local": "2020-09-01T10:00", "number": "1"}
NUMERIC = frozenset({"numeric", "decimal"})


@dataclass
class PageForm:
    """A form: its address, its values by name, and the names of the fields in which one writes text."""

    action: str
    posts: bool
    values: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.by_id: dict[str, PageForm] = {}
        self.open: PageForm | None = None
        self.area, self.select, self.late = "", "", list[tuple[str, str, dict[str, str]]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.open = PageForm(attributes.get("action", ""), attributes.get("method", "").lower() == "post")
            self.forms.append(self.open)
            if "id" in attributes:
                self.by_id[attributes["id"]] = self.open
        elif tag in ("input", "textarea", "select") and "name" in attributes and "disabled" not in attributes:
            if "form" in attributes:
                self.late.append((tag, attributes["form"], attributes))
            elif self.open is not None:
                self._hold(self.open, tag, attributes)
        elif tag == "option" and self.select and self.open is not None:
            values = self.open.values
            values[self.select] = (
                attributes.get("value", "") if "selected" in attributes else values[self.select] or attributes["value"]
            )

    def _hold(self, form: PageForm, tag: str, attributes: dict[str, str]) -> None:
        name, kind = attributes["name"], attributes.get("type", "text") if tag == "input" else tag
        if kind in UNWRITTEN or (kind in ("checkbox", "radio") and "checked" not in attributes):
            return
        numeric = attributes.get("inputmode", "") in NUMERIC
        plausible = PLAUSIBLE["number" if numeric else kind] if numeric or kind in PLAUSIBLE else ""
        form.values[name] = attributes.get("value", "on" if kind == "checkbox" else "") or plausible
        if kind in ("text", "search", "textarea") and not numeric:
            form.texts.append(name)
        self.area, self.select = (name if kind == each else "" for each in ("textarea", "select"))

    def handle_data(self, data: str) -> None:
        if self.area and self.open is not None:
            self.open.values[self.area] = data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        self.area = "" if tag == "textarea" else self.area
        self.select = "" if tag == "select" else self.select


def forms_of(page: str) -> list[PageForm]:
    """Return the forms of a page that are sent to be acted on."""
    parser = _Parser()
    parser.feed(page)
    for tag, owner, attributes in parser.late:
        if owner in parser.by_id:
            parser._hold(parser.by_id[owner], tag, attributes)  # noqa: SLF001  - its own
    return [form for form in parser.forms if form.posts]
