"""Units of two samples, paired in their order."""

from typing import NamedTuple

import numpy as np

from qops.stats.kernels.design import Design
from qops.stats.kernels.gram import Indices


class Paired(NamedTuple):
    """Rows of the first sample, those of the second that stand opposite, and the number of the pair of units."""

    first: Indices
    second: Indices
    unit: Indices


def paired(design: Design) -> Paired:
    """The rows of units that have a partner of the same length in the other sample.

    Raises:
        ValueError: there are fewer than two such pairs.

    >>> paired(Design((1, 1, 1, 1, 1), 2)).second.tolist()
    [2, 3]
    """
    lengths, starts = design.lengths, design.starts
    opposite = zip(range(design.first), range(design.first, len(lengths)), strict=False)
    pairs = [(a, b) for a, b in opposite if lengths[a] == lengths[b]]
    if len(pairs) < 2:
        raise ValueError("fewer than two pairs of units of equal length")
    first = [np.arange(starts[a], starts[a] + lengths[a]) for a, _ in pairs]
    second = [np.arange(starts[b], starts[b] + lengths[b]) for _, b in pairs]
    unit = np.repeat(np.arange(len(pairs)), [lengths[a] for a, _ in pairs])
    return Paired(np.concatenate(first), np.concatenate(second), unit)
