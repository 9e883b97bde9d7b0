"""Drawings of a page as a file: SVG with words and colours of its own, and the same as PNG."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap

import typst

from bosett.render.chart_looks import looks
from bosett.render.markup import tag, text

DOTS = 192
"""Dots per inch of a picture: twice as many as a screen shows."""
SIDE, APART, LEAST = 16, 24, 480
"""Pixels around a file and between two drawings, and how wide it is at least."""
_HEADING, _SAID, _NOTE = 16, 12, 10
"""Sizes of letters, as the rules of style have them."""
_LETTER = Fraction(11, 20)
"""How wide a letter is on the average, as a part of its size: a little too much is right, as no line may run out."""
_KEY, _STROKE = 14, 28
_LINE, _BORDER = Fraction(3, 5), Fraction(8, 5)
"""Pixels of the lines of a real map: around municipalities, and between counties."""


@dataclass(frozen=True, slots=True)
class ChartKey:
    """What a colour or a line of a drawing means: its class, and what it is in words; `is_line` draws a line."""

    look: str
    words: str
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What stands around drawings in a file.

    Attributes:
        heading: What they are of.
        says: What they show, in sentences.
        keys: What their colours mean.
        keys_of: What the colours tell of, such as persons per 1000 inhabitants; empty where the keys say it.
        notes: Where their figures are from, and as of when.
    """

    heading: str
    says: Sequence[str]
    keys: Sequence[ChartKey]
    keys_of: str
    notes: Sequence[str]


def svg_file(drawings: Sequence[str], words: ChartWords) -> str:
    """Return drawings as a file that can be looked at by itself, one beside the other.

    Args:
        drawings: The SVG elements that a page has; what leads somewhere on the page leads nowhere here.
        words: What stands around them.
    """
    sizes = [_size(each) for each in drawings]
    wide = max(LEAST, sum(width for width, _ in sizes) + APART * (len(sizes) - 1)) + 2 * SIDE
    column = _Column(wide)
    column.write("heading", [words.heading], _HEADING)
    column.space(SIDE // 4)
    column.write("said", words.says, _SAID)
    column.space(SIDE // 2)
    left = SIDE
    for drawing, (width, height) in zip(drawings, sizes, strict=True):
        column.put(tag("g", _still(drawing, width, height), transform=f"translate({left} {column.y})"))
        left += width + APART
    column.space(max(height for _, height in sizes) + SIDE // 2)
    column.write("said", [words.keys_of] if words.keys_of else [], _SAID)
    column.legend(words.keys)
    column.space(SIDE // 4)
    column.write("note", words.notes, _NOTE)
    high = column.y + SIDE
    whole = tag(
        "svg",
        tag("style", looks()) + tag("rect", width=wide, height=high, fill="#ffffff") + "".join(column.parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide} {high}",
        width=wide,
        height=high,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'


def png_file(svg: str) -> bytes:
    """Return a file of a drawing as a picture, the same bytes each time."""
    with TemporaryDirectory() as folder:
        Path(folder, "chart.svg").write_text(svg, encoding="utf-8")
        page = Path(folder, "chart.typ")
        page.write_text('#set page(width: auto, height: auto, margin: 0pt)\n#image("chart.svg")\n', encoding="utf-8")
        picture = typst.compile(page, format="png", ppi=DOTS, ignore_system_fonts=True)
    assert isinstance(picture, bytes)  # noqa: S101  - one page is one picture
    return picture


class _Column:
    """What stands in a file from the top down."""

    def __init__(self, wide: int) -> None:
        self.parts: list[str] = []
        self.y = SIDE
        self._wide = wide

    def space(self, pixels: int) -> None:
        self.y += pixels

    def put(self, part: str) -> None:
        self.parts.append(part)

    def write(self, look: str, paragraphs: Sequence[str], size: int) -> None:
        """Write paragraphs in lines that fit."""
        letters = int((self._wide - 2 * SIDE) / (_LETTER * size))
        for paragraph in paragraphs:
            for line in wrap(paragraph, letters):
                self.y += size * 3 // 2
                self.put(tag("text", text(line), class_=look, x=SIDE, y=self.y))

    def legend(self, keys: Sequence[ChartKey]) -> None:
        """Write what each colour means, in rows that fit."""
        at = SIDE
        for place, key in enumerate(keys):
            drawn = _STROKE if key.is_line else _KEY
            width = drawn + 6 + int(_LETTER * _SAID * len(key.words)) + 16
            if place == 0 or at + width > self._wide - SIDE:
                at, self.y = SIDE, self.y + 20
            self.put(_swatch(key, at, self.y))
            self.put(tag("text", text(key.words), class_="said", x=at + drawn + 6, y=self.y))
            at += width


def _swatch(key: ChartKey, x: int, y: int) -> str:
    if key.is_line:
        drawn = tag("path", class_=key.look, d=f"M{x} {y - 4}h{_STROKE}")
        return tag("g", drawn, class_="key")
    # An area has its class on what is filled, or on what that stands in: whichever the drawing does.
    drawn = tag("rect", class_=key.look, x=x, y=y - 11, width=_KEY - 2, height=_KEY - 2, rx=2)
    return tag("g", tag("g", drawn, class_=key.look), class_="key")


def _size(drawing: str) -> tuple[int, int]:
    """Return width and height of an element in pixels: its own, or those of what it shows."""
    head = drawing[: drawing.index(">")]
    own = [re.search(rf'\s{side}="(\d+)"', head) for side in ("width", "height")]
    if all(own):
        width, height = (int(each[1]) for each in own if each)
        return width, height
    box = re.search(r'viewBox="[-\d]+ [-\d]+ (\d+) (\d+)"', head)
    assert box  # noqa: S101  - every drawing of ours has one
    return int(box[1]), int(box[2])


def _still(drawing: str, width: int, height: int) -> str:
    """Return an element of a size of its own, without addresses."""
    still = re.sub(r' (?:href|data-[\w-]+)="[^"]*"', "", drawing)
    if not re.match(r"<svg[^>]* width=", still):
        still = still.replace("<svg", f'<svg width="{width}" height="{height}"', 1)
    return _as_thick(still, width) if 'class="map real"' in still[: still.index(">")] else still


def _as_thick(drawing: str, width: int) -> str:
    """Return a map of real borders with its lines as thick as on the page, where they do not grow with the map."""
    box = re.search(r'viewBox="[-\d]+ [-\d]+ (\d+)', drawing)
    assert box  # noqa: S101  - every drawing of ours has one
    unit = Fraction(int(box[1]), width)
    line, border = (f'style="stroke-width: {float(each * unit):.2f}"' for each in (_LINE, _BORDER))
    return drawing.replace("<path d=", f"<path {line} d=").replace(
        '<path class="border"', f'<path {border} class="border"'
    )
