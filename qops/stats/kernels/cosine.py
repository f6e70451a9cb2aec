"""x·y/‖x‖‖y‖: the cosine of the angle between two rows, so that lengths do not matter."""

import numpy as np

from qops.stats.kernels.gram import Gram, Reals, of_features


def prepare(rows: Reals, bandwidth: float | None = None) -> Gram:  # noqa: ARG001 - the door is the same for all
    """The kernel; a row of noughts is like no other.

    >>> prepare(np.array([[2.0, 0.0], [1.0, 1.0]])).block(slice(0, 1), slice(1, 2)).round(6).tolist()
    [[0.707107]]
    """
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    return of_features(rows / np.where(lengths > 0, lengths, 1)[:, None])
