r"""How far apart the outcomes of two runs are: the states by their fidelity, the recorded bits by their distributions.

The courses with one record c leave the ensemble ρ_c = Ψ_cΨ_c†, its columns the states with their probabilities as
weights. The record is classical, so that the fidelity of the whole is F = (Σ_c ‖√ρ_c√σ_c‖₁)², and the trace norm is
‖Ψ_c†Φ_c‖₁: that of a small matrix of overlaps [1]_.

References:
    [1] M. A. Nielsen and I. L. Chuang, Quantum Computation and Quantum Information (2010), section 9.2.2: Uhlmann's
        formula, with the polar decompositions √ρ = ΨU and √σ = ΦV.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from qops.circuits.simulation.evolution import Course
from qops.circuits.simulation.state import Array, Reals

_ROUNDING = 1e-13

Records = Mapping[tuple[int, ...], Reals]


class Apart(NamedTuple):
    """Total variation and Hellinger distance of two distributions."""

    total_variation: float
    hellinger: float


def columns(courses: Sequence[Course], measured: Sequence[int], others: Sequence[int]) -> dict[tuple[int, ...], Array]:
    """By record, an array of the outcomes of `measured`, the states of `others`, and the members of the ensemble.

    Qubits that are in neither are not looked at, and count as members. The order of the qubits is kept.
    """
    found: dict[tuple[int, ...], list[Array]] = {}
    for course in courses:
        facing = course.state.facing((*others, *measured))
        shaped = facing.reshape(1 << len(measured), 1 << len(others), -1)
        found.setdefault(course.bits, []).append(shaped[:, :, _present(shaped)])
    return {record: np.concatenate(parts, axis=2) for record, parts in found.items()}


def fidelity(old: Mapping[tuple[int, ...], Array], new: Mapping[tuple[int, ...], Array]) -> float:
    """The fidelity of two runs, with what `measured` qubits show as part of the record."""
    root = sum(_trace_norms(old[record], new[record]) for record in old if record in new)
    return min(1.0, root) ** 2


def distribution(courses: Sequence[Course], measured: Sequence[int]) -> dict[tuple[int, ...], Reals]:
    """By record, the probabilities of the outcomes of `measured`, the first of them the lowest bit."""
    found: dict[tuple[int, ...], Reals] = {}
    for course in courses:
        facing = course.state.facing(measured)
        weights = np.einsum("ij,ij->i", facing.real, facing.real) + np.einsum("ij,ij->i", facing.imag, facing.imag)
        found[course.bits] = found[course.bits] + weights if course.bits in found else weights
    return found


def apart(old: Records, new: Records) -> Apart:
    """How far apart two distributions are.

    >>> apart({(): np.array([0.5, 0.5])}, {(): np.array([1.0, 0.0])}).total_variation
    0.5
    """
    variation = squares = 0.0
    for record in {*old, *new}:
        p, q = (side.get(record, np.zeros(1)) for side in (old, new))
        variation += float(np.abs(p - q).sum()) / 2
        squares += float(((np.sqrt(p) - np.sqrt(q)) ** 2).sum()) / 2
    return Apart(min(1.0, variation), min(1.0, squares) ** 0.5)


def _present(shaped: Array) -> list[int]:
    """The members that have any weight beyond rounding; one is kept if none has."""
    weights = np.abs(shaped).max(axis=(0, 1))
    return np.flatnonzero(weights > _ROUNDING).tolist() or [0]


def _trace_norms(left: Array, right: Array) -> float:
    overlaps = np.einsum("xia,xib->xab", left.conj(), right, optimize=True)
    if 1 in overlaps.shape[1:]:
        return float(np.sqrt((np.abs(overlaps) ** 2).sum(axis=(1, 2))).sum())
    return float(np.linalg.svd(overlaps, compute_uv=False).sum())
