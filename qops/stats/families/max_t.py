"""Many pairs measured in the same blocks: step-down maxT by joint flips.

All pairs are flipped together, block by block, so that their dependence stays as it is. Each is held against the
largest statistic of those not better than it [1]_. The probability of any false finding is at most the level where the
differences of a block, taken together, keep their distribution when all change their sign; the statistic of a pair is
its sum over the root of its sum of squares, which no flip changes.

References:
    [1] P. H. Westfall and S. S. Young, Resampling-Based Multiple Testing (1993), algorithm 2.8.
"""

import numpy as np
from numpy.typing import ArrayLike

from qops.stats.blocks.flips import Flips, Floats, Side, columns, sided

_ROUNDING = 1e-12


def adjusted(pairs: ArrayLike, among: Flips, *, side: Side = "two-sided", centre: float = 0.0) -> tuple[float, ...]:
    """The adjusted p-values of the pairs, one row each with one column a block, in the order given.

    >>> from qops.stats.blocks.flips import flips
    >>> adjusted([[1.0] * 6, [0.0] * 6], flips(6, seed=0))
    (0.03125, 1.0)
    """
    values = _scaled(columns(pairs) - centre)
    seen = sided(values @ among.weights, side)
    order = np.argsort(seen, kind="stable")
    largest = np.full(len(among.signs), -np.inf)
    found = [0.0] * len(order)
    for place in order:
        largest = np.maximum(largest, sided(among.signs @ values[place], side))
        found[place] = among.share(int(np.count_nonzero(largest >= seen[place] - _ROUNDING)))
    least = 0.0
    for place in order[::-1]:
        least = found[place] = max(least, found[place])
    return tuple(found)


def _scaled(values: Floats) -> Floats:
    """Each row divided by its root of squares; a row of zeros stays as it is."""
    size = np.sqrt((values**2).sum(axis=1, keepdims=True))
    return values / np.where(size > 0, size, 1.0)
