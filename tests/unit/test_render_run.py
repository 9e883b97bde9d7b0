"""A small made-up run that the tests of workbooks and pages share."""

from datetime import date
from fractions import Fraction

from bosett.basis.steps import Step
from bosett.figures import Figure, SeriesNote, Status
from bosett.rounds.kinds import CountyLine, CriterionLine, LeftOut, Mode, MunicipalityLine, Run


def _line(
    place: tuple[str, str], exact: Fraction, number: int, known: tuple[int | None, int | None], step: Step
) -> MunicipalityLine:
    return MunicipalityLine(
        code=place[0],
        name=place[1],
        claim=exact,
        parts={"size": exact / 100},
        exact=exact,
        number=number,
        previous=Figure(known[0], Status.MISSING if known[0] is None else Status.OK),
        population=known[1],
        steps=(step,),
    )


def made_up_run(*, official: bool = False, year: int = 2021) -> Run:
    """Return two counties, one municipality without an earlier figure, one with 0, and one left out."""
    step = Step("rounding", "0301", "x", {"quotient": "121/2", "number": 60})
    none = Step("not-asked", "1103", "x", {"scaled": "2", "threshold": "5", "least": 10})
    left = Step("not-eligible", "1106", "size: 1 is below 3/2", {"criterion": "size", "value": "1", "at_least": "3/2"})
    bare = Step("share", "1101", "x", {"exact": "5"})
    other = Step("least", "1101", "x", {})
    oslo = _line(("0301", "Oslo"), Fraction(60), 60, (50, 693494), step)
    places = (
        _line(("1101", "Eigersund"), Fraction(35), 40, (None, 14811), bare),
        _line(("1103", "Stavanger <&>"), Fraction(3), 0, (110, None), none),
        _line(("1108", "Sandnes"), Fraction(2), 0, (0, 79537), other),
    )
    criteria = (
        CriterionLine(
            "size",
            "weight",
            Fraction(9, 10),
            {"nb": "Folketall", "en": "Population"},
            "paraphrase",
            computable=True,
            source="Bosett",
            figures=(SeriesNote("population", "Population", 2020, None, "SSB", date(2020, 3, 1), by_county=False),),
        ),
        CriterionLine(
            "work",
            "weight",
            Fraction(1, 10),
            {"nn": "Arbeid"},
            "official",
            computable=False,
            source="Bosett & co",
            figures=(),
        ),
        CriterionLine("floor", "bound", None, {}, "own", computable=True, source="Bosett", figures=()),
    )
    title = "Kriterier" if official else f"Bosetts referansemodell for {year}"
    return Run(
        year=year,
        day=date(2020, 6, 30),
        total=100,
        mode=Mode.COUNTIES,
        criteria_id="made-up",
        criteria_title={"nb": title},
        official=official,
        criteria=criteria,
        unassigned=Fraction(1, 10),
        before=SeriesNote(
            "requested_first", "First request", year - 1, None, "IMDi", date(2019, 10, 24), by_county=False
        ),
        version="bosett 0, rules 1",
        inputs_sha256="0" * 64,
        counties=(
            CountyLine("03", "Oslo", 60, Fraction(60), Fraction(60), (oslo,)),
            CountyLine("11", "Rogaland", 40, Fraction(40), Fraction(40), places),
            CountyLine("54", "Troms og Finnmark", 0, Fraction(0), Fraction(0), ()),
        ),
        left_out=(LeftOut("1106", "Haugesund", "11", left),),
        checks=(("total", True), ("some_new_check", False)),
    )


def test_the_made_up_run_closes() -> None:
    run = made_up_run()
    assert sum(county.target for county in run.counties) == run.total
