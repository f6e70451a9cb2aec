"""A statistic that looks at every row once: linear in the number of rows, and of little power.

Pairs of opposite units are taken by twos, x and x' of the first sample with y and y' of the second, and the statistic
is the mean of h = k(x, x') + k(y, y') - k(x, y') - k(x', y) [1]_. Exchanging x' with y' turns the sign of h over, so
that signs are drawn in the place of permutations: the test is exact if units are exchangeable, at any size.

References:
    [1] A. Gretton, K. M. Borgwardt, M. J. Rasch, B. Schölkopf and A. Smola, A kernel two-sample test, Journal of
        Machine Learning Research 13 (2012) 723-773, section 6.
"""

import numpy as np

from qops.stats.kernels.design import Design, signs
from qops.stats.kernels.gram import Gram, Indices, Reals
from qops.stats.kernels.pairing import paired


def statistics(gram: Gram, design: Design, draws: int, seed: int) -> Reals:
    """The mean of h, as observed and for `draws` choices of signs."""
    first, second, unit = paired(design)
    here, there, turn = _by_twos(unit)
    x, other_x, y, other_y = first[here], first[there], second[here], second[there]
    h = gram.pairs(x, other_x) + gram.pairs(y, other_y) - gram.pairs(x, other_y) - gram.pairs(other_x, y)
    by_turn = np.bincount(turn, weights=h.astype(float))
    whole: Reals = by_turn @ signs(len(by_turn), draws, seed).astype(float) / len(h)
    return whole


def _by_twos(unit: Indices) -> tuple[Indices, Indices, Indices]:
    """Places in the list of rows: of an even unit, of the odd unit after it, and the number of the two."""
    starts = np.flatnonzero(np.diff(unit, prepend=-1))
    lengths = np.diff(starts, append=len(unit))
    twos = [(starts[k], starts[k + 1], min(lengths[k : k + 2])) for k in range(0, len(starts) - 1, 2)]
    here = np.concatenate([np.arange(a, a + length) for a, _, length in twos])
    there = np.concatenate([np.arange(b, b + length) for _, b, length in twos])
    return here, there, np.repeat(np.arange(len(twos)), [length for *_, length in twos])
