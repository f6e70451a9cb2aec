"""Whether the outcomes of a circuit still come as often as they did, epoch by epoch, all of them at once.

While all shots are independent with one distribution, an epoch's counts, given those of all epochs so far together, are
as if its shots were drawn from that urn, whatever the distribution is. So its distance from the epochs before is
compared with those of draws [1]_: the p-values are valid, and independent of each other [2]_. M ← (1 + M)·κp^(κ - 1)
collects bets on small ones from every beginning, and less the number of epochs does not rise on average [3]_: evidence
of A or more comes after A epochs on average, or later. Where epochs differ by more than shots explain, that is found,
and is no drift.

References:
    [1] R. A. Fisher, The Design of Experiments (Oliver and Boyd 1935), for tests by randomisation.
    [2] V. Vovk, I. Nouretdinov and A. Gammerman, Testing exchangeability on-line, Proceedings of the 20th International
        Conference on Machine Learning (2003) 768-775.
    [3] J. Shin, A. Ramdas and A. Rinaldo, E-detectors: a nonparametric framework for sequential change detection, New
        England Journal of Statistics in Data Science 2 (2024) 229-260.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

DRAWS = 999
_POWERS = np.array([0.1, 0.3, 0.5])


class Step(NamedTuple):
    """An epoch beside all before it: distances, what shots alone make of them nine times in ten, p-value, evidence."""

    hellinger: float
    total_variation: float
    usual: float
    p_value: float
    evidence: float


def steps(epochs: Counts, first: int, seed: int) -> Iterator[Step]:
    """Each epoch from the `first`-th on.

    Args:
        epochs: counts, shape (epochs, outcomes), each epoch of at least one shot.
        first: how many epochs are compared with by the first step, at least 1.
        seed: of the draws.
    """
    chance, evidence = np.random.default_rng(seed), np.zeros(len(_POWERS))
    before = epochs[:first].sum(axis=0)
    for counts in epochs[first:]:
        shots, urn = int(counts.sum()), before + counts
        drawn = chance.multivariate_hypergeometric(urn, shots, size=DRAWS, method="marginals")
        found = float(hellinger(counts, before))
        chances = hellinger(drawn, urn - drawn)
        p_value = (1 + int((chances >= found - 1e-12).sum())) / (DRAWS + 1)
        evidence = (1 + evidence) * _POWERS * p_value ** (_POWERS - 1)
        distance = float(total_variation(counts, before))
        yield Step(found, distance, float(np.quantile(chances, 0.9)), p_value, float(evidence.mean()))
        before = urn


def hellinger(first: Counts, second: Counts) -> Numbers:
    """Hellinger's distance of shares, between 0 and 1; counts of shape (..., outcomes).

    >>> float(hellinger(np.array([1, 1]), np.array([5, 5]))), float(hellinger(np.array([1, 0]), np.array([0, 3])))
    (0.0, 1.0)
    """
    overlap = np.sqrt(_shares(first) * _shares(second)).sum(axis=-1)
    found: Numbers = np.sqrt(np.maximum(0.0, 1 - np.minimum(overlap, 1.0)))
    return found


def total_variation(first: Counts, second: Counts) -> Numbers:
    """Half of the sum of the differences of shares, between 0 and 1.

    >>> float(total_variation(np.array([3, 1]), np.array([1, 1])))
    0.25
    """
    found: Numbers = np.abs(_shares(first) - _shares(second)).sum(axis=-1) / 2
    return found


def _shares(counts: Counts) -> Numbers:
    found: Numbers = counts / counts.sum(axis=-1, keepdims=True)
    return found
