"""How large a rate may be, after so many hits in so many trials.

Clopper and Pearson's interval [1]_: it holds the true rate with at least the confidence asked for, whatever the rate
and the number of trials; it assumes independent trials of one rate. Its ends are quantiles of the beta distribution.

References:
    [1] C. J. Clopper and E. S. Pearson, The use of confidence or fiducial limits illustrated in the case of the
        binomial, Biometrika 26 (1934) 404-413.
"""

import numpy as np
import numpy.typing as npt
from scipy import special

Numbers = npt.NDArray[np.float64]


def interval(hits: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of the rate; without trials it is everything.

    Raises:
        ValueError: hits are not between 0 and the trials, or the confidence not between 0 and 1.

    >>> tuple(round(end, 4) for end in interval(0, 10)), tuple(round(end, 4) for end in interval(5, 10))
    ((0.0, 0.3085), (0.1871, 0.8129))
    """
    if not 0 <= hits <= trials:
        raise ValueError("hits lie between 0 and the number of trials")
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
    outside = (1 - confidence) / 2
    low = float(special.betaincinv(hits, trials - hits + 1, outside)) if hits else 0.0
    high = float(special.betaincinv(hits + 1, trials - hits, 1 - outside)) if hits < trials else 1.0
    return low, high


def at_most(hits: Numbers, trials: Numbers, rate: Numbers) -> Numbers:
    """The probability of so few hits, or fewer; arrays that broadcast.

    >>> at_most(np.array([0.0, 2.0]), np.array([2.0, 2.0]), np.array([0.5, 0.5])).tolist()
    [0.25, 1.0]
    """
    found: Numbers = special.bdtr(hits, trials.astype(np.int64), rate)
    return found
