"""How much jobs differ from each other beyond their shots: the method of moments.

A job of m shots with true rate p_j has variance p(1-p)/m from its shots, and σ² from the p_j [1]_. What the rates of
jobs vary by beyond their shots is therefore an estimate of σ², cut off at 0. It assumes jobs of about equal numbers of
shots whose rates have one mean; where the device drifts along all of them, that drift is part of σ.

References:
    [1] J. C. Kleinman, Proportions with extraneous variance: single and independent samples, Journal of the American
        Statistical Association 68 (1973) 46-54.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from qops.stats.welch import summary


class Dispersion(NamedTuple):
    """The mean rate, σ of jobs, ρ = σ²/(p(1-p)), and by how much a job's variance exceeds that of independent shots."""

    rate: float
    sigma: float
    correlation: float
    effect: float


def of_jobs(hits: Sequence[int], shots: Sequence[int]) -> Dispersion | None:
    """The dispersion of jobs; None with fewer than two, or where every shot had the same outcome.

    >>> of_jobs([50, 50, 50], [100, 100, 100])
    Dispersion(rate=0.5, sigma=0.0, correlation=0.0, effect=1.0)
    """
    if len(hits) < 2:
        return None
    rate = sum(hits) / sum(shots)
    spread = rate * (1 - rate)
    if spread <= 0:
        return None
    each = len(shots) / math.fsum(1 / one for one in shots)
    seen = summary([hit / shot for hit, shot in zip(hits, shots, strict=True)]).variance
    return _dispersion(rate, max(0.0, seen - spread / each), each)


def of_rate(rate: float, sigma: float, shots: float) -> Dispersion:
    """The dispersion of jobs of so many shots whose σ is known; the rate is between 0 and 1, ends excluded.

    >>> round(of_rate(0.5, 0.01, 8192).effect, 2)
    4.28
    """
    return _dispersion(rate, sigma**2, shots)


def useful_shots(rate: float, sigma: float) -> float:
    """m* = p(1-p)/σ²: from so many shots a job on, most of its variance is the job's, and more blocks are better.

    >>> round(useful_shots(0.5, 0.01)), round(useful_shots(0.99, 0.01))
    (2500, 99)
    """
    return rate * (1 - rate) / sigma**2 if sigma > 0 else math.inf


def _dispersion(rate: float, variance: float, shots: float) -> Dispersion:
    correlation = variance / (rate * (1 - rate))
    return Dispersion(rate, math.sqrt(variance), correlation, 1 + (shots - 1) * correlation)
