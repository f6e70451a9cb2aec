"""How far epochs are from a rate, in standard deviations."""

import numpy as np

from qops.drift.charts.path import Numbers


def standardised(rate: float, between: float, shots: Numbers, successes: Numbers) -> Numbers:
    """(p̂ - p)/√(p(1 - p)/n + τ²): additive, so that epochs of many and of few shots are treated alike.

    Where nothing can vary, a residual is 0 or infinite, as the epoch has the rate or not.

    >>> standardised(0.5, 0.0, np.array([100.0]), np.array([60.0])).round(6).tolist()
    [2.0]
    """
    distance = successes / shots - rate
    deviation = np.sqrt(rate * (1 - rate) / shots + between**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        residuals: Numbers = np.where(distance == 0, 0.0, distance / deviation)
    return residuals
