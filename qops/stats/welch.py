"""Whether the mean of a second sample is greater than that of the first, where the variances may differ.

Welch's t statistic, with the degrees of freedom of Welch and Satterthwaite [1]_ [2]_. It assumes independent values
whose means are close to normal: exact for normal samples of equal variance, an approximation otherwise, conservative
for samples of equal size. Only counts, means and variances are needed, so that old samples need not be kept.

References:
    [1] B. L. Welch, The generalization of "Student's" problem when several different population variances are
        involved, Biometrika 34 (1947) 28-35.
    [2] F. E. Satterthwaite, An approximate distribution of estimates of variance components, Biometrics Bulletin 2
        (1946) 110-114.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from qops.stats import student


class Summary(NamedTuple):
    """All that the test needs of a sample: how many values, their mean, their variance with n - 1 in the divisor.

    The variance of a single value is 0: it says nothing, and `compare` refuses it.
    """

    number: int
    mean: float
    variance: float

    @property
    def of_mean(self) -> float:
        """The variance of the mean."""
        return self.variance / self.number


class Difference(NamedTuple):
    """How much greater the second mean is, and how sure that is.

    `p_value` is the probability of a `t` as great as this or greater if the means are equal; between 0 and 1, never 0.
    """

    size: float
    error: float
    freedom: float
    p_value: float

    def interval(self, confidence: float) -> tuple[float, float]:
        """The two-sided confidence interval of the difference."""
        reach = student.quantile((1 + confidence) / 2, self.freedom) * self.error if self.error else 0.0
        return self.size - reach, self.size + reach


def summary(values: Sequence[float]) -> Summary:
    """The summary of a sample of at least one value.

    >>> summary([1.0, 2.0, 3.0])
    Summary(number=3, mean=2.0, variance=1.0)
    """
    number = len(values)
    mean = math.fsum(values) / number
    spread = math.fsum((value - mean) ** 2 for value in values)
    return Summary(number, mean, spread / (number - 1) if number > 1 else 0.0)


def compare(old: Summary, new: Summary) -> Difference | None:
    """Welch's test, one-sided: whether `new` is greater.

    Returns:
        None where a side has fewer than two values. Where neither side varies at all, a greater mean has the largest
        probability that m values of one kind and n of another can have in two samples from one population,
        m^m n^n / (m + n)^(m + n), which bounds the p-value without an assumption; a mean that is not greater has 1.

    >>> found = compare(summary([1.0, 2.0, 3.0, 4.0]), summary([3.0, 4.0, 5.0, 6.0]))
    >>> round(found.size, 6), found.freedom, round(found.p_value, 4)
    (2.0, 6.0, 0.0355)
    """
    if min(old.number, new.number) < 2:
        return None
    return _difference(new.mean - old.mean, ((old.of_mean, old.number - 1), (new.of_mean, new.number - 1)), old, new)


def satterthwaite(parts: Sequence[tuple[float, float]]) -> float:
    """The degrees of freedom of a sum of independent estimates of variance, given as (estimate, its own degrees).

    Not all estimates may be 0.

    >>> satterthwaite([(1.0, 4), (1.0, 4)])
    8.0
    """
    largest = max(estimate for estimate, _ in parts)
    shares = [(estimate / largest, freedom) for estimate, freedom in parts]
    whole = math.fsum(share for share, _ in shares)
    return whole**2 / math.fsum(share**2 / freedom for share, freedom in shares)


def _difference(size: float, parts: Sequence[tuple[float, float]], old: Summary, new: Summary) -> Difference:
    variance = math.fsum(estimate for estimate, _ in parts)
    if variance <= 0:
        return Difference(size, 0.0, math.inf, without_variance(old.number, new.number) if size > 0 else 1.0)
    error = math.sqrt(variance)
    freedom = satterthwaite(parts)
    return Difference(size, error, freedom, student.tail(size / error, freedom))


def without_variance(first: int, second: int) -> float:
    """The largest probability of so many equal values of one kind, then so many of another, from one population.

    >>> without_variance(5, 5) == 1 / 4**5
    True
    """
    whole = first + second
    return max(math.exp(first * math.log(first / whole) + second * math.log(second / whole)), student.SMALLEST)
