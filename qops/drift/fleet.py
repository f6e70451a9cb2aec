"""Many watches as one: has anything in the fleet left its baseline, with one run length for all of it. Pure.

The fleet's evidence is the mean of its members' evidence, each as of its own last epoch. While nothing has changed,
that mean, less the mean number of epochs of a member, does not rise on average, however members depend on each other
[1]_. So where it reaches A, A epochs of a member have gone by on average, or more. Baselines' bands are widened, so
that all of them hold together with the confidence that each had by itself.

Who it is, is told by e-BH [2]_ on evidence by epochs, whose mean is at most 1: of those that are named, the expected
share that has not moved is at most the level.

References:
    [1] J. Shin, A. Ramdas and A. Rinaldo, E-detectors: a nonparametric framework for sequential change detection, New
        England Journal of Statistics in Data Science 2 (2024) 229-260.
    [2] R. Wang and A. Ramdas, False discovery rate control with e-values, Journal of the Royal Statistical Society B 84
        (2022) 822-852.
"""

from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import msgspec
import numpy as np

from qops.drift import ways
from qops.drift.charts.e_detector import EDetector
from qops.drift.charts.path import Numbers
from qops.drift.judge import Pending
from qops.drift.series import numbers
from qops.model.drift import Frozen
from qops.stats.families import evidence as e_bh

LEVEL = 0.1
"""Of false discoveries among those that are named."""

_NORMAL = NormalDist()


class Member(NamedTuple):
    """A watch of the fleet: its evidence now, and the least level at which it is one of those that moved."""

    name: str
    evidence: float
    level: float


class Fleet(NamedTuple):
    """`evidence` of the whole at each of `times_s`; `alarm` is the first over the limit, None where there is none."""

    times_s: Numbers
    evidence: Numbers
    limit: float
    alarm: int | None
    members: tuple[Member, ...]

    @property
    def moved(self) -> tuple[Member, ...]:
        """Those that are named, most evidence first."""
        return tuple(each for each in self.members if each.level <= LEVEL)


def follow(pending: Sequence[Pending], run_length: float) -> Fleet:
    """The fleet of these watches, of which there is at least one.

    Args:
        pending: watches with epochs since their baselines.
        run_length: how many epochs a member has on average, at least, before a false alarm of the fleet.
    """
    held = [each._replace(baseline=widened(each.baseline, len(pending))) for each in pending]
    paths = ways.follow([(EDetector(), each) for each in held])
    own = [path.statistic.sum(axis=0) for path in paths]
    times, evidence = together([numbers(each.epochs.times_s[each.since :]) for each in pending], own)
    over = np.flatnonzero(evidence >= run_length)
    return Fleet(times, evidence, run_length, int(over[0]) if len(over) else None, _members(pending, own))


def _members(pending: Sequence[Pending], own: Sequence[Numbers]) -> tuple[Member, ...]:
    """Most evidence first."""
    levels = e_bh.adjusted([float(way[-1]) / len(way) for way in own])
    members = [
        Member(each.entry.name, float(way[-1]), level) for each, way, level in zip(pending, own, levels, strict=True)
    ]
    return tuple(sorted(members, key=lambda each: (each.level, -each.evidence, each.name)))


def together(times_s: Sequence[Numbers], own: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """The distinct times of all members, and the mean of their last values at each; 0 before a member's first.

    >>> times, means = together([np.array([1.0, 3.0]), np.array([2.0])], [np.array([2.0, 4.0]), np.array([6.0])])
    >>> times.tolist(), means.tolist()
    ([1.0, 2.0, 3.0], [1.0, 4.0, 5.0])
    """
    every, steps = np.concatenate(times_s), np.concatenate([np.diff(way, prepend=0.0) for way in own])
    order = np.argsort(every, kind="stable")
    means = np.cumsum(steps[order]) / len(own)
    last = np.flatnonzero(np.diff(every[order], append=np.inf))
    return every[order][last], means[last]


def widened(baseline: Frozen, number: int) -> Frozen:
    """The baseline with a band that, with those of `number - 1` more, holds at the confidence of one."""
    outside = (1 - baseline.confidence) / 2
    factor = _NORMAL.inv_cdf(1 - outside / number) / _NORMAL.inv_cdf(1 - outside)
    return msgspec.structs.replace(
        baseline,
        low=max(0.0, baseline.rate - factor * (baseline.rate - baseline.low)),
        high=min(1.0, baseline.rate + factor * (baseline.high - baseline.rate)),
    )
