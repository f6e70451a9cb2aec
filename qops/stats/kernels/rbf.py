"""exp(-‖x - y‖²/2s²): close rows are similar. Characteristic: with enough rows it tells any two distributions apart."""

import numpy as np

from qops.stats.kernels import median
from qops.stats.kernels.gram import Gram, Indices, Reals, Rows


def prepare(rows: Reals, bandwidth: float | None = None) -> Gram:
    """The kernel with s = `bandwidth`, or the median distance.

    >>> gram = prepare(np.array([[0.0], [1.0]]), 1.0)
    >>> round(float(gram.block(slice(0, 1), slice(1, 2))[0, 0]), 6)
    0.606531
    """
    width = bandwidth or median.euclidean(rows)
    scaled = (rows - rows.mean(axis=0)) / rows.dtype.type(width)
    halves = np.einsum("ij,ij->i", scaled, scaled) / 2

    def block(left: Rows, right: Rows) -> Reals:
        entries = scaled[left] @ scaled[right].T
        entries -= halves[left][:, None]
        entries -= halves[right][None, :]
        np.minimum(entries, 0, out=entries)
        found: Reals = np.exp(entries, out=entries)
        return found

    def pairs(left: Indices, right: Indices) -> Reals:
        found: Reals = np.exp(-(((scaled[left] - scaled[right]) ** 2).sum(axis=1)) / 2)
        return found

    return Gram(len(rows), block, pairs, dtype=rows.dtype)
