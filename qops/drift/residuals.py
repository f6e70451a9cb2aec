"""How far epochs are from a rate, in standard deviations.

Where successes and failures are both many, (p̂ - p)/√(p(1 - p)/n + τ²): additive, so that epochs of many and of few
shots are treated alike. Where one of them is expected fewer than twenty times, the normal score of the exact
probability: of the binomial distribution, or of the beta-binomial one where epochs differ [1]_, with half of the
count's own probability (mid-p [2]_), as a skew distribution would give a normal chart false alarms on its long side.

References:
    [1] J. G. Skellam, A probability distribution derived from the binomial distribution by regarding the probability of
        success as variable between the sets of trials, Journal of the Royal Statistical Society B 10 (1948) 257-261.
    [2] H. O. Lancaster, Significance tests in discrete distributions, Journal of the American Statistical Association
        56 (1961) 223-234.
"""

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from qops.drift.charts.path import Numbers, Usual

FEW = 20
_NORMAL = NormalDist()
_FARTHEST = 37.0
_NEGLIGIBLE = 1e-17


def standardised(usual: Usual, shots: Numbers, successes: Numbers) -> Numbers:
    """The residuals, shaped as `shots`; where nothing can vary they are 0 or infinite, as an epoch has the rate or not.

    >>> usual = Usual(0.5, 0.0, 0.5, 0.5, 100)
    >>> standardised(usual, np.array([100.0]), np.array([60.0])).round(6).tolist()
    [2.0]
    """
    distance = successes / shots - usual.rate
    deviation = np.sqrt(usual.rate * (1 - usual.rate) / shots + usual.between**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        residuals: Numbers = np.where(distance == 0, 0.0, distance / deviation)
    rates, betweens = (np.broadcast_to(each, shots.shape) for each in (usual.rate, usual.between))
    rare = shots * np.minimum(rates, 1 - rates)
    for place in zip(*np.nonzero((rare < FEW) & (rare > 0)), strict=True):
        rate, between = float(rates[place]), float(betweens[place])
        residuals[place] = _score(rate, between, int(shots[place]), int(successes[place]))
    return residuals


@lru_cache(maxsize=100_000)
def _score(rate: float, between: float, shots: int, successes: int) -> float:
    """The normal score of one count, by the rarer outcome."""
    if rate > 0.5:
        return -_score(1 - rate, between, shots, shots - successes)
    chances = _chances(rate, between, shots)
    below, here = math.fsum(chances[:successes]), chances[successes] if successes < len(chances) else 0.0
    above = math.fsum(chances[successes + 1 :])
    if below <= above:
        return -_away(below + here / 2)
    return _away(above + here / 2)


def _away(tail: float) -> float:
    return -_NORMAL.inv_cdf(tail) if tail > 0 else _FARTHEST


@lru_cache(maxsize=1000)
def _chances(rate: float, between: float, shots: int) -> tuple[float, ...]:
    """Of 0, 1, … successes, until they are negligible; where epochs differ, with a beta-distributed rate."""
    size = rate * (1 - rate) / between**2 - 1 if 0 < between < math.sqrt(rate * (1 - rate)) else math.inf
    first, second = (rate * size, (1 - rate) * size) if size < math.inf else (0.0, 0.0)
    logarithm = (
        shots * math.log1p(-rate)
        if size == math.inf
        else math.lgamma(second + shots) - math.lgamma(second) + math.lgamma(size) - math.lgamma(size + shots)
    )
    found = [math.exp(logarithm)]
    for count in range(shots):
        odds = rate / (1 - rate) if size == math.inf else (first + count) / (second + shots - count - 1)
        logarithm += math.log((shots - count) / (count + 1) * odds)
        found.append(math.exp(logarithm))
        if found[-1] < _NEGLIGIBLE and count > 2 * rate * shots:
            break
    return tuple(found)
