"""What is exchanged between two samples: units of consecutive rows, the first sample's before the second's.

A unit is one row where rows are independent, and a run of rows where they are not: rows of a time series depend on
their neighbours, and exchanging single ones would take that dependence for a difference. What is assumed of a unit is
that under the null hypothesis it might as well have been in the other sample.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qops.stats.kernels.gram import Indices

Labels = npt.NDArray[np.bool_]

_AT_ONCE = 64


class Design(NamedTuple):
    """The units: how many rows each has, and how many of them, the first ones, are the first sample."""

    lengths: tuple[int, ...]
    first: int

    @property
    def size(self) -> int:
        """The number of rows of both samples."""
        return sum(self.lengths)

    @property
    def unit(self) -> Indices:
        """The number of its unit, by row."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    @property
    def starts(self) -> Indices:
        """The first row of each unit."""
        return np.cumsum((0, *self.lengths[:-1]))


def rows_apart(first: int, second: int) -> Design:
    """Every row a unit of its own.

    >>> rows_apart(2, 3)
    Design(lengths=(1, 1, 1, 1, 1), first=2)
    """
    return Design((1,) * (first + second), first)


def runs(first: Sequence[int], second: Sequence[int]) -> Design:
    """Runs of rows, by their lengths."""
    return Design((*first, *second), len(first))


def labels(design: Design, draws: int, seed: int | Sequence[int]) -> Labels:
    """Which rows are in the first sample: as observed in column 0, and at random in `draws` more; (N, 1 + draws).

    Every choice of as many units is equally likely.
    """
    units, first = len(design.lengths), design.first
    chosen = np.empty((units, 1 + draws), dtype=bool)
    chosen[:, 0] = np.arange(units) < first
    chance = np.random.default_rng(seed)
    for start in range(0, draws, _AT_ONCE):
        keys = chance.random((min(_AT_ONCE, draws - start), units))
        last = np.partition(keys, first - 1, axis=1)[:, first - 1 : first]
        chosen[:, 1 + start : 1 + start + len(keys)] = (keys <= last).T
    return chosen if units == design.size else chosen[design.unit]


def signs(pairs: int, draws: int, seed: int) -> npt.NDArray[np.int8]:
    """Signs by pair: +1 in column 0, fair coins in `draws` more; (pairs, 1 + draws)."""
    flips = np.ones((pairs, 1 + draws), dtype=np.int8)
    flips[:, 1:] -= 2 * np.random.default_rng(seed).integers(0, 2, (pairs, draws), dtype=np.int8)
    return flips
