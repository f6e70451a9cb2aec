"""The waves of a series, one after the other, strongest first.

The strongest is fitted together with those found before, taken out, and the rest looked at again [1]_, so that what one
wave spills over other frequencies is not taken for another one.

References:
    [1] D. H. Roberts, J. Lehár and J. W. Dreher, Time series analysis with CLEAN, Astronomical Journal 93 (1987)
        968-989.
"""

import math
from typing import NamedTuple

import numpy as np

from qops.stats.spectrum import thresholds
from qops.stats.spectrum.lomb_scargle import Numbers, spectrum

_MOST = 6
_FINER = 16
_NEAR = 0.75


class Wave(NamedTuple):
    """`amplitude` in the unit of the values, `error` its standard deviation; `phase` of a cosine at the first time.

    `harmonic` is the number of the multiple of a stronger wave's frequency that this one is, 0 where it is none.
    """

    frequency: float
    amplitude: float
    error: float
    phase: float
    power: float
    chance: float
    harmonic: int = 0


class Found(NamedTuple):
    """The waves of a series, and the series that they and its mean make, shape (T,)."""

    waves: tuple[Wave, ...]
    trajectory: Numbers


def waves(times_s: Numbers, values: Numbers, weights: Numbers, frequencies: Numbers, threshold: float) -> Found:
    """All waves whose power is above the threshold, a few at most.

    Args:
        times_s: shape (T,).
        values: shape (T,).
        weights: 1/variance, shape (T,).
        frequencies: that are looked at, shape (F,), evenly spaced.
        threshold: the power.
    """
    fitted: list[tuple[float, float]] = []
    course = np.full(len(values), float((weights * values).sum() / weights.sum()))
    coefficients: Numbers = np.zeros(0)
    while len(fitted) < _MOST:
        rest = spectrum(times_s, (values - course)[None, :], weights[None, :], frequencies)
        best = int(np.argmax(rest.power[0]))
        if rest.power[0, best] < threshold:
            break
        fitted.append((_refined(times_s, values - course, weights, frequencies, best), float(rest.power[0, best])))
        course, coefficients = _fit(times_s, values, weights, [frequency for frequency, _ in fitted])
    return Found(tuple(_told(fitted, coefficients, weights, times_s, len(frequencies))), course)


def _refined(times_s: Numbers, values: Numbers, weights: Numbers, frequencies: Numbers, best: int) -> float:
    """The frequency of the highest power between the neighbours of the one that was found."""
    step = float(frequencies[1] - frequencies[0]) if len(frequencies) > 1 else float(frequencies[0])
    finer = np.linspace(max(step / 2, frequencies[best] - step), frequencies[best] + step, 2 * _FINER + 1)
    return float(finer[np.argmax(spectrum(times_s, values[None, :], weights[None, :], finer).power[0])])


def _fit(times_s: Numbers, values: Numbers, weights: Numbers, frequencies: list[float]) -> tuple[Numbers, Numbers]:
    """The course of a mean and all waves, and the coefficients: the mean, then cosine and sine of each."""
    since = times_s - times_s[0]
    angles = 2 * math.pi * np.outer(since, frequencies)
    basis = np.concatenate([np.ones((len(since), 1)), np.cos(angles), np.sin(angles)], axis=1)
    root = np.sqrt(weights)
    found = np.linalg.lstsq(basis * root[:, None], values * root, rcond=None)[0]
    return basis @ found, found


def _told(
    fitted: list[tuple[float, float]], coefficients: Numbers, weights: Numbers, times_s: Numbers, number: int
) -> list[Wave]:
    error = math.sqrt(2 / float(weights.sum()))
    resolution = 1 / float(times_s[-1] - times_s[0])
    found: list[Wave] = []
    for place, (frequency, power) in enumerate(fitted):
        cosine, sine = coefficients[1 + place], coefficients[1 + len(fitted) + place]
        multiple = _harmonic(frequency, [each.frequency for each in found], resolution)
        likely = min(1.0, number * thresholds.chance(power))
        found.append(
            Wave(frequency, math.hypot(cosine, sine), error, math.atan2(-sine, cosine), power, likely, multiple)
        )
    return found


def _harmonic(frequency: float, stronger: list[float], resolution: float) -> int:
    """Which multiple of a stronger wave's frequency it is, within what can be told apart."""
    for other in stronger:
        multiple = round(frequency / other)
        if multiple > 1 and abs(frequency - multiple * other) < _NEAR * resolution:
            return multiple
    return 0
