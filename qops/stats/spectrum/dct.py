"""The spectrum of series on an evenly spaced grid with equal variances: the orthonormal DCT-II, a fast transform.

Of standardised values the square at each frequency but 0 is χ² with one degree of freedom while there is nothing, and
independent of the others [1]_. Frequencies are multiples of half a wave in all, twice as fine as those of Fourier.

References:
    [1] T. Proctor and others, Detecting and tracking drift in quantum information processors, Nature Communications 11
        (2020) 5396.
"""

import numpy as np
import numpy.typing as npt
from scipy import fft, special

Numbers = npt.NDArray[np.float64]

_EVEN = 1e-6


def even(times_s: Numbers) -> bool:
    """Whether time stamps are evenly spaced, to a millionth of the spacing.

    >>> even(np.array([0.0, 1.0, 2.0])), even(np.array([0.0, 1.0, 3.0]))
    (True, False)
    """
    steps = np.diff(times_s)
    return bool(len(steps) > 0 and np.ptp(steps) <= _EVEN * steps.mean())


def frequencies(times_s: Numbers) -> Numbers:
    """Those of the powers, in hertz, shape (T - 1,)."""
    spacing = float(times_s[-1] - times_s[0]) / (len(times_s) - 1)
    found: Numbers = np.arange(1, len(times_s)) / (2 * len(times_s) * spacing)
    return found


def powers(values: Numbers, deviation: Numbers | float) -> Numbers:
    """Of series by their standard deviations, shapes (K, T) and (K, 1) or a number; shape (K, T - 1).

    What is constant in a series is in the frequency 0 alone, so it need not be taken out before.
    """
    found: Numbers = fft.dct(values, norm="ortho", axis=-1)[..., 1:]
    np.square(found, out=found)
    found /= np.square(deviation)
    return found


def of_one(series: int, number: int, level: float) -> float:
    """The power above which one series has a wave, so that there is any false one with at most the chance `level`.

    >>> round(of_one(60, 500, 0.025), 6)
    24.279218
    """
    return float(special.chdtri(1, level / (series * number)))


def of_mean(series: int, number: int, level: float) -> float:
    """The same for the mean power of independent series at one frequency.

    >>> round(of_mean(60, 500, 0.025), 5)
    1.87179
    """
    return float(special.chdtri(series, level / number)) / series
