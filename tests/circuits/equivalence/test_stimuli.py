"""Compiled circuits against their sources: right ones never alarm, wrong ones always do."""

import random

import msgspec
import pytest
from qiskit import QuantumCircuit, transpile
from qiskit.circuit.random import random_circuit
from qiskit.providers.fake_provider import GenericBackendV2
from qiskit.quantum_info import Operator

from qops.circuits.equivalence.stimuli import MOST_QUBITS, verify
from qops.circuits.reader import read
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.circuit import Circuit
from qops.model.examination import Check, Sameness
from qops.model.layout import Layout

HEAD = 'OPENQASM 3.0; include "stdgates.inc"; '
LEVELS = (0, 1, 2, 3)


def backend(qubits: int) -> GenericBackendV2:
    line = [[i, i + 1] for i in range(qubits - 1)] + [[i + 1, i] for i in range(qubits - 1)]
    return GenericBackendV2(qubits, coupling_map=line, seed=7, control_flow=True)


def compiled(source: QuantumCircuit, level: int, qubits: int) -> tuple[Circuit, Layout]:
    done = transpile(source, backend(qubits), optimization_level=level, seed_transpiler=11)
    where = done.layout
    layout = Layout(tuple(where.initial_index_layout()), tuple(where.final_index_layout(filter_ancillas=False)))
    return circuit_from_qiskit(done, "python"), layout


def fourier(qubits: int) -> QuantumCircuit:
    made = QuantumCircuit(qubits)
    for qubit in reversed(range(qubits)):
        made.h(qubit)
        for other in range(qubit):
            made.cp(3.141592653589793 / 2 ** (qubit - other), other, qubit)
    return made


def measured(source: QuantumCircuit) -> QuantumCircuit:
    ends = source.copy()
    ends.measure_all()
    return ends


def fed_forward() -> QuantumCircuit:
    made = QuantumCircuit(4, 3)
    made.ry(0.7, 0)
    made.h(1)
    made.cx(1, 2)
    made.cx(0, 1)
    made.h(0)
    made.measure([0, 1], [0, 1])
    with made.if_test((1, 1)):
        made.x(2)
    with made.if_test((0, 1)):
        made.z(2)
    made.reset(0)
    made.cx(2, 3)
    made.cx(3, 0)
    made.measure(0, 2)
    return made


def two_measured() -> QuantumCircuit:
    made = QuantumCircuit(6, 2)
    made.measure([4, 1], [0, 1])
    return made


def reset_first() -> QuantumCircuit:
    made = QuantumCircuit(3, 3)
    made.reset([0, 1])
    made.h(0)
    made.cx(0, 1)
    made.cx(0, 2)
    made.measure([0, 2], [0, 2])
    return made


