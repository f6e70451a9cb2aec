"""How far two rates are apart: intervals of the difference B - A, for independent shots.

Newcombe's hybrid score interval [1]_ joins Wilson's of both arms; Agresti and Caffo's [2]_ adds a hit and a miss to
each. Both hold the difference about as often as they say, also near rates of 0 and 1; neither guarantees it.

References:
    [1] R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine
        17 (1998) 873-890, method 10.
    [2] A. Agresti and B. Caffo, Simple and effective confidence intervals for proportions and differences of
        proportions result from adding two successes and two failures, The American Statistician 54 (2000) 280-288.
"""

import math

from scipy import special

from qops.stats.proportions.table import Table


def newcombe(table: Table, confidence: float = 0.95) -> tuple[float, float]:
    """The hybrid score interval.

    >>> tuple(round(end, 4) for end in newcombe(Table(48, 80, 56, 70)))  # Newcombe, table II (a), with arms exchanged
    (0.0524, 0.3339)
    """
    z = float(special.ndtri((1 + confidence) / 2))
    (a, b), difference = table.rates, table.difference
    a_low, a_high = _wilson(table.first, table.first_trials, z)
    b_low, b_high = _wilson(table.second, table.second_trials, z)
    return difference - math.hypot(b - b_low, a_high - a), difference + math.hypot(b_high - b, a - a_low)


def agresti_caffo(table: Table, confidence: float = 0.95) -> tuple[float, float]:
    """Wald's interval of one hit and one miss more in each arm.

    >>> tuple(round(end, 3) for end in agresti_caffo(Table(0, 10, 0, 10)))
    (-0.221, 0.221)
    """
    more = Table(table.first + 1, table.first_trials + 2, table.second + 1, table.second_trials + 2)
    a, b = more.rates
    reach = math.sqrt(a * (1 - a) / more.first_trials + b * (1 - b) / more.second_trials)
    reach *= float(special.ndtri((1 + confidence) / 2))
    return max(-1.0, more.difference - reach), min(1.0, more.difference + reach)


def _wilson(hits: int, trials: int, z: float) -> tuple[float, float]:
    centre = 2 * hits + z**2
    reach = z * math.sqrt(z**2 + 4 * hits * (1 - hits / trials))
    return (centre - reach) / (2 * (trials + z**2)), (centre + reach) / (2 * (trials + z**2))
