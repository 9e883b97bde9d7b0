"""The back-test of revisions: the cut of 2020 for all 211, and the rise of 2022 as far off as it is."""

import json

import pytest

from bosett.cli import main
from bosett.figures import series
from bosett.rounds.revision_backtest import KEPT, RevisionCase, judge_revisions


@pytest.fixture(scope="module")
def cases() -> dict[tuple[int, str], RevisionCase]:
    return {(each.year, each.way): each for each in judge_revisions()}


def test_with_the_eleven_locks_the_cut_is_the_real_one(cases: dict[tuple[int, str], RevisionCase]) -> None:
    case = cases[2020, "by the request, with eleven locks"]
    assert (case.total, case.equal, case.asked, int(case.apart.persons)) == (3602, 211, 211, 0)
    without = cases[2020, "by the request"]
    assert (without.equal, int(without.apart.persons)) == (163, 80)


def test_the_locks_are_those_who_were_cut_less_than_the_others() -> None:
    """Each of the other 200 got 0.655 of the first, to the nearest and at least 10; these got more."""
    first = {code: int(value) for code, value in series("requested_first", 2020).values().items() if value}
    real = {code: int(value) for code, value in series("requested", 2020).values().items() if value}
    assert {code: real[code] for code in first if real[code] > max(10, (2 * 655 * first[code] + 1000) // 2000)} == KEPT


def test_the_rise_is_told_with_its_distance(cases: dict[tuple[int, str], RevisionCase]) -> None:
    rise = cases[2022, "by the request, others taken in by the reference model, all asked, in fives"]
    assert (rise.total, rise.gets, rise.asked, rise.equal) == (35_000, 356, 356, 6)
    assert rise.apart.persons == 8150
    others = [each.apart.persons for (year, _), each in cases.items() if year == 2022 and each is not rise]
    assert min(others) == 9590


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backtest", "revision", "--format", "json"]) == 0
    revisions = json.loads(capsys.readouterr().out)["revisions"]
    assert len(revisions) == 9
    assert revisions[0]["equal"] == revisions[0]["of"] == 211
