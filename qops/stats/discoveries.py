"""Which of many p-values are findings, if only a small share of all findings may be false.

Benjamini and Hochberg's step-up rule [1]_: sort the p-values, find the last one with p ≤ q · rank / number, and take
it with all before it. Where no hypothesis is false but all are true, the probability of any finding is at most q. It
assumes p-values that are independent, or positively dependent on each other [2]_.

References:
    [1] Y. Benjamini and Y. Hochberg, Controlling the false discovery rate: a practical and powerful approach to
        multiple testing, Journal of the Royal Statistical Society B 57 (1995) 289-300.
    [2] Y. Benjamini and D. Yekutieli, The control of the false discovery rate in multiple testing under dependency,
        Annals of Statistics 29 (2001) 1165-1188.
"""

from collections.abc import Sequence


def adjusted(p_values: Sequence[float]) -> tuple[float, ...]:
    """For each p-value the least q at which it is a finding, in the order in which they were given.

    >>> adjusted([0.01, 0.04, 0.03, 0.5])
    (0.04, 0.05333333333333333, 0.05333333333333333, 0.5)
    """
    number = len(p_values)
    order = sorted(range(number), key=lambda place: p_values[place], reverse=True)
    found = [1.0] * number
    least = 1.0
    for passed, place in enumerate(order):
        least = min(least, p_values[place] * (number / (number - passed)))
        found[place] = least
    return tuple(found)
