"""|⟨φ(x)|φ(y)⟩|², the fidelity of two pure states, and its linear way through projectors.

The fidelity is the inner product of |φ⟩⟨φ| with itself as a real vector of 4^q numbers, so that MMD² is the squared
Hilbert-Schmidt distance of two mean states [1]_, and costs O(N·4^q) in the place of O(N²·2^q).

References:
    [1] H.-Y. Huang, M. Broughton, M. Mohseni, R. Babbush, S. Boixo, H. Neven and J. R. McClean, Power of data in
        quantum machine learning, Nature Communications 12 (2021) 2631: kernels as inner products of density matrices.
"""

import numpy as np
import numpy.typing as npt

from qops.stats.kernels.gram import Gram, Indices, Reals, Rows

States = npt.NDArray[np.complexfloating]


def prepare(states: States) -> Gram:
    """The kernel between N pure states, (N, 2^q) amplitudes.

    >>> plus = np.array([[1, 0], [1, 1]]) / np.sqrt([[1], [2]]) + 0j
    >>> round(float(prepare(plus).block(slice(0, 1), slice(1, 2))[0, 0]), 12)
    0.5
    """
    apart: Reals = np.concatenate([states.real, states.imag], axis=1)
    turned: Reals = np.concatenate([-states.imag, states.real], axis=1)

    def block(left: Rows, right: Rows) -> Reals:
        real: Reals = apart[left] @ apart[right].T
        imaginary: Reals = turned[left] @ apart[right].T
        real *= real
        imaginary *= imaginary
        real += imaginary
        return real

    def pairs(left: Indices, right: Indices) -> Reals:
        overlaps = np.einsum("ij,ij->i", states[left].conj(), states[right])
        found: Reals = overlaps.real**2 + overlaps.imag**2
        return found

    width = states.shape[1] ** 2
    return Gram(len(states), block, pairs, lambda rows: projectors(states[rows]), width, apart.dtype)


def projectors(states: States) -> Reals:
    """|φ⟩⟨φ| of each state as 4^q real numbers: the diagonal, and √2 of the real and imaginary parts above it."""
    above = np.triu_indices(states.shape[1], 1)
    weights = states.real**2 + states.imag**2
    products = states[:, above[0]] * states[:, above[1]].conj()
    products *= np.sqrt(2)
    return np.concatenate([weights, products.real, products.imag], axis=1)
