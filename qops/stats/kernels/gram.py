"""A kernel between N rows, never stored whole: it is asked for block by block."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.floating[Any]]
Indices = npt.NDArray[np.intp]
Rows = slice | Indices


@dataclass(frozen=True)
class Gram:
    """K, of `size` × `size`, symmetric.

    `block` gives the entries between some rows and some others; `pairs` the entries at (i, j) of two lists of the same
    length. Where K = ΦΦᵀ with `width` columns and those are at hand, `features` gives rows of Φ. `dtype` is what
    products are computed in.
    """

    size: int
    block: Callable[[Rows, Rows], Reals]
    pairs: Callable[[Indices, Indices], Reals]
    features: Callable[[Rows], Reals] | None = None
    width: int = 0
    dtype: npt.DTypeLike = np.float64


def taken(gram: Gram, rows: Indices) -> Gram:
    """The kernel between some of the rows alone, in the order given."""
    features = gram.features
    return Gram(
        size=len(rows),
        block=lambda left, right: gram.block(rows[left], rows[right]),
        pairs=lambda left, right: gram.pairs(rows[left], rows[right]),
        features=None if features is None else lambda chosen: features(rows[chosen]),
        width=gram.width,
        dtype=gram.dtype,
    )


def given(matrix: Reals) -> Gram:
    """A kernel that is stored, such as one that a device measured. It need not be positive semidefinite.

    >>> given(np.eye(2)).block(slice(0, 1), slice(0, 2)).tolist()
    [[1.0, 0.0]]
    """
    return Gram(
        size=len(matrix),
        block=lambda left, right: matrix[left][:, right],
        pairs=lambda left, right: matrix[left, right],
        dtype=matrix.dtype,
    )


def of_features(features: Reals) -> Gram:
    """The kernel ΦΦᵀ, of N rows of features."""
    return Gram(
        size=len(features),
        block=lambda left, right: features[left] @ features[right].T,
        pairs=lambda left, right: np.einsum("ij,ij->i", features[left], features[right]),
        features=lambda rows: features[rows],
        width=features.shape[1],
        dtype=features.dtype,
    )
