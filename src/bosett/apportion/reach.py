"""Which totals can be reached at all, when floors leave gaps."""

from collections import Counter
from collections.abc import Sequence

from bosett.apportion.terms import Term


def reaches(terms: Sequence[Term], total: int) -> bool:
    """Tell whether the total, in units from the sum of the smallest numbers on, can be reached."""
    return bool(_reachable(terms, sum(term.low for term in terms), total) >> total & 1)


def nearest(terms: Sequence[Term], total: int) -> tuple[int | None, int | None]:
    """Return the largest reachable total <= `total` and the smallest >= `total`, in units; None when there is none.

    If a reachable total lies above, one lies within the largest leap of `total` (take the smallest: every recipient in
    it stands at its smallest number, and leaving one out falls below), so nothing beyond needs to be looked at.
    """
    smallest = sum(term.low for term in terms)
    limit = max(total, smallest) + max((term.leap for term in terms), default=0)
    reached = _reachable(terms, smallest, limit)
    below = reached & ((1 << (total + 1)) - 1) if total >= 0 else 0
    above = reached >> max(total, 0)
    return (
        below.bit_length() - 1 if below else None,
        max(total, 0) + (above & -above).bit_length() - 1 if above else None,
    )


def _reachable(terms: Sequence[Term], smallest: int, limit: int) -> int:
    """Return the reachable totals up to `limit` as the bits of one whole number."""
    mask = (1 << (limit + 1)) - 1
    slack = sum(term.high - term.low for term in terms if not term.leap)
    reached = _with_run(1 << smallest, 0, min(slack, limit), mask)
    for (leap, high), count in sorted(Counter((term.leap, term.high) for term in terms if term.leap).items()):
        # 0..count of them, each leap..high, in blocks of 1, 2, 4, ...: few shifts make every number of them.
        block = 1
        left = count
        while left and block * leap <= limit:
            size = min(block, left)
            reached |= _with_run(reached, size * leap, size * high, mask)
            left -= size
            block *= 2
    return reached


def _with_run(reached: int, first: int, last: int, mask: int) -> int:
    """Return every reached total plus each of first..last."""
    out = (reached << first) & mask
    width = 1
    while width < last - first + 1:
        stride = min(width, last - first + 1 - width)
        out |= (out << stride) & mask
        width += stride
        if first + width > mask.bit_length():
            break
    return out
