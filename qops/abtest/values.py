"""The value of a metric on what was counted, and how exactly so many shots can tell it."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from qops.abtest.bases import basis_of
from qops.model.abtest import Metric, Observable, Pass, Score
from qops.model.counts import CountedJob, Counts


class Value(NamedTuple):
    """A mean over shots. `variance` is that of the mean, of independent shots; `shots` how many they were."""

    mean: float
    variance: float
    shots: int


def value(metric: Metric, jobs: Sequence[CountedJob]) -> Value:
    """The metric on the jobs of one arm in one block."""
    if isinstance(metric, Observable):
        return _expectation(metric, {job.basis: job.tally.times for job in jobs})
    scored = score(metric)
    (job,) = jobs
    return _mean(job.tally.times, scored)


def score(metric: Pass | Score) -> Callable[[str], float]:
    """The score of an outcome, remembered from outcome to outcome."""
    scores = dict.fromkeys(metric.patterns, 1.0) if isinstance(metric, Pass) else metric.values
    return lru_cache(maxsize=None)(lambda outcome: _first_match(scores, outcome))


def _first_match(scores: Mapping[str, float], outcome: str) -> float:
    if outcome in scores and not any("*" in pattern for pattern in scores):
        return scores[outcome]
    return next((number for pattern, number in scores.items() if matches(pattern, outcome)), 0.0)


def matches(pattern: str, outcome: str) -> bool:
    """Whether an outcome is one that a pattern stands for.

    >>> matches("1*0", "110"), matches("1*0", "111")
    (True, False)
    """
    return len(pattern) == len(outcome) and all(p in ("*", o) for p, o in zip(pattern, outcome, strict=True))


def _mean(times: Counts, scored: Callable[[str], float]) -> Value:
    shots = sum(times.values())
    first = math.fsum(count * scored(outcome) for outcome, count in times.items()) / shots
    second = math.fsum(count * (scored(outcome) - first) ** 2 for outcome, count in times.items()) / shots
    return Value(first, second / shots, shots)


def _expectation(metric: Observable, by_basis: Mapping[str, Counts]) -> Value:
    """The sum of the coefficients times the parities; bases are independent, the words of one are not."""
    words: dict[str, list[tuple[str, float]]] = {basis: [] for basis in by_basis}
    for word, coefficient in metric.terms.items():
        words[basis_of(word, by_basis)].append((word, coefficient))
    parts = [_mean(times, partial(_total, words[basis])) for basis, times in by_basis.items()]
    means, variances = [part.mean for part in parts], [part.variance for part in parts]
    return Value(math.fsum(means), math.fsum(variances), sum(part.shots for part in parts))


def _total(words: Sequence[tuple[str, float]], outcome: str) -> float:
    return math.fsum(coefficient * parity(word, outcome) for word, coefficient in words)


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
