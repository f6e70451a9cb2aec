"""vᵀK₀v for many vectors v at once, where K₀ is a kernel without its diagonal.

One matrix product does all permutations of a test: with the vectors as columns of V, the forms are the diagonal of
VᵀK₀V. The kernel is taken in blocks of rows, its upper triangle alone, so that it is never stored whole: O(N²R) time
and O(NR) memory for R vectors. Where K = ΦΦᵀ with few columns, the forms are ‖Φᵀv‖² less the diagonal, which is linear
in N: O(NDR) for D columns. Both are exact, and equal up to rounding.
"""

from typing import NamedTuple

import numpy as np

from qops.stats.kernels.design import Labels
from qops.stats.kernels.gram import Gram, Reals

ROWS = 256

Columns = Reals | Labels


class Forms(NamedTuple):
    """By vector vᵀK₀v and vᵀK₀1, and the whole 1ᵀK₀1; in double precision."""

    quadratic: Reals
    linear: Reals
    total: float


def forms(gram: Gram, vectors: Columns) -> Forms:
    """The forms of the columns of `vectors`, (N, R), by whichever way is the shorter."""
    if gram.features is not None and gram.width <= gram.size // 2:
        return by_features(gram, vectors)
    return by_blocks(gram, vectors)


def by_blocks(gram: Gram, vectors: Columns) -> Forms:
    """The quadratic way."""
    whole = np.ascontiguousarray(vectors, dtype=gram.dtype)
    quadratic = np.zeros(whole.shape[1])
    sums = np.zeros(gram.size)
    for start in range(0, gram.size, ROWS):
        end = min(start + ROWS, gram.size)
        entries = gram.block(slice(start, end), slice(start, gram.size))
        within, beyond = entries[:, : end - start], entries[:, end - start :]
        np.fill_diagonal(within, 0)
        product = within @ whole[start:end] + 2 * (beyond @ whole[end:])
        quadratic += np.einsum("ij,ij->j", whole[start:end], product, dtype=np.float64)
        sums[start:end] += entries.sum(axis=1, dtype=np.float64)
        sums[end:] += beyond.sum(axis=0, dtype=np.float64)
    return Forms(quadratic, sums @ whole, float(sums.sum()))


def by_features(gram: Gram, vectors: Columns) -> Forms:
    """The linear way.

    Raises:
        ValueError: the kernel has no features.
    """
    if gram.features is None:
        raise ValueError("this kernel has no features")
    whole = np.zeros((gram.width, vectors.shape[1] + 1))
    diagonal = np.zeros(vectors.shape[1])
    squares, trace = np.zeros(vectors.shape[1]), 0.0
    for start in range(0, gram.size, 8 * ROWS):
        rows = slice(start, min(start + 8 * ROWS, gram.size))
        features = gram.features(rows)
        chosen = vectors[rows].astype(features.dtype)
        own = np.einsum("ij,ij->i", features, features)
        whole[:, :-1] += features.T @ chosen
        whole[:, -1] += features.sum(axis=0)
        diagonal += own @ chosen
        squares += own @ (chosen * chosen)
        trace += float(own.sum())
    sums = whole[:, -1]
    quadratic = np.einsum("ij,ij->j", whole[:, :-1], whole[:, :-1]) - squares
    return Forms(quadratic, sums @ whole[:, :-1] - diagonal, float(sums @ sums) - trace)
