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
from functools import cache

import numpy as np

from qops.stats import student
from qops.stats.blocks.flips import Floats

_POINTS = 97


SHAPES: Mapping[str, Callable[[int, int], float]] = {
    "obrien-fleming": lambda look, looks: math.sqrt(looks / look),
    "pocock": lambda _look, _looks: 1.0,
}
"""What the constant is multiplied with at a look, of so many."""


def obrien_fleming(looks: int, alpha: float = 0.05) -> tuple[float, ...]:
    """The critical |z| at each look, two-sided.

    >>> [round(z, 2) for z in obrien_fleming(2)]
    [2.8, 1.98]
    """
    return _schedule("obrien-fleming", looks, alpha)


def pocock(looks: int, alpha: float = 0.05) -> tuple[float, ...]:
    """The critical |z| at each look, two-sided.

    >>> [round(z, 3) for z in pocock(2)]
    [2.178, 2.178]
    """
    return _schedule("pocock", looks, alpha)


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


@cache
def _schedule(rule: str, looks: int, alpha: float) -> tuple[float, ...]:
    shapes = [SHAPES[rule](look, looks) for look in range(1, looks + 1)]
    low, high = (student.quantile(1 - share, math.inf) for share in (alpha / 2, alpha / 2 / looks))
    high += 1e-9
    for _ in range(40):
        middle = (low + high) / 2
        spent = crossing(tuple(middle * shape for shape in shapes))
        low, high = (middle, high) if spent > alpha else (low, middle)
    return tuple(high * shape for shape in shapes)


def _density(values: Floats) -> Floats:
    return np.asarray(np.exp(-(values**2) / 2) / math.sqrt(2 * math.pi))
