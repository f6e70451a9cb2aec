"""What is known before counting: the metric's value, and how much jobs differ from each other."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from qops.abtest.fitting import fitting
from qops.abtest.values import Value, spread, value
from qops.model.abtest import SIMULATED, AbTestEntry, Observable
from qops.model.counts import Block

SIGMA = 0.01
"""The standard deviation between jobs that is assumed of a device of which nothing is known."""

ENOUGH_JOBS = 30
"""So many jobs of one circuit say how much jobs differ."""


class Prior(NamedTuple):
    """`expected` value of the metric and `sigma`, the standard deviation between jobs, each with where it is from.

    `spread` is the variance of one shot; `jobs` how many measured jobs `sigma` rests on, 0 for none.
    """

    expected: float
    expected_from: str
    sigma: float
    sigma_from: str
    spread: float
    jobs: int = 0

    def unit(self, shots: int) -> float:
        """The standard deviation of a difference of two jobs that differ by their shots alone."""
        return math.sqrt(2 * self.spread / shots)


def prior(entry: AbTestEntry, kind: str, past: Sequence[Block]) -> Prior:
    """What the manifest says goes before what was measured, and that before the worst case."""
    measured = [value(entry.metric, block.of("a")) for block in fitting(entry, past)]
    expected, expected_from = _expected(entry, measured)
    sigma, sigma_from, rests_on = _sigma(entry, kind, measured)
    return Prior(expected, expected_from, sigma, sigma_from, _spread(entry, expected, measured), rests_on)


def _expected(entry: AbTestEntry, measured: Sequence[Value]) -> tuple[float, str]:
    if entry.expected is not None:
        return entry.expected, "the manifest"
    if measured:
        return math.fsum(each.mean for each in measured) / len(measured), f"{len(measured)} jobs on record"
    return (0.0 if isinstance(entry.metric, Observable) else 0.5), "the worst case"


def _spread(entry: AbTestEntry, expected: float, measured: Sequence[Value]) -> float:
    """Never 0: that no shot differed yet says only that the next ones hardly will."""
    rare = 1 / (entry.shots + 2)
    if measured and entry.expected is None:
        found = math.fsum(each.variance * each.shots for each in measured) / len(measured)
    else:
        found = spread(entry.metric, expected)
    return max(found, rare * (1 - rare))


def _sigma(entry: AbTestEntry, kind: str, measured: Sequence[Value]) -> tuple[float, str, int]:
    if entry.sigma is not None:
        return entry.sigma, "the manifest", 0
    if kind in SIMULATED:
        return 0.0, "a simulator, whose jobs differ by their shots alone", 0
    if len(measured) >= ENOUGH_JOBS:
        return between_jobs(measured), f"{len(measured)} jobs on record", len(measured)
    return SIGMA, f"an assumption: fewer than {ENOUGH_JOBS} jobs are on record", 0


def between_jobs(values: Sequence[Value]) -> float:
    """The standard deviation between jobs beyond that of their shots, by the method of moments.

    >>> between_jobs([Value(0.5, 0.0, 10), Value(0.6, 0.0, 10), Value(0.4, 0.0, 10)])
    0.1
    """
    if len(values) < 2:
        return 0.0
    mean = math.fsum(each.mean for each in values) / len(values)
    total = math.fsum((each.mean - mean) ** 2 for each in values) / (len(values) - 1)
    within = math.fsum(each.variance for each in values) / len(values)
    return round(math.sqrt(max(0.0, total - within)), 12)
