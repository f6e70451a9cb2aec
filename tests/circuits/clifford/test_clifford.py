"""The Clifford groups: whole, drawn evenly, and in the gates of any device what they are on paper."""

import math
from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.targets import LINE

from qops.circuits.clifford import group
from qops.circuits.clifford.native import entanglers, native
from qops.circuits.clifford.paulis import NotClifford, Pauli, images, inverse, quarters, shown, through
from qops.circuits.simulation.evolution import run
from qops.circuits.simulation.state import State
from qops.drift.diagnostics.benchmarking import sequence
from qops.errors import InputError
from qops.model.circuit import Circuit, Operation, Register

GATES = ("id", "x", "y", "z", "h", "s", "sdg", "sx", "sxdg")
TWO = ("cx", "cz", "cy", "swap", "ecr")
CIRCUITS = st.lists(
    st.builds(Operation, st.sampled_from(GATES), st.integers(0, 2).map(lambda q: (q,)))
    | st.builds(Operation, st.sampled_from(TWO), st.permutations(range(3)).map(lambda order: tuple(order[:2]))),
    max_size=12,
)


def unitary(operations: list[Operation], qubits: int) -> np.ndarray:
    """The matrix of a circuit, by the product's own simulator; its columns are the images of basis states."""
    circuit = Circuit((Register("q", qubits),), (), (), tuple(operations))
    columns = []
    for number in range(1 << qubits):
        start = State.of([np.eye(2, dtype=complex)[number >> qubit & 1] for qubit in range(qubits)])
        (course,) = run(circuit, start, frozenset())
        columns.append(course.state.facing(range(qubits)).reshape(-1))
    return np.stack(columns, axis=1)


def same(left: np.ndarray, right: np.ndarray) -> bool:
    """Whether two unitary matrices differ by a phase alone."""
    return bool(abs(abs(np.vdot(left, right)) - len(left)) < 1e-9)


def matrix(pauli: Pauli, qubits: int) -> np.ndarray:
    x, z = np.array([[0, 1], [1, 0]]), np.diag([1, -1])
    single = {(0, 0): np.eye(2), (1, 0): x, (0, 1): z, (1, 1): 1j * x @ z}
    found = np.ones((1, 1))
    for qubit in range(qubits):
        found = np.kron(single[pauli.x >> qubit & 1, pauli.z >> qubit & 1], found)
    return -found if pauli.minus else found


@given(CIRCUITS, st.integers(0, 7), st.integers(0, 7), st.integers(0, 1))
def test_the_rules_of_the_tableau_are_conjugation(operations: list[Operation], x: int, z: int, minus: int) -> None:
    pauli = Pauli(x, z, minus)
    u = unitary(operations, 3)
    assert np.allclose(matrix(through(pauli, operations), 3), u @ matrix(pauli, 3) @ u.conj().T)


@given(CIRCUITS)
def test_backwards_is_the_inverse(operations: list[Operation]) -> None:
    assert images([*operations, *inverse(operations)], 3) == images([], 3)


@given(CIRCUITS)
def test_what_is_shown_is_what_the_state_says(operations: list[Operation]) -> None:
    weights = np.abs(unitary(operations, 3)[:, 0]) ** 2
    certain = np.flatnonzero(weights > 1 - 1e-9)
    assert shown(operations, (0, 1, 2)) == (f"{certain[0]:03b}" if len(certain) else None)


def test_a_gate_that_is_none_is_named() -> None:
    for gate in (Operation("t", (0,)), Operation("rz", (0,), (0.1,)), Operation("x", (0,), modifiers=("ctrl:1",))):
        with pytest.raises(NotClifford):
            through(Pauli(x=1), [gate])
    assert [quarters(Operation("rz", (0,), (k * math.pi / 2,))) for k in (-1, 0, 5)] == [3, 0, 1]


def test_the_group_of_one_qubit_has_24_elements_with_few_pulses() -> None:
    words = [group.word(element, 0) for element in range(group.SINGLES)]
    assert len({images(word, 1) for word in words}) == 24
    assert Counter(sum(gate.gate == "sx" for gate in word) for word in words) == {0: 4, 1: 16, 2: 4}


def test_the_group_of_two_qubits_has_11520_elements() -> None:
    """All of them, each once: so numbers that are drawn evenly are elements that are drawn evenly."""
    assert len(group._pairs()) == group.PAIRS == 11520
    gates = Counter(
        sum(gate.gate == "cx" for gate in group.gates(element, 2)) for element in range(0, group.PAIRS, 576)
    )
    assert gates == {0: 1, 1: 9, 2: 9, 3: 1}


@pytest.mark.parametrize("qubits", [1, 2])
@pytest.mark.parametrize("seed", range(5))
def test_a_sequence_is_the_identity(qubits: int, seed: int) -> None:
    operations = sequence(Random(seed), 12, qubits)
    assert same(unitary([each for each in operations if each.gate != "barrier"], qubits), np.eye(1 << qubits))


def test_elements_are_drawn_evenly() -> None:
    """4,800 draws of 24 elements: chi-square of 23 degrees of freedom, below its quantile at one in a million, 73.1."""
    draws = sequence(Random(3), 4800, 1)
    words, word = Counter(), []
    for gate in draws:
        if gate.gate == "barrier":
            words[images(word, 1)] += 1
            word = []
        else:
            word.append(gate)
    assert sum(words.values()) == 4800
    assert sum((count - 200) ** 2 / 200 for count in words.values()) + (24 - len(words)) * 200 < 73.1


@pytest.mark.parametrize(
    "known",
    [
        {(0, 1): "cx", (1, 2): "cx"},
        {(1, 0): "cx", (2, 1): "cx"},
        {(0, 1): "ecr", (2, 1): "ecr"},
        {(0, 1): "cz", (1, 0): "cz", (1, 2): "cz", (2, 1): "cz"},
    ],
)
@settings(max_examples=25)
@given(random=st.randoms(use_true_random=False))
def test_in_the_gates_of_a_device_it_is_the_same_circuit(known: dict[tuple[int, int], str], random: Random) -> None:
    edges = [(0, 1), (1, 0), (1, 2), (2, 1)]
    operations = [
        Operation("cx", random.choice(edges)) if random.random() < 0.4 else Operation(random.choice(GATES), (q,))
        for q in (random.randrange(3) for _ in range(10))
    ]
    found = native(operations, known)
    assert {gate.gate for gate in found} <= {"rz", "sx", *known.values()}
    assert all(known[gate.qubits] == gate.gate for gate in found if len(gate.qubits) == 2)
    assert same(unitary(found, 3), unitary(operations, 3))


def test_barriers_keep_gates_apart() -> None:
    gates = [Operation("x", (0,)), Operation("barrier", (0, 1)), Operation("x", (0,))]
    assert [gate.gate for gate in native(gates, {})] == ["sx", "sx", "barrier", "sx", "sx"]


def test_qubits_that_are_not_connected_are_told() -> None:
    with pytest.raises(InputError, match="the qubits 0 and 2 are not connected"):
        native([Operation("cx", (0, 2))], {(0, 1): "cx"})


def test_faulty_places_are_not_used() -> None:
    assert entanglers(LINE) == {(0, 1): "cz", (1, 0): "cz"}
