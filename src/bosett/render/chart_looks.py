"""The colours of the drawings in a file that stands alone: those of the pages in light, by class.

A page has them from its own sheets of style, where they follow light and dark. A test holds the two against each other
in a browser (`tests/e2e/test_chart_files.py`). What makes the pictures knows no `:is()`, and no variables.
"""

from collections.abc import Mapping

TEXT, QUIET, PAPER = "#292c30", "#5b5d60", "#fff"
PALEST, PALER, PALE, MIDDLE, STRONG, DARK = "#eef4fa", "#c7ddf0", "#99c0e3", "#2a7cc5", "#0062ba", "#002c54"
GREY, LINE, FAINT = "#e8e8e9", "#77797b", "#bbbcbd"
WARM, WARM_EDGE, WARM_PALE, WARM_DARK = "#ea9b1b", "#a56d13", "#f2c275", "#80540f"
RED = "#c01b1b"

AREAS: Mapping[str, tuple[str, str, str]] = {
    "t0": (GREY, f"stroke: {FAINT}; stroke-width: .8", TEXT),
    "t1": (PALEST, f"stroke: {PALE}; stroke-width: .6", DARK),
    "t2": (PALER, "", DARK),
    "t3": (PALE, "", DARK),
    "t4": (STRONG, "", PAPER),
    "t5": (DARK, "", PAPER),
    "tx": (PAPER, f"stroke: {QUIET}; stroke-width: 1", TEXT),
    "tout": ("none", f"stroke: {QUIET}; stroke-width: 1; stroke-dasharray: 3 2", DARK),
    "untold": ("none", f"stroke: {LINE}; stroke-dasharray: 1 2", DARK),
    "equal": (STRONG, "", PAPER),
    "over": (DARK, "", PAPER),
    "fewer": (WARM, f"stroke: {WARM_EDGE}; stroke-width: .8", "#000"),
    "refused": (RED, "", PAPER),
    "preliminary": ("#ddeaf6", f"stroke: {MIDDLE}; stroke-dasharray: 3 2", DARK),
    "change-more": (STRONG, "", PAPER),
    "change-in": (DARK, "", PAPER),
    "change-fewer": (WARM, f"stroke: {WARM_EDGE}; stroke-width: .8", "#000"),
    "change-out": (RED, "", PAPER),
    "change-same": (PALEST, f"stroke: {PALE}; stroke-width: .6", DARK),
    "change-none": (GREY, f"stroke: {FAINT}; stroke-width: .8", DARK),
    "change-unknown": (PAPER, f"stroke: {QUIET}; stroke-dasharray: 2 2", DARK),
    "pace-full": (DARK, "", PAPER),
    "pace-ahead": (STRONG, "", PAPER),
    "pace-on-plan": (PALER, "", DARK),
    "pace-behind": (WARM, f"stroke: {WARM_EDGE}; stroke-width: .8", "#000"),
    "pace-hidden": ("none", f"stroke: {MIDDLE}; stroke-dasharray: 3 2", DARK),
}
"""What fills an area and edges it, and the colour of a number on it."""
_FONT = 'font-family: Inter, "Libertinus Serif", sans-serif'
_REST = f"""
text {{ {_FONT}; font-size: 10px; fill: {TEXT}; }}
.bars text, .map text {{ text-anchor: middle; }}
.bars .name {{ font-size: 11px; fill: {QUIET}; }}
.bars .start {{ text-anchor: start; }}
.bars .end {{ text-anchor: end; }}
.b1 {{ fill: #afcee9; }}
.b2 {{ fill: {MIDDLE}; }}
.b3 {{ fill: {DARK}; }}
.bm {{ fill: {WARM}; stroke: {WARM_EDGE}; }}
.gap {{ fill: none; stroke: {QUIET}; stroke-width: 1.5; stroke-dasharray: 2 2; }}
.base {{ fill: none; stroke: {LINE}; }}
.map text {{ fill: {DARK}; }}
.real path {{ stroke: {PAPER}; }}
.map .border {{ fill: none; stroke: {QUIET}; stroke-width: 1.6; stroke-linecap: round; }}
.fan text, .fan .name, .tornado text {{ font-size: 13px; }}
.fan .area {{ fill: {PALER}; }}
.fan .line {{ fill: none; stroke: {DARK}; stroke-width: 2; }}
.fan .point {{ fill: {DARK}; }}
.fan .area.was {{ fill: #c9cacb; }}
.fan .point.was {{ fill: {QUIET}; }}
.fan .top {{ fill: none; stroke: {FAINT}; }}
.fan .mark, .key .m1, .key .m2, .key .m3 {{ fill: none; stroke: {TEXT}; stroke-width: 1.75; }}
.fan .m2, .key .m2 {{ stroke-dasharray: 7 4; }}
.fan .m3, .key .m3 {{ stroke-dasharray: 2 3; }}
.fan text.m1, .fan text.m2, .fan text.m3 {{ stroke: none; }}
.fan text.middle {{ font-weight: 600; }}
.fan text.high, .fan text.low {{ fill: {DARK}; }}
.climb .line {{ fill: none; stroke: {DARK}; stroke-width: 2; }}
.climb .area {{ fill: {PALEST}; }}
.climb .mark {{ fill: none; stroke: {TEXT}; stroke-width: 1.5; stroke-dasharray: 4 3; }}
.climb .top {{ fill: none; stroke: {FAINT}; stroke-dasharray: 2 3; }}
.burn-up path, .key path {{ fill: none; stroke-width: 2; }}
.burn-up .base, .burn-up .top {{ stroke-width: 1; }}
.burn-up .top {{ stroke: {FAINT}; stroke-dasharray: 2 3; }}
.burn-up .area {{ fill: #ddeaf6; stroke: none; }}
.burn-up .line, .key .line-settled {{ stroke: {DARK}; stroke-width: 3; }}
.burn-up .agreed, .key .line-agreed {{ stroke: {STRONG}; stroke-width: 1.75; }}
.burn-up .enquired, .key .line-enquired {{ stroke: {MIDDLE}; stroke-width: 1.5; stroke-dasharray: 1.5 2.5; }}
.burn-up .plan, .key .line-planned {{ stroke: {TEXT}; stroke-width: 1.5; stroke-dasharray: 7 4; }}
.burn-up .fan {{ fill: {WARM_PALE}; fill-opacity: .65; stroke: {WARM_EDGE}; stroke-width: .75; }}
.key .line-fan {{ stroke: {WARM_PALE}; stroke-width: 8; }}
.burn-up .middle {{ stroke: {WARM_DARK}; stroke-width: 1.75; }}
.burn-up .until-now, .key .line-until_now {{ stroke: {QUIET}; stroke-width: 2; stroke-dasharray: 2 4; }}
.burn-up .now {{ stroke: {LINE}; stroke-width: 1; }}
.burn-up .fan-end {{ font-weight: 600; }}
.tornado .down, .key .down {{ fill: {WARM}; stroke: {WARM_EDGE}; }}
.tornado .up, .key .up {{ fill: {STRONG}; }}
.likeness .rule {{ stroke: {FAINT}; }}
.likeness .same {{ stroke: {QUIET}; stroke-dasharray: 4 3; }}
.likeness text {{ font-size: 11px; fill: {QUIET}; }}
.likeness .dot {{ fill: {STRONG}; fill-opacity: .75; }}
.likeness .dot.none {{ display: none; }}
.heading {{ font-size: 16px; font-weight: 600; }}
.said {{ font-size: 12px; }}
.note {{ font-size: 10px; fill: {QUIET}; }}
"""


def looks() -> str:
    """Return the rules of style of a file of a drawing."""
    lines = [_REST.strip()]
    for look, (fill, edge, words) in AREAS.items():
        lines.append(f".{look} rect, .{look} path {{ fill: {fill}; {edge} }}")
        lines.append(f".map .{look} text {{ fill: {words}; }}")
    return "\n".join(lines)
