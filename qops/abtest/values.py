"""The value of a metric on what was counted, and how exactly so many shots can tell it."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from qops.abtest.bases import bases, basis_of
from qops.model.abtest import Metric, Observable, Pass, Score
from qops.model.counts import CountedJob, Counts


class Value(NamedTuple):
    """A mean over shots. `variance` is that of the mean, of independent shots; `shots` how many they were."""

    mean: float
    variance: float
    shots: int


Meter = Callable[[Sequence[CountedJob]], Value]
"""The metric on the jobs of one arm in one block."""


def meter(metric: Metric) -> Meter:
    """What reads a metric; it remembers the scores of outcomes from one block to the next."""
    if isinstance(metric, Observable):
        scores = {basis: _total(words) for basis, words in _words(metric).items()}
        return lambda jobs: _sum([_mean(job.tally.times, scores[job.basis]) for job in jobs])
    scored = score(metric)
    return lambda jobs: _sum([_mean(job.tally.times, scored) for job in jobs])


def value(metric: Metric, jobs: Sequence[CountedJob]) -> Value:
    """The metric on the jobs of one arm in one block."""
    return meter(metric)(jobs)


def score(metric: Pass | Score) -> Callable[[str], float]:
    """The score of an outcome, remembered from outcome to outcome."""
    scores = dict.fromkeys(metric.patterns, 1.0) if isinstance(metric, Pass) else metric.values
    return lru_cache(maxsize=None)(partial(_first_match, scores))


def _first_match(scores: Mapping[str, float], outcome: str) -> float:
    return next((number for pattern, number in scores.items() if matches(pattern, outcome)), 0.0)


def matches(pattern: str, outcome: str) -> bool:
    """Whether an outcome is one that a pattern stands for.

    >>> matches("1*0", "110"), matches("1*0", "111")
    (True, False)
    """
    return len(pattern) == len(outcome) and all(p in ("*", o) for p, o in zip(pattern, outcome, strict=True))


def _mean(times: Counts, scored: Callable[[str], float]) -> Value:
    pairs = [(count, scored(outcome)) for outcome, count in times.items()]
    shots = sum(times.values())
    mean = math.fsum([count * one for count, one in pairs]) / shots
    square = math.fsum([count * (one - mean) ** 2 for count, one in pairs]) / shots
    return Value(mean, square / shots, shots)


def _sum(parts: Sequence[Value]) -> Value:
    """The sum of metrics that were measured independently of each other."""
    if len(parts) == 1:
        return parts[0]
    means, variances = [part.mean for part in parts], [part.variance for part in parts]
    return Value(math.fsum(means), math.fsum(variances), sum(part.shots for part in parts))


def _words(metric: Observable) -> dict[str, list[tuple[str, float]]]:
    """The words, with their coefficients, by the basis that each is read from."""
    found: dict[str, list[tuple[str, float]]] = {basis: [] for basis in bases(metric)}
    for word, coefficient in metric.terms.items():
        found[basis_of(word, found)].append((word, coefficient))
    return found


def _total(words: Sequence[tuple[str, float]]) -> Callable[[str], float]:
    """The sum of the words' coefficients times their parities; words of one basis depend on each other."""
    return lru_cache(maxsize=None)(lambda outcome: math.fsum([c * parity(word, outcome) for word, c in words]))


def parity(word: str, outcome: str) -> int:
    """1 where an even number of the word's qubits were found in 1, else -1.

    >>> parity("ZIZ", "101"), parity("ZII", "101")
    (1, -1)
    """
    ones = sum(bit == "1" for letter, bit in zip(word, outcome, strict=True) if letter != "I")
    return 1 - 2 * (ones % 2)


def spread(metric: Metric, expected: float) -> float:
    """The variance of one shot where the metric is as expected: exact for a share of passes, else the greatest.

    Of scores from 0 to 1 with a mean, the variance is greatest where all are 0 or 1; of an observable, where every word
    has the expectation 0 and each basis its own shots.
    """
    if isinstance(metric, Observable):
        return math.fsum(abs(coefficient) for word, coefficient in metric.terms.items() if set(word) != {"I"}) ** 2
    return expected * (1 - expected)
