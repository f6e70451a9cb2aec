"""The run length of the Shewhart chart: each epoch by itself."""

from statistics import NormalDist

from qops.stats.spc.binomial import probabilities

_NORMAL = NormalDist()


def run_length(limit: float, shift: float = 0.0) -> float:
    """The mean number of epochs to a normal value beyond ±`limit` standard deviations.

    >>> round(run_length(3.0), 3), round(run_length(3.0, 1.0), 4)
    (370.398, 43.8947)
    """
    return 1 / (_NORMAL.cdf(-limit - shift) + _NORMAL.cdf(shift - limit))


def limit_for(length: float) -> float:
    """The limit with this run length while nothing has changed.

    >>> round(limit_for(370.398), 3)
    3.0
    """
    return -_NORMAL.inv_cdf(1 / (2 * length))


def of_counts(shots: int, rate: float, low: float, high: float) -> float:
    """The mean number of epochs to a count of successes below `low` or above `high`, exactly.

    >>> round(of_counts(1000, 0.999, 999 - 3 * 0.999**0.5, 999 + 3 * 0.999**0.5), 1)
    52.8
    """
    chances = probabilities(shots, rate)
    outside = sum(chance for count, chance in enumerate(chances) if not low <= count <= high)
    return float(1 / outside) if outside else float("inf")
