"""The picture of the house: its floors as the import linter knows them, and the nouns on those of the workspace."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

WIDTH, HIGH, GAP, LEFT, BOX = 1040, 34, 8, 132, 10
INK, LINE, SHADE = "#1b2733", "#8ea2b5", "#eaf1f7"
FONT = 'font-family="Inter, Helvetica, Arial, sans-serif" font-size="15"'
NOUNS = ("queries", "actions", "screens")
WEB = Path(__file__).parents[1] / "src" / "bosett_web"


def picture(layers: Mapping[str, Sequence[str]]) -> str:
    """Return the picture as SVG.

    Args:
        layers: The layers of each container, highest first, as the contracts of the import linter name them.
    """
    rows = [("The workspace", "")]
    for layer in layers["bosett_web"]:
        for name in _names(layer):
            folder = WEB / name
            rows.append((name, _nouns(layers[f"bosett_web.{name}"], folder) if name in NOUNS else ""))
    rows.append(("The core", ""))
    rows += [(" · ".join(_names(layer)), "") for layer in layers["bosett"]]
    height = len(rows) * (HIGH + GAP) + GAP
    sentence = "The floors of Bosett, highest first: " + "; ".join(" ".join(row).strip() for row in rows)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" {FONT}>',
            f"<title>{escape(sentence)}</title>",
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *_drawn(rows),
            "</svg>",
            "",
        ]
    )


def _drawn(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for at, (name, nouns) in enumerate(rows):
        top = GAP + at * (HIGH + GAP)
        middle = top + HIGH * 2 // 3 - 1
        if name.startswith("The "):
            yield f'<text x="{BOX}" y="{middle}" fill="{INK}" font-weight="700">{escape(name)}</text>'
            continue
        wide = WIDTH - 2 * BOX
        yield f'<rect x="{BOX}" y="{top}" width="{wide}" height="{HIGH}" rx="4" fill="{SHADE}" stroke="{LINE}"/>'
        yield f'<text x="{2 * BOX}" y="{middle}" fill="{INK}" font-weight="600">{escape(name)}</text>'
        if nouns:
            yield f'<text x="{LEFT}" y="{middle}" fill="{INK}" font-size="13">{escape(nouns)}</text>'


def _names(layer: str) -> list[str]:
    return [each.strip(" ()") for each in layer.replace(":", "|").split("|")]


def _nouns(layers: Sequence[str], floor: Path) -> str:
    """Return the nouns of a floor, highest first; those side by side do not know each other."""
    folders = {path.name for path in floor.iterdir() if path.is_dir()} - {"templatetags"}
    nouns = ([name for name in _names(layer) if name in folders] for layer in layers)
    return " over ".join(", ".join(names) for names in nouns if names)
