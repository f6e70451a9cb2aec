r"""Whether one of two methods says yes more often than the other, asked of both about the same things.

McNemar's test in its exact form [1]_: where the two answer alike, nothing is learned; of the n cases where they differ,
each way is as likely if both say yes equally often, so that the count is binomial with ½. It assumes cases that are
independent of each other.

The difference of rates is Δ = τ(2π - 1), τ the rate of differing and π the share of the second among these. The
interval holds τ and π each by Clopper and Pearson [2]_, with errors of α/5 and 4α/5, and takes the extremes of Δ over
both: its coverage is at least 1 - α at any number of cases, by Bonferroni.

References:
    [1] Q. McNemar, Note on the sampling error of the difference between correlated proportions or percentages,
        Psychometrika 12 (1947) 153-157.
    [2] C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the
        binomial, Biometrika 26 (1934) 404-413.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

from qops.stats import binomial
from qops.stats.student import SMALLEST

_FOR_RATE = 0.2
_STEP = 1e-4


class Comparison(NamedTuple):
    """Cases in which the first alone, and the second alone, said yes, out of `cases`."""

    first: int
    second: int
    cases: int

    @property
    def difference(self) -> float:
        """By how much the second says yes more often."""
        return (self.second - self.first) / self.cases

    @property
    def p_value(self) -> float:
        """Two-sided, exact.

        >>> round(Comparison(59, 121, 314).p_value * 1e6, 3)
        4.434
        """
        differing = self.first + self.second
        tail = float(special.bdtr(min(self.first, self.second), differing, 0.5))
        return max(min(1.0, 2 * tail), SMALLEST)

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """The interval of the difference.

        >>> tuple(round(end, 3) for end in Comparison(5, 25, 100).interval())
        (0.055, 0.385)
        """
        differing, error = self.first + self.second, 1 - confidence
        rates = binomial.interval(differing, self.cases, 1 - _FOR_RATE * error)
        shares = binomial.interval(self.second, differing, 1 - (1 - _FOR_RATE) * error)
        low, high = (2 * share - 1 for share in shares)
        return min(rate * low for rate in rates), max(rate * high for rate in rates)


def power(cases: int, first: float, second: float, alpha: float = 0.05) -> float:
    """How often the test rejects, where a case says yes to the first alone, or to the second alone, so often; exact.

    >>> round(power(200, 0.1, 0.1), 3), round(power(200, 0.1, 0.25), 3)
    (0.035, 0.947)
    """
    differing = np.arange(cases + 1)
    rate = first + second
    chances = _binomial(differing, cases, rate)
    share = second / rate if rate else 0.5
    return float(sum(chance * _rejects(int(n), share, alpha) for n, chance in zip(differing, chances, strict=True)))


def detectable(cases: int, rate: float, alpha: float = 0.05, wanted: float = 0.8) -> float | None:
    """The least difference that is found with power `wanted`, if the two differ in a share `rate` of the cases.

    None where not even the greatest, `rate` itself, is found so often.

    >>> round(detectable(200, 0.3) or 0, 3)
    0.111
    """
    if power(cases, 0.0, rate, alpha) < wanted:
        return None
    low, high = 0.0, rate
    while high - low > _STEP:
        middle = (low + high) / 2
        if power(cases, (rate - middle) / 2, (rate + middle) / 2, alpha) < wanted:
            low = middle
        else:
            high = middle
    return high


def _rejects(differing: int, share: float, alpha: float) -> float:
    """The chance that the test rejects, given how many cases differ."""
    counts = np.arange(differing + 1)
    tails = special.bdtr(np.minimum(counts, differing - counts), differing, 0.5)
    return float(_binomial(counts, differing, share)[2 * tails <= alpha].sum())


def _binomial(counts: npt.NDArray[np.intp], cases: int, rate: float) -> npt.NDArray[np.float64]:
    ways = special.gammaln(cases + 1) - special.gammaln(counts + 1) - special.gammaln(cases - counts + 1)
    found: npt.NDArray[np.float64] = np.exp(ways + special.xlogy(counts, rate) + special.xlog1py(cases - counts, -rate))
    return found
