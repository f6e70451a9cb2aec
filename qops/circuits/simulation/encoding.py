r"""The states of Z and ZZ feature maps, of many rows of data at once.

A repetition of the map is a layer of Hadamard gates and a diagonal [1]_: phases 2xᵢ on qubit i and, for ZZ, phases
2(π - xᵢ)(π - xⱼ) where qubits i and j differ. So N states of q qubits are phases and Walsh-Hadamard transforms,
O(N·q·2^q) for each repetition, without a matrix.

References:
    [1] V. Havlíček, A. D. Córcoles, K. Temme, A. W. Harrow, A. Kandala, J. M. Chow and J. M. Gambetta, Supervised
        learning with quantum-enhanced feature spaces, Nature 567 (2019) 209-212.
"""

from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np

from qops.circuits.simulation.state import Array, Reals


def z_states(rows: Reals, repetitions: int) -> Array:
    """The states of a Z map: N rows of q angles give (N, 2^q) amplitudes, qubit 0 the lowest bit."""
    return _states(_single_phases(rows), repetitions)


def zz_states(rows: Reals, repetitions: int, pairs: str = "full") -> Array:
    """The states of a ZZ map; `pairs` is `full`, or `linear` for neighbours alone.

    >>> bool(np.allclose((abs(zz_states(np.array([[0.3, 1.1]]), 2)) ** 2).sum(), 1))
    True
    """
    qubits = range(rows.shape[1])
    chosen = list(combinations(qubits, 2) if pairs == "full" else pairwise(qubits))
    return _states(_single_phases(rows) + _pair_phases(rows, chosen), repetitions)


def _single_phases(rows: Reals) -> Reals:
    return 2 * rows @ _bits(rows.shape[1])


def _pair_phases(rows: Reals, pairs: Sequence[tuple[int, int]]) -> Reals:
    bits = _bits(rows.shape[1])
    if not pairs:
        return np.zeros((len(rows), bits.shape[1]))
    left, right = map(list, zip(*pairs, strict=True))
    differ = np.abs(bits[left] - bits[right])
    return 2 * ((np.pi - rows[:, left]) * (np.pi - rows[:, right])) @ differ


def _bits(qubits: int) -> Reals:
    """Bit i of every basis state, (q, 2^q)."""
    return ((np.arange(1 << qubits) >> np.arange(qubits)[:, None]) & 1).astype(float)


def _states(phases: Reals, repetitions: int) -> Array:
    turned = np.exp(1j * phases)
    states: Array = turned / np.sqrt(turned.shape[1])
    for _ in range(repetitions - 1):
        states = _hadamard(states) * turned
    return states


def _hadamard(states: Array) -> Array:
    """A Hadamard gate on every qubit of every state."""
    number, size = states.shape
    half = 1
    while half < size:
        facing = states.reshape(number, -1, 2, half)
        states = np.stack([facing[:, :, 0] + facing[:, :, 1], facing[:, :, 0] - facing[:, :, 1]], axis=2)
        half *= 2
    whole: Array = states.reshape(number, size) / np.sqrt(size)
    return whole
