"""One job an arm, judged by what earlier jobs of one and the same circuit varied by: a fallback.

The difference has the variance 2p(1-p)/n + 2σ², where σ is known from h earlier jobs (A/A), and is held against
Student's t with h - 1 degrees of freedom [1]_. It assumes that jobs vary now as they did then, independently and close
to normally: near a rate of 1, where they are skewed, its level of 5 % was measured as 6.6 to 8.6 %. With fewer than
`FEWEST` jobs there is no verdict.

References:
    [1] Student, The probable error of a mean, Biometrika 6 (1908) 1-25.
"""

import math

from qops.stats.blocks.paired import two_sided
from qops.stats.proportions.table import Table
from qops.stats.welch import Difference

FEWEST = 30


def compare(table: Table, sigma: float, jobs: int) -> Difference | None:
    """The difference B - A with a two-sided p-value; None with fewer than `FEWEST` jobs, or where nothing varies.

    >>> found = compare(Table(4096, 8192, 4300, 8192), sigma=0.01, jobs=30)
    >>> found is not None and round(found.p_value, 3)
    0.134
    """
    rate = (table.first + table.second) / (table.first_trials + table.second_trials)
    shots = rate * (1 - rate) * (1 / table.first_trials + 1 / table.second_trials)
    error = math.sqrt(shots + 2 * sigma**2)
    if jobs < FEWEST or error <= 0:
        return None
    return Difference(table.difference, error, jobs - 1, two_sided(table.difference / error, jobs - 1))
