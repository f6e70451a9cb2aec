"""The generalised Lomb-Scargle spectrum: weighted, with a floating mean, on any time stamps.

At each frequency, a cosine, a sine and a constant are fitted by weighted least squares; the power is by how much they
lessen the weighted sum of squares beyond the constant [1]_. With weights of 1/variance it is χ² with two degrees of
freedom while nothing but noise is there. All sums over time are matrix products, shared by all series: a thousand
series cost little more than one.

References:
    [1] M. Zechmeister and M. Kürster, The generalised Lomb-Scargle periodogram, Astronomy & Astrophysics 496 (2009)
        577-584; the power here is their p times the weighted sum of squares.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_SMALLEST = 1e-12
_AT_ONCE = 4_000_000


class Spectrum(NamedTuple):
    """At each frequency, in hertz, of each series: the power, and the cosine and sine from `begin_s` on.

    Shapes: (F,) and (K, F).
    """

    frequencies: Numbers
    power: Numbers
    cosine: Numbers
    sine: Numbers
    begin_s: float

    @property
    def amplitude(self) -> Numbers:
        """Half of the way from trough to crest, in the unit of the values."""
        found: Numbers = np.hypot(self.cosine, self.sine)
        return found


def usual_frequencies(times_s: Numbers) -> Numbers:
    """From one wave in all to one in two epochs, in steps of one wave in all.

    >>> usual_frequencies(np.array([0.0, 1.0, 2.0, 3.0, 4.0])).tolist()
    [0.25, 0.5]
    """
    span = float(times_s[-1] - times_s[0])
    waves: Numbers = np.arange(1, (len(times_s) - 1) // 2 + 1) / span
    return waves


def spectrum(times_s: Numbers, values: Numbers, weights: Numbers, frequencies: Numbers) -> Spectrum:
    """The spectrum of series on common time stamps.

    Args:
        times_s: shape (T,), ascending.
        values: shape (K, T).
        weights: 1/variance, shape (K, T), or (1, T) where all series have the same.
        frequencies: shape (F,), in hertz.
    """
    since = times_s - times_s[0]
    whole = weights.sum(axis=1, keepdims=True)
    centred = values - (weights * values).sum(axis=1, keepdims=True) / whole
    step = max(1, _AT_ONCE // len(times_s))
    parts = [
        _part(since, weights * centred, weights, whole, frequencies[first : first + step])
        for first in range(0, len(frequencies), step)
    ]
    power, cosine, sine = (np.concatenate(each, axis=1) for each in zip(*parts, strict=True))
    return Spectrum(frequencies, power, cosine, sine, float(times_s[0]))


def _part(
    since: Numbers, products: Numbers, weights: Numbers, whole: Numbers, frequencies: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Power, cosine and sine at some frequencies."""
    angles = 2 * math.pi * since[:, None] * frequencies[None, :]
    cosines, sines = np.cos(angles), np.sin(angles)
    yc, ys = products @ cosines, products @ sines
    c, s = weights @ cosines, weights @ sines
    c2, s2 = weights @ (2 * cosines**2 - 1), weights @ (2 * sines * cosines)
    cc, ss, cs = (whole + c2) / 2 - c**2 / whole, (whole - c2) / 2 - s**2 / whole, s2 / 2 - c * s / whole
    determinant = cc * ss - cs**2
    good = determinant > _SMALLEST * whole**2
    safe = np.where(good, determinant, 1.0)
    cosine, sine = np.where(good, yc * ss - ys * cs, 0.0) / safe, np.where(good, ys * cc - yc * cs, 0.0) / safe
    return yc * cosine + ys * sine, cosine, sine
