"""Who gets a place: so many a month as there are places, and who gets none waits for the next month.

Places for minors are for nobody else, and minors take no others. In a month with too few, each stream gets places in
proportion to those of it who wait; sums over the streams are rounded down, so that all the places are used.

In months of which settled people were observed, these have had their places, and the others get those that are left.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bosett.stages.forecast.streams import MINORS, MonthlyPlaces, NeedStream

Counts = NDArray[np.int32]


def settle(
    need: Counts, streams: Sequence[NeedStream], places: MonthlyPlaces, observed: Sequence[int] | None = None
) -> Counts:
    """Return who gets a place in each month, in persons; streams x months x paths, as `need` is.

    Args:
        need: Who becomes ready for a home.
        streams: Which streams these are.
        places: The places of each month; of one without a limit everybody gets a place.
        observed: In how many of the first months those of each stream were observed to be settled; None is in none.
    """
    settled = np.zeros_like(need)
    known = np.zeros(len(streams), np.intp) if observed is None else np.array(observed, np.intp)
    minors = [place for place, stream in enumerate(streams) if stream in MINORS]
    others = [place for place, stream in enumerate(streams) if stream not in MINORS]
    for rows, limits in ((others, places.general), (minors, places.minors)):
        waiting = np.zeros((len(rows), need.shape[2]), np.int64)
        for month, limit in enumerate(limits):
            waiting += need[rows, month]
            got = waiting.copy()
            if limit is not None:
                free = month >= known[rows]
                got[free] = _shared(waiting[free], np.maximum(limit - waiting[~free].sum(axis=0), 0))
            settled[rows, month] = got
            waiting -= got
    return settled


def _shared(waiting: NDArray[np.int64], limits: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many of each row get one of so many places; rows x paths, the places by path."""
    sums = np.cumsum(waiting, axis=0)
    if not len(sums):
        return sums
    everybody = sums[-1]
    upto: NDArray[np.int64] = sums * np.minimum(everybody, limits) // np.maximum(everybody, 1)
    upto[1:] -= upto[:-1].copy()
    return upto
