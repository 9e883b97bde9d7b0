"""Problems of a county's size with corridors: real municipalities, each held near the number of the year before."""

import random
from fractions import Fraction

from bosett.apportion import Problem, Recipient, TieRule
from counties import figures

SIZES = range(2, 52)
FINE = 10**9


ONCE_IMPOSSIBLE = ((3, 10, 45), (5, 10, 23), (13, 10, 49), (14, 25, 47))
"""Size, percent and seed of problems that the engine called impossible, though they can be shared."""


def corridors(percent: int, each: int = 1) -> list[tuple[str, Problem]]:
    """Return `each` problems of every size from 2 to 51, named by size and seed, with corridors of so many percent."""
    return [
        (f"{size} recipients, {percent} percent, seed {seed}", corridor(size, percent, seed))
        for size in SIZES
        for seed in range(each)
    ]


def corridor(size: int, percent: int, seed: int) -> Problem:
    """Draw municipalities of one county (or of several, where one is too small) and a total that moves a little.

    Claims are whole parts of one number, near the inhabitants: so every cost is a whole number of the same small unit,
    and a program in whole numbers is exact.
    """
    draw = random.Random(f"{size} {percent} {seed}")  # noqa: S311  - shapes, not secrets
    people, requests = figures(draw.choice((2020, 2021, 2022, 2023)))
    inside = draw.sample(sorted(people), size)
    recipients = []
    for code in inside:
        last = requests.get(code, 0)
        claim = Fraction(FINE, FINE // people[code])
        if last:
            least, most = -(-last * (100 - percent) // 100), last * (100 + percent) // 100
            recipients.append(Recipient(code, claim, least, most, must=draw.randrange(6) == 0))
        else:
            recipients.append(Recipient(code, claim, 10, draw.choice((10, 15, 30))))
    before = sum(requests.get(code, 0) for code in inside)
    return Problem.of(before * draw.randint(30, 115) // 100 + draw.randint(0, 9), recipients, tie_rule=TieRule.ID)