SOURCES = {
    "fourier": lambda: fourier(5),
    "measured": lambda: measured(fourier(5)),
    "random": lambda: random_circuit(5, 5, 3, seed=3),
    "half measured": lambda: random_circuit(6, 4, 2, measure=False, seed=5).compose(two_measured(), range(6)),
    "fed forward": fed_forward,
    "reset first": reset_first,
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", SOURCES)
def test_a_right_layout_never_alarms_and_a_lost_gate_always_does(name: str, level: int) -> None:
    made = SOURCES[name]()
    source = circuit_from_qiskit(made, "python")
    result, layout = compiled(made, level, made.num_qubits + 2)
    check = verify(source, result, layout, seed=1)
    assert (check.sameness, check.states, check.because) == (Sameness.SAME, 2, "")
    for mutant in without_one(result) if name != "fed forward" else ():
        assert verify(source, mutant, layout, seed=1).sameness is Sameness.DIFFERENT


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("lost", range(4))
def test_a_gate_that_is_lost_between_measurements_is_missed(lost: int, level: int) -> None:
    """Of the source's gates: of those that move qubits, some act on a zero that a reset left, and show nothing."""
    made = fed_forward()
    source = circuit_from_qiskit(made, "python")
    place = [i for i, instruction in enumerate(made.data) if instruction.operation.name == "cx"][lost]
    del made.data[place]
    result, layout = compiled(made, level, made.num_qubits + 2)
    assert verify(source, result, layout, seed=1).sameness is Sameness.DIFFERENT


def without_one(circuit: Circuit) -> list[Circuit]:
    """Up to ten circuits, each with one two-qubit gate less."""
    places = [i for i, o in enumerate(circuit.operations) if len(o.qubits) == 2 and o.gate in ("cx", "cz", "ecr")]
    return [
        msgspec.structs.replace(circuit, operations=circuit.operations[:place] + circuit.operations[place + 1 :])
        for place in random.Random(1).sample(places, min(10, len(places)))
    ]


@pytest.mark.parametrize("seed", range(40))
def test_many_random_circuits_and_what_qiskit_makes_of_them(seed: int) -> None:
    """Against exact matrices: SAME only where the distance of the unitaries is rounding."""
    made = random_circuit(4, 4, 3, seed=seed)
    source = circuit_from_qiskit(made, "python")
    other = random_circuit(4, 4, 3, seed=seed + 1) if seed % 2 else made.decompose(reps=3)
    check = verify(source, circuit_from_qiskit(other, "python"), Layout.trivial(4), seed)
    same = Operator(made).equiv(Operator(other), rtol=0, atol=1e-6)
    assert check.sameness is (Sameness.SAME if same else Sameness.DIFFERENT)


def circuit(text: str) -> Circuit:
    return read((HEAD + text).encode(), "test.qasm")


def checked(source: str, result: str, *layout: tuple[int, ...]) -> Check:
    start, end = layout if len(layout) == 2 else (layout[0], layout[0])
    return verify(circuit(source), circuit(result), Layout(start, end), seed=5)


def test_a_layout_says_where_to_look() -> None:
    source, result = "qubit[2] q; h q[0]; cx q[0], q[1];", "qubit[9] q; h q[7]; cx q[7], q[3]; swap q[3], q[4];"
    assert checked(source, result, (7, 3), (7, 4)).sameness is Sameness.SAME
    assert checked(source, result, (7, 3), (7, 3)).sameness is Sameness.DIFFERENT
    assert checked(source, result, (3, 7), (4, 7)).sameness is Sameness.DIFFERENT


def test_ancillas_begin_as_zero_and_may_end_as_they_like() -> None:
    source = "qubit[1] q; h q[0];"
    assert checked(source, "qubit[2] q; cx q[1], q[0]; h q[0];", (0,)).sameness is Sameness.SAME
    assert checked(source, "qubit[2] q; x q[1]; h q[0];", (0,)).sameness is Sameness.SAME
    assert checked(source, "qubit[2] q; h q[0]; cx q[0], q[1];", (0,)).sameness is Sameness.DIFFERENT


def test_a_phase_that_no_measurement_shows_is_no_difference() -> None:
    source = "qubit[2] q; bit[2] c; h q; cz q[0], q[1]; c = measure q;"
    assert checked(source, "qubit[2] q; bit[2] c; h q; c = measure q;", (0, 1)).sameness is Sameness.SAME
    unmeasured = "qubit[2] q; bit[2] c; h q; cz q[0], q[1]; c[0] = measure q[0];"
    assert checked(unmeasured, "qubit[2] q; bit[2] c; h q; c[0] = measure q[0];", (0, 1)).sameness is Sameness.DIFFERENT


def test_bits_that_are_exchanged_are_a_difference() -> None:
    source = "qubit[2] q; bit[2] c; ry(0.4) q[0]; c = measure q;"
    wrong = "qubit[2] q; bit[2] c; ry(0.4) q[0]; c[0] = measure q[1]; c[1] = measure q[0];"
    assert checked(source, wrong, (0, 1)).sameness is Sameness.DIFFERENT
    assert checked(source, wrong, (0, 1), (1, 0)).sameness is Sameness.DIFFERENT


def test_idle_qubits_cost_nothing() -> None:
    source, result = "qubit[60] q; cx q[3], q[50];", "qubit[127] q; cx q[101], q[5];"
    layout = tuple({3: 101, 50: 5}.get(qubit, qubit + 1 if qubit != 4 else 120) for qubit in range(60))
    assert checked(source, result, layout).sameness is Sameness.SAME


@pytest.mark.parametrize(
    ("source", "result", "layout", "because"),
    [
        ("qubit[2] q;", "qubit[2] q;", (0,), "it places 1 of 2 qubits at the start"),
        ("qubit[2] q;", "qubit[2] q;", (0, 2), "it names a qubit beyond the 2 of the compiled circuit at the start"),
        ("qubit[1] q;", "qubit[1] q; bit[1] c;", (0,), "one circuit has 0 bits, the other 1"),
        ("input float t; qubit[1] q; rx(t) q[0];", "qubit[1] q;", (0,), "`rx` has an angle without a value"),
        (f"qubit[{MOST_QUBITS + 1}] q; h q;",) * 2
        + (tuple(range(MOST_QUBITS + 1)), "21 qubits are in use, more than 20"),
    ],
)
def test_what_cannot_be_tried_is_not_decided(source: str, result: str, layout: tuple[int, ...], because: str) -> None:
    check = checked(source, result, layout)
    assert (check.sameness, check.because, check.fidelity) == (Sameness.UNDECIDED, because, None)


def test_the_seed_decides_all() -> None:
    texts = ("qubit[3] q; h q[0]; ccx q[0], q[1], q[2];", "qubit[3] q; h q[0]; cx q[1], q[2];")
    again = [checked(*texts, (0, 1, 2)) for _ in range(2)]
    assert again[0] == again[1]
    assert again[0] != verify(*map(circuit, texts), Layout.trivial(3), seed=6)
