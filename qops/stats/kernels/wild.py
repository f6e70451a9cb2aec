"""The wild bootstrap: units of the two samples are paired in order, and every pair may change places.

With h(i, j) = k(xᵢ, xⱼ) + k(yᵢ, yⱼ) - k(xᵢ, yⱼ) - k(xⱼ, yᵢ), the statistic is the mean of εᵢεⱼh(i, j) over i ≠ j, with
all signs +1 as observed and fair coins otherwise [1]_ [2]_. To turn a sign over is to exchange xᵢ with yᵢ, so that the
test is exact if the units of a pair are exchangeable, though pairs may differ from each other: the first two of January
and the first two of July. Only pairs of units of equal length take part.

References:
    [1] A. Schrab, I. Kim, M. Albert, B. Laurent, B. Guedj and A. Gretton, MMD aggregated two-sample test, Journal of
        Machine Learning Research 24 (2023) 194, section 3.2.2.
    [2] K. Chwialkowski, D. Sejdinovic and A. Gretton, A wild bootstrap for degenerate kernel tests, Advances in Neural
        Information Processing Systems 27 (2014).
"""

import numpy as np

from qops.stats.kernels.design import Design, signs
from qops.stats.kernels.gram import Gram, Reals, taken
from qops.stats.kernels.pairing import paired
from qops.stats.kernels.products import forms


def statistics(gram: Gram, design: Design, draws: int, seed: int) -> Reals:
    """The mean of εᵢεⱼh(i, j), as observed and for `draws` choices of signs."""
    first, second, unit = paired(design)
    flips = signs(int(unit[-1]) + 1, draws, seed)[unit].astype(float)
    found = forms(taken(gram, np.concatenate([first, second])), np.concatenate([flips, -flips]))
    same = 2 * float(gram.pairs(first, second).sum(dtype=np.float64))
    whole: Reals = (found.quadratic + same) / (len(first) * (len(first) - 1))
    return whole
