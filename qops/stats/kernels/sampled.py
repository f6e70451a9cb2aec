"""A fidelity kernel as shots would show it: every entry a binomial share, each pair of rows measured once."""

import numpy as np

from qops.stats.kernels.gram import Gram, given


def sampled(gram: Gram, shots: int, seed: int) -> Gram:
    """The kernel with the noise of `shots` shots an entry, and ones on the diagonal; stored whole.

    >>> exact = given(np.array([[1.0, 0.5], [0.5, 1.0]]))
    >>> noisy = sampled(exact, 10**8, 1).block(slice(0, 2), slice(0, 2))
    >>> bool(abs(noisy[0, 1] - 0.5) < 1e-3), bool(noisy[0, 1] == noisy[1, 0])
    (True, True)
    """
    whole = gram.block(slice(0, gram.size), slice(0, gram.size)).astype(float)
    above = np.triu_indices(gram.size, 1)
    chance = np.random.default_rng(seed)
    entries = chance.binomial(shots, np.clip(whole[above], 0, 1)) / shots
    matrix = np.eye(gram.size)
    matrix[above] = entries
    return given(matrix + np.triu(matrix, 1).T)
