"""When the power of a wave is more than chance, among many series and frequencies.

Powers are χ² with two degrees of freedom at each frequency while there is nothing. Over C series and F frequencies the
chance that any of them is above 2 ln(CF/α) is at most α, by Bonferroni's inequality, whatever depends on what [1]_. The
sum of the powers of C independent series at one frequency is χ² with 2C degrees of freedom, which sees a weak wave that
all of them have.

References:
    [1] T. Proctor and others, Detecting and tracking drift in quantum information processors, Nature Communications 11
        (2020) 5396.
"""

import math

from scipy import special


def of_one(series: int, frequencies: int, level: float) -> float:
    """The power above which one series has a wave, so that there is any false one with at most the chance `level`.

    >>> round(of_one(100, 500, 0.05), 3)
    27.631
    """
    return 2 * math.log(series * frequencies / level)


def of_all(series: int, frequencies: int, level: float) -> float:
    """The same for the sum of the powers of independent series at one frequency.

    >>> round(of_all(1, 500, 0.05), 3) == round(of_one(1, 500, 0.05), 3)
    True
    """
    return float(special.chdtri(2 * series, level / frequencies))


def chance(power: float) -> float:
    """That a power of nothing is so great at one frequency, or greater; never 0.

    >>> round(chance(2 * math.log(20)), 12)
    0.05
    """
    return math.exp(-min(power, 1400.0) / 2)
