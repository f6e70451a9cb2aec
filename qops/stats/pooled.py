"""By how much many rows of values moved together, each row with noise of its own, some of it shared.

The difference of each row is the difference of its means; the whole is their weighted mean. On a scale of logarithms
it is the logarithm of a weighted geometric mean of ratios. A row's weight is the inverse of its standard deviation, so
that the quiet rows are heard over the noisy ones; a tenth of the mean variance of all rows is added to its square, so
that no row without noise silences the others, and so that weights hardly depend on how few values they come from.

Rows of one block share their draws: what is at one place in all of them came from one draw, as the levels of one
circuit share the seed. The variance of the whole is therefore taken from the weighted sums of each block, draw by draw,
and its degrees of freedom are Satterthwaite's [1]_. It is assumed that draws are independent of each other, and blocks
of other blocks, and that means are near to normal. How much the differences vary from row to row does not matter: they
are what is averaged, not a sample.

References:
    [1] F. E. Satterthwaite, An approximate distribution of estimates of variance components, Biometrics Bulletin 2
        (1946) 110-114.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from qops.stats import student
from qops.stats.welch import Difference, satterthwaite, summary, without_variance

SHRINKAGE = 0.1

Part = tuple[float, float]
"""An estimate of variance, and its degrees of freedom."""


class Series(NamedTuple):
    """One row: its values by draw on both sides, the least variance that a value has, and its block."""

    block: str
    old: Mapping[int, float]
    new: Mapping[int, float]
    least: float = 0.0

    @property
    def size(self) -> float:
        """How much greater the second mean is."""
        return math.fsum(self.new.values()) / len(self.new) - math.fsum(self.old.values()) / len(self.old)

    @property
    def variance(self) -> float:
        """Of one value, the mean of both sides."""
        sides = (summary(list(side.values())).variance for side in (self.old, self.new))
        return max(math.fsum(sides) / 2, self.least)


def compare(rows: Sequence[Series], number: int) -> Difference | None:
    """The weighted mean difference of `number` rows, of which those that are not among `rows` did not move at all.

    Returns:
        None where there is no row, or a side of fewer than two values. Where nothing varies, a mean that grew has the
        sum of the bounds of the rows that grew (see `welch.without_variance`), and one that did not has 1.

    >>> row = Series("a", {0: 1.0, 1: 2.0, 2: 3.0}, {0: 3.0, 1: 4.0, 2: 5.0})
    >>> found = compare([row], 2)
    >>> round(found.size, 6), round(found.error, 6), found.freedom
    (1.0, 0.408248, 4.0)
    """
    if not rows or min(len(side) for row in rows for side in (row.old, row.new)) < 2:
        return None
    weights = _weights(rows)
    share = len(rows) / number
    size = share * math.fsum(weight * row.size for weight, row in zip(weights, rows, strict=True))
    parts = _parts(rows, weights)
    variance = math.fsum(estimate for estimate, _ in parts)
    if variance <= 0:
        return Difference(size, 0.0, math.inf, _without_variance(rows) if size > 0 else 1.0)
    error = share * math.sqrt(variance)
    freedom = satterthwaite(parts)
    return Difference(size, error, freedom, student.tail(size / error, freedom))


def _weights(rows: Sequence[Series]) -> list[float]:
    """Shares that add up to 1; all alike where nothing varies."""
    variances = [row.variance for row in rows]
    base = SHRINKAGE * math.fsum(variances) / len(variances)
    if base <= 0:
        return [1 / len(rows)] * len(rows)
    weights = [1 / math.sqrt(variance + base) for variance in variances]
    whole = math.fsum(weights)
    return [weight / whole for weight in weights]


def _parts(rows: Sequence[Series], weights: Sequence[float]) -> list[Part]:
    """The variance of the weighted mean, block by block and side by side."""
    weighted = sorted(zip(rows, weights, strict=True), key=lambda pair: pair[0].block)
    parts = []
    for _, block in groupby(weighted, key=lambda pair: pair[0].block):
        members = list(block)
        for side in map(attrgetter, ("old", "new")):
            shared = set.intersection(*(set(side(row)) for row, _ in members))
            apart = [members] if len(shared) > 1 else [[member] for member in members]
            parts += [_part([(side(row), weight, row.least) for row, weight in each]) for each in apart]
    return parts


def _part(rows: Sequence[tuple[Mapping[int, float], float, float]]) -> Part:
    """The variance of a mean over the draws that all these rows have, of their weighted sums."""
    draws = sorted(set.intersection(*(set(values) for values, _, _ in rows)))
    sums = summary([math.fsum(weight * values[draw] for values, weight, _ in rows) for draw in draws])
    least = math.fsum(weight**2 * least for _, weight, least in rows)
    return max(sums.variance, least) / len(draws), len(draws) - 1


def _without_variance(rows: Sequence[Series]) -> float:
    grown = (row for row in rows if row.size > 0)
    return min(1.0, math.fsum(without_variance(len(row.old), len(row.new)) for row in grown))
