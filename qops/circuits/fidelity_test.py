"""Circuits that measure how alike two states are: one prepared, the other undone, and how often zero is left.

|⟨φ|ψ⟩|² is the probability of zero after U(ψ) and the inverse of U(φ) [1]_: twice the depth, and no qubit more.

References:
    [1] V. Havlíček, A. D. Córcoles, K. Temme, A. W. Harrow, A. Kandala, J. M. Chow and J. M. Gambetta, Supervised
        learning with quantum-enhanced feature spaces, Nature 567 (2019) 209-212, "quantum kernel estimation".
"""

import math
from collections.abc import Sequence
from itertools import combinations, pairwise

import msgspec

from qops.model.circuit import Circuit, Operation, Register


def fidelity_test(first: Circuit, second: Circuit) -> Circuit:
    """The circuit whose outcome is zero with the fidelity of two states.

    Args:
        first: gates with numbers for all angles.
        second: the same for the other state, on as many qubits, of the same gate definitions.
    """
    width = first.qubit_count
    undone = tuple(
        [msgspec.structs.replace(op, modifiers=("inv", *op.modifiers)) for op in reversed(second.operations)]
    )
    measured = tuple(Operation("measure", (qubit,), bits=(qubit,)) for qubit in range(width))
    operations = (*first.operations, *undone, *measured)
    return msgspec.structs.replace(first, bits=(Register("zero", width),), operations=operations)


def zz_circuit(angles: Sequence[float], repetitions: int, pairs: str = "full") -> Circuit:
    """A ZZ feature map with numbers for its angles: the state that `encoding.zz_states` has."""
    qubits = range(len(angles))
    chosen = tuple(combinations(qubits, 2) if pairs == "full" else pairwise(qubits))
    layer = [*_singles(angles)]
    for one, other in chosen:
        turn = 2 * (math.pi - angles[one]) * (math.pi - angles[other])
        entangle = Operation("cx", (one, other))
        layer += [entangle, Operation("p", (other,), (turn,)), entangle]
    return _circuit(len(angles), layer * repetitions)


def z_circuit(angles: Sequence[float], repetitions: int) -> Circuit:
    """A Z feature map with numbers for its angles."""
    return _circuit(len(angles), _singles(angles) * repetitions)


def _singles(angles: Sequence[float]) -> list[Operation]:
    hadamards = [Operation("h", (qubit,)) for qubit in range(len(angles))]
    return hadamards + [Operation("p", (qubit,), (2.0 * angle,)) for qubit, angle in enumerate(angles)]


def _circuit(width: int, operations: Sequence[Operation]) -> Circuit:
    return Circuit((Register("q", width),), (), (), tuple(operations))
