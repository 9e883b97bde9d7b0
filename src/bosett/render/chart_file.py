"""A drawing of a page as a file: SVG with colours of its own, and the same as PNG."""

from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from bosett.render.markup import tag, text

DOTS = 192
"""Dots per inch of a picture: twice as many as a screen shows."""
_LOOKS = """
text { font-family: Inter, "Libertinus Serif", sans-serif; font-size: 10px; text-anchor: middle; fill: #1e2b3c; }
.name { font-size: 11px; fill: #4a5768; }
.heading { font-size: 12px; text-anchor: start; }
.b1 { fill: #a9c8e8; }
.b2 { fill: #2b7bc4; }
.b3 { fill: #00284e; }
.gap { fill: none; stroke: #6b7787; stroke-width: 1.5; stroke-dasharray: 2 2; }
.base { fill: none; stroke: #9aa5b1; }
"""
"""The colours of the pages in light, by class."""
_HEAD, _FOOT, _SIDE, _LETTER = 24, 22, 8, 6


def svg_file(drawing: str, size: tuple[int, int], heading: str, legend: tuple[tuple[str, str], ...], note: str) -> str:
    """Return a drawing as a file that can be looked at by itself.

    Args:
        drawing: The SVG element that a page has.
        size: Its width and height in pixels.
        heading: What it is of.
        legend: Class and words of each kind of bar.
        note: Where its figures are from.
    """
    width, height = size
    wide = max(width, _LETTER * max(len(heading), len(note)) + 2 * _SIDE)
    at, keys = _SIDE, []
    for look, words in legend:
        keys.append(tag("rect", class_=look, x=at, y=_HEAD + height + 6, width=10, height=10))
        keys.append(tag("text", text(words), class_="heading", x=at + 14, y=_HEAD + height + 15))
        at += 14 + _LETTER * len(words) + 14
    lines = [
        tag("style", _LOOKS),
        tag("rect", x=0, y=0, width=wide, height=height + _HEAD + 2 * _FOOT, fill="#ffffff"),
        tag("text", text(heading), class_="heading", x=_SIDE, y=15),
        tag("g", drawing, transform=f"translate({_SIDE} {_HEAD})"),
        *keys,
        tag("text", text(note), class_="heading name", x=_SIDE, y=_HEAD + height + _FOOT + 14),
    ]
    whole = tag(
        "svg",
        "".join(lines),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide} {height + _HEAD + 2 * _FOOT}",
        width=wide,
        height=height + _HEAD + 2 * _FOOT,
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
