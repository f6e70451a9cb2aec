"""Whether a matrix of similarities is positive semidefinite, and by how much it is not.

Noise of shots, and drift between entries, make a fidelity matrix indefinite. The two-sample tests here do not mind:
under exchangeability a permutation test is exact for any symmetric function of two rows. What is lost is the reading of
MMD² as a squared distance; nothing is clipped, since clipping mixes all entries with each other.
"""

import numpy as np

from qops.stats.kernels.gram import Reals

_ROUNDING = 1e-10


def least_eigenvalue(matrix: Reals) -> float:
    """The least eigenvalue of a symmetric matrix.

    >>> round(least_eigenvalue(np.array([[1.0, 2.0], [2.0, 1.0]])), 12)
    -1.0
    """
    return float(np.linalg.eigvalsh(matrix)[0])


def indefinite(matrix: Reals) -> bool:
    """Whether the least eigenvalue is below nought by more than rounding."""
    return least_eigenvalue(matrix) < -_ROUNDING * len(matrix)
