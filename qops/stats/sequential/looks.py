"""Schedules of planned looks: how large z must be at each of them.

At equally spaced looks k of K the statistics are sums of independent normal steps. The density of those not stopped
yet is carried from look to look by numerical integration [1]_, and the constant is found at which in all the level is
spent. O'Brien and Fleming [2]_ stop at C·√(K/k), Pocock [3]_ at C. Both need independent steps of known variance: not
for jobs that drift on their own, where 10 looks have some 8 % instead of 5 %.

References:
    [1] P. Armitage, C. K. McPherson and B. C. Rowe, Repeated significance tests on accumulating data, Journal of the
        Royal Statistical Society A 132 (1969) 235-244.
    [2] P. C. O'Brien and T. R. Fleming, A multiple testing procedure for clinical trials, Biometrics 35 (1979) 549-556.
    [3] S. J. Pocock, Group sequential methods in the design and analysis of clinical trials, Biometrika 64 (1977)
        191-199.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np
from scipy import special

from qops.stats.blocks.flips import Floats

_POINTS = 97


def obrien_fleming(looks: int, alpha: float = 0.05) -> tuple[float, ...]:
    """The critical |z| at each look, two-sided.

    >>> [round(z, 2) for z in obrien_fleming(2)]
    [2.8, 1.98]
    """
    return _schedule(lambda look: math.sqrt(looks / look), looks, alpha)


def pocock(looks: int, alpha: float = 0.05) -> tuple[float, ...]:
    """The critical |z| at each look, two-sided.

    >>> [round(z, 3) for z in pocock(2)]
    [2.178, 2.178]
    """
    return _schedule(lambda _: 1.0, looks, alpha)


SCHEDULES: Mapping[str, Callable[[int, float], tuple[float, ...]]] = {
    "obrien-fleming": obrien_fleming,
    "pocock": pocock,
}


def crossing(bounds: tuple[float, ...]) -> float:
    """The probability that |z| ever reaches its bound, without a difference.

    >>> round(crossing((1.959964,)), 4), round(crossing((1.959964,) * 5), 3)
    (0.05, 0.142)
    """
    nodes, weights = np.polynomial.legendre.leggauss(_POINTS)
    reach = bounds[0]
    places, mass = reach * nodes, reach * weights * _density(reach * nodes)
    for look, bound in enumerate(bounds[1:], 2):
        reach = bound * math.sqrt(look)
        new = reach * nodes
        places, mass = new, reach * weights * (_density(new[:, None] - places[None, :]) @ mass)
    return float(1 - mass.sum())


def _schedule(shape: Callable[[int], float], looks: int, alpha: float) -> tuple[float, ...]:
    low, high = float(-special.ndtri(alpha / 2)), float(-special.ndtri(alpha / 2 / looks)) + 1e-9
    for _ in range(40):
        middle = (low + high) / 2
        spent = crossing(tuple(middle * shape(look) for look in range(1, looks + 1)))
        low, high = (middle, high) if spent > alpha else (low, middle)
    return tuple(high * shape(look) for look in range(1, looks + 1))


def _density(values: Floats) -> Floats:
    return np.asarray(np.exp(-(values**2) / 2) / math.sqrt(2 * math.pi))
