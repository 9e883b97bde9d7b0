"""Shared hypothesis strategies: problems small enough for brute force, with every kind of bound."""

from fractions import Fraction

from hypothesis import strategies as st

from bosett.apportion import Problem, Recipient, TieRule

claims = st.one_of(
    st.integers(1, 9).map(Fraction),
    st.fractions(min_value=Fraction(1, 5), max_value=20, max_denominator=7),
    st.sampled_from([Fraction(10**30), Fraction(1, 10**12), Fraction(3), Fraction(3)]),
)


@st.composite
def problems(draw: st.DrawFn, *, largest: int = 24, common: bool | None = None) -> Problem:
    """Draw a problem: floors common to all, or each its own; musts, hand-set numbers, ceilings, steps."""
    count = draw(st.integers(1, 5))
    total = draw(st.integers(0, largest))
    step = draw(st.sampled_from([1, 1, 1, 2, 3]))
    shared = draw(st.booleans()) if common is None else common
    floor = draw(st.integers(0, 8))
    ceiling = draw(st.one_of(st.none(), st.integers(0, largest)))
    people = []
    for place in range(count):
        own = not shared
        people.append(
            Recipient(
                id=f"{'abcde'[place]}",
                claim=draw(claims),
                least=draw(st.integers(0, 9)) if own else floor,
                most=draw(st.one_of(st.none(), st.integers(0, largest))) if own else ceiling,
                must=draw(st.integers(0, 9)) == 0,
                fixed=draw(st.integers(0, 6)) if draw(st.integers(0, 9)) == 0 else None,
            )
        )
    rule = draw(st.sampled_from([None, TieRule.LARGER_CLAIM, TieRule.ID]))
    return Problem.of(total, draw(st.permutations(people)), step=step, tie_rule=rule)
