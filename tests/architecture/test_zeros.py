"""A figure that is missing is no 0: each place in the code where a 0 can stand for nothing says why it may.

The syntax trees are read for `x or 0`, `held.get(key, 0)`, `next(found, 0)`, `getattr(x, name, 0)` and
`x if known else 0`, the templates for `default:0`. What has no figure is None, and is told as missing, hidden or
unknown.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
IN_TEMPLATES = re.compile(r"default(?:_if_none)?:\s*\"?0")

# What stands before the colon is a file, or a folder of files of which all of it holds.
MAY: Mapping[str, Mapping[str, str]] = {
    "bosett/apportion": {
        "limit.numerator.bit_length() - limit.denominator.bit_length() if limit else 0": "the engine's own arithmetic",
        "units_at.get(position, 0)": "the engine counts units given: none yet",
        "leap if parts[position] >= leap else 0": "the engine's own arithmetic",
        "self.asked if self.at & self.twins else 0": "the engine's own arithmetic",
        "squares.get(claim, 0)": "a sum that begins",
        "sums.get(under, 0)": "a sum that begins",
        "reached & (1 << total + 1) - 1 if total >= 0 else 0": "a set of reached totals as bits",
        "least if least > 1 else 0": "a least number of 0 or 1 forbids nothing",
        "exponent or 0": "a number written without an exponent",
        "fields.get('least', 0)": "a bound that is not given binds nothing",
    },
    "bosett/matching": {
        "group.misfit.get(site, 0)": "a site that is not named suits",
        "each.count if groups[each.group].kinds[each.kind] > 0 else 0": "what is not too large is not counted",
    },
    "bosett/rounds/release.py": {
        "None if minors_before is None else 0": "what has been told of is nobody when a correction takes it away",
        "None if rest_before is None else 0": "what has been told of is nobody when a correction takes it away",
        "of_minors or 0": "minors that are not told of are among the rest",
        "each.minors or 0": "minors that are not known fit within any number",
    },
    "bosett/rounds/what_if.py": {"sharing.numbers.get(code, 0)": "who has a claim and no number is asked for nobody"},
    "bosett/rounds/target_explanation.py": {"self.numbers.get(code, 0)": "a county without a claim gets nobody"},
    "bosett/rounds/sensitivity.py": {"numbers.get(code, 0)": "who has no number, or no claim, is asked for nobody"},
    "bosett_web/screens/round/criteria_effect.py": {
        "now.numbers.get(code, 0)": "who has no claim is asked for nobody",
        "new.numbers.get(code, 0)": "who has no claim is asked for nobody",
        "now.numbers.get(each.code, 0)": "who has no claim is asked for nobody",
        "new.numbers.get(each.code, 0)": "who has no claim is asked for nobody",
    },
    "bosett/rounds/run_changes.py": {"after.get(place.code, 0)": "who takes no part in a run is given nobody by it"},
    "bosett/rounds/revision_options.py": {
        "revised.base.get(code, 0)": "what is not laid below is shared whole",
        "before.get(code, 0)": "who was not asked is asked for nobody",
        "each.idle or 0": "the sum of those who have answered; how many have not is told beside it",
    },
    "bosett/rounds/need_asked.py": {"int(ramp) if ramp else 0": "a stop that is written without a ramp has none"},
    "bosett/rounds/revision_backtest.py": {"locks.get(code, 0)": "who is not named is not locked by hand"},
    "bosett/stages/answers/known.py": {"self.answered.get(code, 0)": "asked only of who has decided"},
    "bosett/stages/answers/paths.py": {
        "known.decided.get(code) or 0": "a place for those who have not decided, filled in right after",
        "known.settled.get(code, 0)": "the fewest that it can be, where nobody is told of",
    },
    "bosett/stages/forecast/streams.py": {
        "self.came[place] if place < len(self.came) else 0": "the sum of the months that are observed",
        "self.catch_up or 0": "the check that no number is below nothing",
    },
    "bosett/stages/revision.py": {
        "max(least - share.base, 0) if stays else 0": "who may be dropped and has no claim is",
    },
    "bosett_web/screens/round/backtest_place.py": {
        "model.numbers.get(place.code, 0)": "the engine gives no number to one that gets nobody"
    },
    "bosett_web/screens/round/forecasts.py": {"target or 0": "the scale of a drawing; no target draws no mark"},
    "bosett_web/actions/revision": {
        "under15 or 0": "minors that are not told fit within any number",
        "from15 or 0": "minors that are not told fit within any number",
        "facts.asked[code].request if code in facts.asked else 0": "who was not asked is asked for nobody",
    },
    "bosett_web/queries/revision": {
        "locked.get(code, 0)": "of whom nothing is told nobody is known to be settled, and nothing is locked",
        "locks.get(code, 0)": "who is not named is not locked by hand",
        "settled.get(code, 0)": "of whom nothing is told nobody is known to be settled",
        "locked.get(line.municipality, 0)": "of whom nothing is told nobody is known to be settled",
        "now.get(code, 0)": "without a request nobody is asked for",
        "then.get(code, 0)": "without a request nobody is asked for",
    },
    "bosett/documents/explanation.py": {"explanation.ceiling or 0": "said only of a number that is at its ceiling"},
    "bosett/documents/letters/differences.py": {"one or 0": "a place in a list, not a figure"},
    "bosett/render/bars.py": {
        "bar.value or 0": "the scale of a drawing; a bar without a figure is not drawn",
        "figure.persons or 0": "the scale of a drawing; a figure that is missing is not drawn",
        "max((HIGH - 3) * people // most, 1) if people else 0": "a figure of 0 has no height",
    },
    "bosett/render/claim_chart.py": {"dot.number or 0": "a dot without a number is not shown"},
    "bosett/render/page.py": {
        "previous_sum(county.municipalities) or 0": "the scale of a drawing; without a figure there is no mark"
    },
    "bosett/render/reading.py": {
        "figure.persons or 0": "one that was not asked adds nobody; missing ones are left out"
    },
    "bosett/rounds": {
        "sizes[code].value or 0": "the value has been looked for just before",
        "people.get(county.code, 0)": "a count of those that have a number",
        "direct.get(county.code, 0)": "a sum over municipalities that all have a number",
        "people.get(county, 0)": "a sum that begins",
        "at_least.get(code, 0)": "a lock that is not given binds nothing",
        "targets.get(self.county_of[code], 0)": "a sum that begins",
        "targets.get(county.code, 0)": "a sum over municipalities that all have a number",
        "numbers.get(code) or 0": "the distance counts one that is not asked as asked for nobody, and says so",
        "others.get(code) or 0": "the distance counts one that is not asked as asked for nobody, and says so",
        "outcome.numbers.get(code, 0)": "the engine gives no number to one that gets nobody",
    },
    "bosett/stages": {
        "sums.get(county, 0)": "a sum that begins",
        "bound.least or 0": "a bound that is not given binds nothing",
        "FAR if gap else 0": "a distance between words",
        "line.number or 0": "asked only of a line that has a number",
        "locks.get(code, 0)": "a lock that is not given binds nothing",
    },
    "bosett_web/actions": {
        "line.signal_minors or 0": "no minors named is no fault",
        "line.number or 0": "what is left of the target by the numbers given so far",
        "people('minors_number', answer.minors_number) or 0": "no minors named is no fault",
        "_store(year, person, made, not_made) if made or not_made else 0": "how many letters were made",
        "proposed.get(code, 0)": "a shared proposal asks for nobody where it has no line",
        "notice.ramp or 0": "without a ramp the full number comes at once",
        "last or 0": "the number of a try: the first is 1",
        "numbers.under15 or 0": "no minors named is no fault",
        "numbers.from15 or 0": "no minors named is no fault",
    },
    "bosett_web/screens": {
        "answer.decision.version if answer.decision else 0": "a version of a form, shown to nobody",
        "tally(seen_answers).asked or 0": "the scale of a drawing",
        "request.headers.get('Content-Length') or 0": "the length of what was sent",
        "min(int(written), 10 ** 6) if written.isdecimal() and written.isascii() and (len(written) < 8) else 0": (
            "a place in a list, not a figure"
        ),
        "int(written) if written.isascii() and written.isdigit() and (len(written) < 4) else 0": "no figure",
        "bound_file(name).stat().st_size if ready else 0": "the size of a file",
        "total or 0": "what is left of the target by the numbers given so far",
        "view.request.GET.get('from', '0')": "a place in a list, not a figure",
        "asked if asked is not None and asked < len(whole.moving) else 0": "a place in a list, not a figure",
        "by.get(place.county, 0)": "a sum that begins",
        "sums.get(each.code, 0)": "a run has a line for every municipality",
    },
    "bosett_web/queries": {
        "line.previous.persons or 0": "one that was not asked was asked for nobody; missing ones are left out",
        "sum((line.asked_for is None for line in own)) if not shown.is_frozen else 0": ("a frozen round lacks none"),
        "row.number if row is not None and row.number is not None and (not row.preliminary) else 0": (
            "what a version adds to a sum; the tally tells a sum of nothing as unknown"
        ),
        "None if untold else 0": "this is the rule itself",
        "self.answered or 0": "those that are known not to have decided; unknown ones are taken off beside it",
        "line.under15 or 0": "the part that is known; both missing is None",
        "line.from15 or 0": "the part that is known; both missing is None",
        "ordered or 0": "an identity, not a figure",
        "target or 0": "told only where there is a target",
        "Correction.objects.filter(round=at.year, approved_at=None).count() if at.is_frozen else 0": (
            "a count of rows; only a frozen round has any"
        ),
        "row.proposal_id or 0": "an identity, not a figure",
        "line.number or 0": "told as `given`, which is None while nobody has a number",
        "line.outcome or 0": "told only when no outcome is missing",
        "part or 0": "the counties' sum is held against the target only when all have a number",
    },
    "bosett_web/screens/round/country.html": {},
}


def zeros(tree: ast.AST) -> Iterator[str]:
    """Yield the expressions of a module in which a 0 stands for nothing."""
    for node in ast.walk(tree):
        last: ast.expr | None = None
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            last = node.values[-1]
        elif isinstance(node, ast.IfExp):
            last = node.orelse
        elif isinstance(node, ast.Call) and len(node.args) == 2 and _named(node.func) in ("get", "next"):
            last = node.args[1]
        elif isinstance(node, ast.Call) and len(node.args) == 3 and _named(node.func) == "getattr":
            last = node.args[2]
        if isinstance(last, ast.Constant) and last.value in (0, "0") and last.value is not False:
            assert isinstance(node, ast.expr)
            yield ast.unparse(node)


def _named(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def places_of_zeros() -> dict[tuple[str, str], bool]:
    """Return every place of a 0 in code and templates, and whether it has a reason."""
    reasoned = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(SOURCE).as_posix()
        places = zeros(ast.parse(text)) if path.suffix == ".py" else IN_TEMPLATES.findall(text)
        for place in places:
            reasoned[name, place] = any(
                place in MAY[part] for part in MAY if name == part or name.startswith(f"{part}/")
            )
    return reasoned


def test_no_0_stands_for_a_figure_that_is_missing() -> None:
    assert [place for place, has_reason in places_of_zeros().items() if not has_reason] == []


def test_every_reason_is_still_needed() -> None:
    places = places_of_zeros()
    for part, reasons in MAY.items():
        for expression in reasons:
            assert any(
                place == expression and (name == part or name.startswith(f"{part}/")) for name, place in places
            ), (part, expression)


def test_the_rule_finds_what_was_once_written() -> None:
    once = "sum(line.proposed or 0 for line in rows); {'number': last.number if last else 0}; asked.get(code, 0)"
    assert set(zeros(ast.parse(once))) == {"line.proposed or 0", "last.number if last else 0", "asked.get(code, 0)"}
    assert IN_TEMPLATES.search("{{ held|default:0 }}")
    assert not list(zeros(ast.parse("asked.get(code); found or None; fallback if x else 1; held or False")))
