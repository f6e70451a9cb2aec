"""exp(-‖x - y‖₁/s), with the sum of absolute differences: as the RBF kernel is, but with a sharper peak."""

import numpy as np

from qops.stats.kernels import median
from qops.stats.kernels.gram import Gram, Indices, Reals, Rows


def prepare(rows: Reals, bandwidth: float | None = None) -> Gram:
    """The kernel with s = `bandwidth`, or the median distance.

    >>> gram = prepare(np.array([[0.0, 0.0], [1.0, 1.0]]), 2.0)
    >>> round(float(gram.pairs(np.array([0]), np.array([1]))[0]), 6)
    0.367879
    """
    scaled = rows / rows.dtype.type(bandwidth or median.manhattan(rows))

    def block(left: Rows, right: Rows) -> Reals:
        a, b = scaled[left], scaled[right]
        entries = np.zeros((len(a), len(b)), dtype=rows.dtype)
        for column in range(rows.shape[1]):
            entries -= np.abs(a[:, column, None] - b[None, :, column])
        found: Reals = np.exp(entries, out=entries)
        return found

    def pairs(left: Indices, right: Indices) -> Reals:
        found: Reals = np.exp(-np.abs(scaled[left] - scaled[right]).sum(axis=1))
        return found

    return Gram(len(rows), block, pairs, dtype=rows.dtype)
