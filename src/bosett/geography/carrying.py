"""Figures that add up, carried over one change of municipalities: the arithmetic, whichever change it is.

A sum over a merger is exact, and missing when a part is. A split shares a figure by the weights that it is given: they
add up to 1, so nobody is lost. Nothing here knows which changes there were.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from bosett.geography.links import Links

Value = Fraction | int | None
Weights = Mapping[str, Fraction | None]
"""By receiver of a split: its part of the figure; None makes the receiver missing."""


def carry_step(
    values: Mapping[str, Value], forward: Links, backward: Links, weights_of: Callable[[str], Weights]
) -> dict[str, Value]:
    """Return values by the codes after a change.

    Args:
        values: By code before it; a code that is left out counts as missing.
        forward: What each code became.
        backward: What each new code was.
        weights_of: The weights of a code that was split without official ones. It is asked only for a figure that is
            neither missing nor 0, and may refuse.

    Returns:
        By new code: every one that got anything from a code in `values`.
    """
    shares = {code: _shares(code, value, forward, weights_of) for code, value in values.items()}
    return {
        new: _sum([shares[part.code][new] if part.code in shares else None for part in parts])
        for new, parts in backward.items()
        if any(part.code in shares for part in parts)
    }


def _shares(code: str, value: Value, forward: Links, weights_of: Callable[[str], Weights]) -> Mapping[str, Value]:
    """What each receiver gets of one figure."""
    parts = forward[code]
    if value is None or value == 0 or len(parts) == 1:
        return {part.code: value for part in parts}
    weights: Weights = {part.code: part.weight for part in parts}
    if None in weights.values():
        weights = weights_of(code)
    return {receiver: _part(value, weight) for receiver, weight in weights.items()}


def _part(value: Fraction | int, weight: Fraction | None) -> Value:
    """A part of a figure. The whole stays the number that it was; nothing is the whole number 0."""
    if weight is None:
        return None
    return value * weight if 0 < weight < 1 else value * int(weight)


def _sum(parts: list[Value]) -> Value:
    total: Fraction | int = 0
    for part in parts:
        if part is None:
            return None
        total += part
    return total
