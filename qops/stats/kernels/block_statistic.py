"""MMD² within small groups of units, summed: between the linear and the quadratic statistic in cost and in power.

Units are dealt in order into groups of √U on either side, U the number of units of the smaller sample, as the B-test
has them [1]_. Its normal limit is not used: labels are permuted within each group, which is exact if the units of a
group are exchangeable. For single rows that is O(N^1.5) kernel entries.

References:
    [1] W. Zaremba, A. Gretton and M. Blaschko, B-test: a non-parametric, low variance kernel two-sample test, Advances
        in Neural Information Processing Systems 26 (2013).
"""

import math

import numpy as np

from qops.stats.kernels.design import Design, labels, runs
from qops.stats.kernels.gram import Gram, Indices, Reals, taken
from qops.stats.kernels.permutation import squared


def statistics(gram: Gram, design: Design, draws: int, seed: int) -> Reals:
    """The sum over groups of MMD², as observed and with `draws` permutations within each group.

    Raises:
        ValueError: a sample has fewer than two rows.
    """
    units = len(design.lengths)
    fewest = min(design.first, units - design.first)
    groups = max(1, fewest // max(2, math.isqrt(fewest)))
    whole: Reals = np.zeros(1 + draws)
    for group in range(groups):
        first = np.arange(group, design.first, groups)
        second = np.arange(design.first + group, units, groups)
        rows, small = _of_units(design, first, second)
        whole += squared(taken(gram, rows), labels(small, draws, (seed, group)))
    return whole


def _of_units(design: Design, first: Indices, second: Indices) -> tuple[Indices, Design]:
    starts, lengths = design.starts, np.array(design.lengths)
    chosen = np.concatenate([first, second])
    rows = np.concatenate([np.arange(starts[unit], starts[unit] + lengths[unit]) for unit in chosen])
    return rows, runs(lengths[first].tolist(), lengths[second].tolist())
