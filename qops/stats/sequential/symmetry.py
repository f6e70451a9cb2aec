"""Evidence that may be looked at after every block: whether differences are symmetric around 0.

For any λ, exp(λD)/cosh(λD) has the mean 1 where D is as likely as -D, whatever its size [1]_; so its product over
blocks, and the mean of such products over several λ, is a martingale that by Ville's inequality [2]_ ever reaches 1/α
with at most probability α. Arms in random order make D symmetric under shared, independent and trending drift, as
long as blocks are independent of each other given their sizes.

References:
    [1] V. H. de la Peña, A general class of exponential inequalities for martingales and ratios, Annals of Probability
        27 (1999) 537-564.
    [2] J. Ville, Étude critique de la notion de collectif (1939).
"""

import math
from collections.abc import Sequence

import numpy as np

from qops.stats.blocks.flips import Floats, Side

BETS = (0.15, 0.3, 0.6, 1.2)
"""λ times the standard deviation of a block's difference, as it is planned."""


def path(differences: Sequence[float], scale: float, side: Side = "two-sided") -> Floats:
    """The logarithm of the evidence after each block, for differences whose planned standard deviation is `scale`.

    The scale is above 0 and fixed before the first block: it decides on power, never on validity. An alternative of
    one side is `greater` or `less`.

    >>> bool(path([1.0] * 20, 1.0)[-1] > math.log(20)), bool(path([1.0, -1.0] * 10, 1.0)[-1] < 0)
    (True, True)
    """
    signs = {"two-sided": (1, -1), "greater": (1,), "less": (-1,)}[side]
    bets = np.array([sign * bet / scale for sign in signs for bet in BETS])[:, None]
    products = bets * np.asarray(differences, float)
    steps = products - (np.logaddexp(products, -products) - math.log(2))
    return np.asarray(np.logaddexp.reduce(np.cumsum(steps, axis=1), axis=0) - math.log(len(bets)))


def planned_scale(rate: float, shots: int, sigma: float = 0.0) -> float:
    """The standard deviation of a block's difference of rates, by the plan.

    >>> round(planned_scale(0.5, 1000), 4)
    0.0224
    """
    return math.sqrt(2 * rate * (1 - rate) / shots + 2 * sigma**2)
