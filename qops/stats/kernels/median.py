"""The median distance of all rows of both samples: a bandwidth that knows no labels.

It is a symmetric function of the pooled rows, so that a permutation test that uses it stays exact. Beyond `MOST` rows
it looks at so many of them, evenly spread in lexicographic order, and not in the order in which they came.
"""

from collections.abc import Callable

import numpy as np

from qops.stats.kernels.gram import Reals

MOST = 1000


def euclidean(rows: Reals) -> float:
    """The median of ‖x - y‖ over pairs of rows.

    >>> euclidean(np.array([[0.0], [1.0], [3.0]]))
    2.0
    """
    return _median(rows, lambda a, b: np.sqrt(((a - b) ** 2).sum(axis=1)))


def manhattan(rows: Reals) -> float:
    """The median of ‖x - y‖₁ over pairs of rows."""
    return _median(rows, lambda a, b: np.abs(a - b).sum(axis=1))


def _median(rows: Reals, distance: Callable[[Reals, Reals], Reals]) -> float:
    """Over pairs that are apart at all, if more than half are not.

    Raises:
        ValueError: all rows are the same.
    """
    chosen = rows.astype(float)
    if len(rows) > MOST:
        order = np.lexsort(rows.T)
        chosen = chosen[order[np.linspace(0, len(rows) - 1, MOST).round().astype(int)]]
    distances = np.concatenate([distance(chosen[:i], chosen[i : i + 1]) for i in range(1, len(chosen))])
    middle = float(np.median(distances))
    apart = distances[distances > 0]
    if not len(apart):
        raise ValueError("all rows are the same")
    return middle if middle > 0 else float(np.median(apart))
