"""Whether a kernel's entries are far enough apart to be told by sampling.

The more qubits a feature map has, the more all fidelities are alike, and near nought: exponentially so for many maps
[1]_. An entry is then a rare event, and what distinguishes one pair from another drowns in the noise of shots, though
nothing in the matrix says so. An entry of probability p has variance p(1 - p)/S after S shots; asked for here is the S
at which the standard error of the mean entry is half the standard deviation between entries.

References:
    [1] S. Thanasilp, S. Wang, M. Cerezo and Z. Holmes, Exponential concentration in quantum kernel methods, Nature
        Communications 15 (2024) 5200.
"""

import math
from typing import NamedTuple

import numpy as np

from qops.stats.kernels.gram import Gram

MOST_PAIRS = 20_000
QUBITS = 12
"""From so many qubits on, no entry is measured with fewer shots than are needed."""


class Concentration(NamedTuple):
    """Mean and standard deviation of entries off the diagonal, and the shots that an entry needs; None: no number."""

    mean: float
    deviation: float
    shots: int | None


def concentration(gram: Gram, seed: int = 0) -> Concentration:
    """The concentration of a kernel with entries from 0 to 1, from all pairs of rows or a sample of them."""
    size = gram.size
    if size * (size - 1) // 2 <= MOST_PAIRS:
        left, right = np.triu_indices(size, 1)
    else:
        chance = np.random.default_rng(seed)
        left = chance.integers(0, size, MOST_PAIRS)
        right = (left + chance.integers(1, size, MOST_PAIRS)) % size
    entries = gram.pairs(left, right).astype(float)
    mean, deviation = float(entries.mean()), float(entries.std())
    return Concentration(mean, deviation, shots_needed(mean, deviation))


def shots_needed(mean: float, deviation: float) -> int | None:
    """Shots at which √(mean(1 - mean)/shots) is at most half the deviation; None where entries do not vary.

    >>> shots_needed(0.079, 0.086), shots_needed(0.2, 0.0)
    (40, None)
    """
    if deviation <= 0:
        return None
    return max(1, math.ceil(4 * mean * (1 - mean) / deviation**2))
