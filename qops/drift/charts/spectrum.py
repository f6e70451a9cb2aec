"""The rolling spectrum: waves that come and go around the baseline's rate, in the last `window` epochs.

Every `hop` epochs the residuals of the last W are turned by the orthonormal DCT-II [1]_; while nothing has changed, its
squares are independent and χ² with one degree of freedom, whatever constant the baseline is off by, as the mean is left
out. The chance q that the greatest of W - 1 is as great as found is then exact for independent normal residuals.

Looks that are W epochs apart share none. So up to the alarm at N, at most E[N]/W + 1 windows of such a class were
begun, each with the chance q whatever came before it, and W/hop classes have an alarm with at most the chance (E[N] +
W)·q/hop. It is an alarm where hop/q ≥ A + W: then E[N] ≥ A, though windows overlap. Epochs are taken as evenly spaced:
where they are not, waves are seen less well, and no false alarm is added.

References:
    [1] T. Proctor and others, Detecting and tracking drift in quantum information processors, Nature Communications 11
        (2020) 5396, for DCT powers of clicks.
    [2] J. Makhoul, A fast cosine transform in one and two dimensions, IEEE Transactions on Acoustics, Speech, and
        Signal Processing 28 (1980) 27-34.
"""

import math
from typing import Annotated

import msgspec
import numpy as np

from qops.drift.charts.e_detector import CALM
from qops.drift.charts.path import Limit, Numbers, Usual
from qops.drift.residuals import standardised

_LEAST = 1e-300
_FARTHEST = 8.0


class Spectrum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See above."""

    window: Annotated[int, msgspec.Meta(ge=16, le=2048, multiple_of=2)] = 128
    hop: Annotated[int, msgspec.Meta(ge=1, le=256)] = 8

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, _: float, /) -> Numbers:
        """hop/q - W until the next look, in the direction in which the window lies; 0 where q is no news."""
        found = np.zeros((2, *shots.shape))
        ends = range(self.window, shots.shape[-1] + 1, self.hop)
        if not ends:
            return found
        residuals = np.clip(standardised(usual, shots, successes), -_FARTHEST, _FARTHEST)
        windows = np.lib.stride_tricks.sliding_window_view(residuals, self.window, axis=-1)[..., :: self.hop, :]
        greatest = powers(windows).max(axis=-1)
        evidence = np.maximum(0.0, self.hop / chances(greatest, self.window - 1) - self.window)
        rising = windows.sum(axis=-1) > 0
        for look, end in enumerate(ends):
            until = slice(end - 1, end - 1 + self.hop)
            found[0, ..., until] = np.where(rising[..., look], 0.0, evidence[..., look])[..., None]
            found[1, ..., until] = np.where(rising[..., look], evidence[..., look], 0.0)[..., None]
        return found

    def limit(self, _: Usual, __: Numbers, run_length: float, /) -> Limit:
        """The run length itself."""
        promise = f"at least {run_length:g} epochs on average to a false alarm, for normal residuals"
        return Limit(run_length, run_length * CALM, promise)


def powers(values: Numbers) -> Numbers:
    """The squares of the orthonormal DCT-II of an even number of values, without that of their mean.

    By one real Fourier transform of the values re-ordered [2]_; as (..., W/2, 2) without the constant the last of the
    W/2 waves stands twice, which a maximum does not mind.
    """
    number = values.shape[-1]
    ordered = np.concatenate([values[..., ::2], values[..., ::-2]], axis=-1)
    waves = np.arange(1, number // 2 + 1)
    turned = np.fft.rfft(ordered, axis=-1)[..., 1:] * np.exp(-0.5j * math.pi * waves / number)
    found: Numbers = 2 / number * np.square(np.stack([turned.real, turned.imag], axis=-1))
    return found.reshape(*values.shape[:-1], number)


def chances(greatest: Numbers, number: int) -> Numbers:
    """That the greatest of so many independent χ²₁ is so great, or greater; at least a very small number.

    >>> chances(np.array([3.841458820694124]), 1).round(6).tolist()
    [0.05]
    """
    tails = np.array([math.erfc(math.sqrt(power / 2)) for power in greatest.ravel()]).reshape(greatest.shape)
    with np.errstate(divide="ignore"):
        found: Numbers = np.maximum(-np.expm1(number * np.log1p(-tails)), _LEAST)
    return found
