"""A drawing's file in a browser: it has the colours, lines and letters that the page has in light."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

from playwright.sync_api import Browser

from bosett.geography import municipalities
from bosett.render.bars import Bar, BarGroup, bar_chart
from bosett.render.burn_up import BurnUp, burn_up
from bosett.render.chart_file import ChartKey, ChartWords, svg_file
from bosett.render.chart_looks import AREAS
from bosett.render.claim_chart import Dot, likeness
from bosett.render.count_by_day import Frame, climb
from bosett.render.fan import FanMark, FanPoint, fan
from bosett.render.tile_board import Spot, tile_board
from bosett.render.tornado import TornadoBar, TornadoRow, tornado

ROOT = Path(__file__).parents[2]
SHEETS = (
    *(ROOT / "node_modules/@digdir/designsystemet-css/dist/theme/designsystemet.css",),
    *sorted((ROOT / "src/bosett_web/screens/static/bosett").glob("*.css")),
)
LOOKS = ("fill", "fill-opacity", "stroke", "stroke-dasharray", "text-anchor", "font-weight")
"""What is held against each other of every element; of lines their width, of words their size."""
DAY = date(2021, 3, 1)


def drawings() -> list[str]:
    """Return one drawing of each kind, with every look that it can have."""
    places = municipalities(2021)
    spots = [Spot(place.code, place.county, look, "12", place.name) for look, place in zip(AREAS, places, strict=False)]
    bars = [Bar(look, 3, look) for look in ("b1", "b2", "b3", "bm")]
    points = [FanPoint("A", 1, 2, 4), FanPoint("B", 2, 3, 5, "was")]
    marks = [FanMark(look, value) for look, value in (("m1", 3), ("m2", 4), ("m3", 5))]
    line = [(date(2021, 1, 10), 2), (DAY, 5)]
    year = BurnUp(2021, DAY, [(date(2021, 12, 31), 9)], line, line, line, [(date(2021, 12, 31), 6, 8, 9)], None, "JFM")
    going_on = BurnUp(2021, DAY, [], line, [], [], [], 8, "JFM")
    frame = Frame(date(2021, 1, 1), date(2021, 6, 1), DAY, 9, date(2021, 5, 1), ("a", "b"))
    row = TornadoRow("A", TornadoBar(3, "down"), TornadoBar(4, "up"))
    dots = [Dot("4601", "Bergen", Fraction(5), 6), Dot("4602", "Kinn", Fraction(3), None)]
    return [
        bar_chart([BarGroup("2020", (*bars, Bar("b1", None, "gap")))], "bars", "d"),
        fan(points, marks, 6, "fan", "d"),
        fan(points, [], 6, "fan", "d", is_joined=False),
        burn_up(year, "year", "d"),
        burn_up(going_on, "year", "d"),
        climb(line, frame, "climb", "d"),
        tornado([row], "tornado", "d"),
        likeness(dots, label="likeness", across="x", up="y"),
        tile_board(spots, 2021, "map"),
    ]


def looks_in(browser: Browser, markup: str, within: str) -> list[dict[str, str]]:
    """Return how each shape and text of the drawings within an element is drawn, in their order."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.set_content(markup)
    read = tab.evaluate(
        """([within, looks]) => {
            const looked = (each) => {
                const style = getComputedStyle(each);
                const own = Object.fromEntries(looks.map((look) => [look, style.getPropertyValue(look)]));
                if (style.stroke !== "none") own["stroke-width"] = style.strokeWidth;
                else delete own["stroke-dasharray"];
                if (style.fill === "none") delete own["fill-opacity"];
                if (each.tagName === "text") own["font-size"] = style.fontSize;
                else for (const look of ["text-anchor", "font-weight"]) delete own[look];
                const classes = [each.closest("svg"), each.parentNode, each].map((of) => of.getAttribute("class"));
                own["is"] = classes.join(" ");
                return own;
            };
            return [...document.querySelectorAll(within + " :is(path, rect, circle, text)")].map(looked);
        }""",
        [within, [*LOOKS]],
    )
    tab.close()
    assert isinstance(read, list)
    return read


def test_a_file_looks_as_the_page_does_in_light(browser: Browser) -> None:
    drawn = drawings()
    css = "\n".join(re.sub(r"@font-face \{.*?\}", "", path.read_text(encoding="utf-8")) for path in SHEETS)
    figures = "".join(f'<figure class="chart">{each}</figure>' for each in drawn)
    page = f'<html data-color-scheme="light"><style>{css}</style><body><div id="drawn">{figures}</div></body></html>'
    of_page = looks_in(browser, page, "#drawn svg")
    words = ChartWords("A", ["B."], [ChartKey("t1", "one")], "", ["C"])
    file = svg_file(drawn, words).partition("?>")[2]
    of_file = looks_in(browser, f"<html><body>{file}</body></html>", "svg svg")
    assert len(of_page) > 150
    assert [each["is"] for each in of_file] == [each["is"] for each in of_page]
    assert [pair for pair in zip(of_file, of_page, strict=True) if pair[0] != pair[1]] == []
    # The comparison can fail.
    other = file.replace("#002c54", "#002c55")
    assert looks_in(browser, f"<html><body>{other}</body></html>", "svg svg") != of_page
