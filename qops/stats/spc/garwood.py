"""How many alarms might as well have come.

References:
    [1] F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936) 437-442.
"""

from scipy import special


def alarms_interval(alarms: int, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of the mean of a Poisson number that came out as `alarms`, exactly [1]_.

    >>> tuple(round(end, 3) for end in alarms_interval(10))
    (4.795, 18.39)
    """
    outside = (1 - confidence) / 2
    low = float(special.gammaincinv(alarms, outside)) if alarms else 0.0
    return low, float(special.gammaincinv(alarms + 1, 1 - outside))
