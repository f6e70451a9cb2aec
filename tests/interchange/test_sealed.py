"""What OpenQASM cannot carry: one digest for one content, and QPY only if it gives the circuit back."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister, qpy
from qiskit.circuit import Clbit, Gate, Parameter, Qubit
from qiskit.circuit import library as lib
from qiskit.circuit.classical import expr, types
from qiskit.quantum_info import Clifford, Pauli, SparseObservable, SparsePauliOp

from qops.circuits.identity import digests
from qops.circuits.reader import read
from qops.circuits.writer import write
from qops.errors import InputError
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.angle import Symbol
from qops.model.circuit import Sealed
from qops.readers.work import converted_answer

T = Parameter("t")
HAMILTONIAN = SparsePauliOp.from_list([("XX", 0.5), ("ZI", 1.0)])
MATRIX = np.array([[0, 1j], [1j, 0]])


def of(operation: object, qubits: int) -> QuantumCircuit:
    circuit = QuantumCircuit(qubits, getattr(operation, "num_clbits", 0))
    circuit.append(operation, range(qubits), range(circuit.num_clbits))
    return circuit


def variables() -> QuantumCircuit:
    circuit = QuantumCircuit(QuantumRegister(2, "q"), ClassicalRegister(1, "c"))
    count = circuit.add_var("count", expr.lift(3, types.Uint(8)))
    circuit.measure(0, 0)
    with circuit.if_test(expr.equal(count, 3)):
        circuit.rx(T, 1)
    circuit.store(count, expr.add(count, 1))
    return circuit


def stretched() -> QuantumCircuit:
    circuit = QuantumCircuit(1)
    circuit.delay(circuit.add_stretch("s"), 0)
    return circuit


def boxed() -> QuantumCircuit:
    circuit = QuantumCircuit(2)
    with circuit.box(duration=100):
        circuit.rx(T, 0)
        circuit.append(Gate("foo", 1, []), [1])
    return circuit


def overlapping() -> QuantumCircuit:
    bits = [Qubit() for _ in range(3)]
    return QuantumCircuit(bits, QuantumRegister(bits=bits[:2], name="a"), QuantumRegister(bits=bits[1:], name="b"))


def measuring() -> QuantumCircuit:
    inner = QuantumCircuit(1, 1, name="inner")
    inner.rx(T, 0)
    inner.measure(0, 0)
    return of(inner.to_instruction(), 1)


KEPT: dict[str, Callable[[], QuantumCircuit]] = {
    "matrix": lambda: of(lib.UnitaryGate(MATRIX), 1),
    "controlled matrix": lambda: of(lib.UnitaryGate(MATRIX).control(annotated=False), 2),
    "annotated matrix": lambda: of(lib.UnitaryGate(MATRIX).control(annotated=True), 2),
    "initial state": lambda: of(lib.Initialize([0.6, 0.8j]), 1),
    "initial label": lambda: of(lib.Initialize("+1"), 2),
    "state preparation": lambda: of(lib.StatePreparation([0.6, 0.8]), 1),
    "evolution": lambda: of(lib.PauliEvolutionGate(HAMILTONIAN, T), 2),
    "evolutions": lambda: of(lib.PauliEvolutionGate([HAMILTONIAN, HAMILTONIAN], 0.3), 2),
    "observable": lambda: of(lib.PauliEvolutionGate(SparseObservable.from_list([("XX", 1.0)]), 0.3), 2),
    "permutation": lambda: of(lib.PermutationGate([1, 0, 2]), 3),
    "diagonal": lambda: of(lib.DiagonalGate([1, -1]), 1),
    "hamiltonian": lambda: of(lib.HamiltonianGate(np.eye(2), 0.2), 1),
    "linear": lambda: of(lib.LinearFunction([[1, 1], [0, 1]]), 2),
    "clifford": lambda: of(Clifford.from_label("HS"), 2),
    "product measurement": lambda: of(lib.PauliProductMeasurement(Pauli("XX")), 2),
    "variables": variables,
    "stretch": stretched,
    "box": boxed,
    "registers": overlapping,
    "instruction": measuring,
}
LOST: dict[str, Callable[[], QuantumCircuit]] = {
    "inverse state preparation": lambda: of(lib.StatePreparation([0.6, 0.8]).inverse(), 1),
    "isometry": lambda: of(lib.Isometry(np.eye(4)[:, :2], 0, 0), 2),
    "multiplexer": lambda: of(lib.UCGate([np.eye(2), np.array([[0, 1], [1, 0]])]), 2),
    "weighted sum": lambda: of(lib.WeightedSumGate(2, [1, 1]), 4),
    "picoseconds": lambda: _delayed(3, "ps"),
    "delay by parameter": lambda: _delayed(T, "ns"),
    "class without definition": lambda: of(_Matrix(), 1),
}


class _Matrix(Gate):
    def __init__(self) -> None:
        super().__init__("mat", 1, [])

    def __array__(self, dtype: object = None, copy: object = None) -> np.ndarray:
        return np.eye(2)


def _delayed(duration: object, unit: str) -> QuantumCircuit:
    circuit = QuantumCircuit(1)
    circuit.delay(duration, 0, unit)
    return circuit


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", KEPT)
def test_is_kept_as_qpy_and_named_by_content(name: str) -> None:
    answer, again = converted_answer(KEPT[name](), "python"), converted_answer(KEPT[name](), "python")
    assert answer.circuit == again.circuit
    assert answer.circuit.sealed
    assert answer.qpy is not None
    assert circuit_from_qiskit(qpy.load(io.BytesIO(answer.qpy))[0]) == answer.circuit


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", KEPT)
def test_canonical_text_keeps_its_identity(name: str) -> None:
    circuit = circuit_from_qiskit(KEPT[name]())
    assert digests(read(write(circuit).encode(), "a.qasm"), b"") == digests(circuit, b"")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", LOST)
def test_what_qpy_does_not_give_back_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="neither OpenQASM nor QPY can hold this circuit") as caught:
        converted_answer(LOST[name](), "python")
    assert caught.value.hint is not None
    assert "decompose" in caught.value.hint


def sealed(circuit: QuantumCircuit) -> Sealed:
    (operation,) = circuit_from_qiskit(circuit).operations
    assert isinstance(operation.detail, Sealed)
    return operation.detail


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (lib.UnitaryGate([[1, 0], [0, 1]]), lib.UnitaryGate(np.array([[1, 0], [0, np.exp(1e-9j)]]))),
        (lib.Initialize([0.6, 0.8]), lib.Initialize([0.8, 0.6])),
        (lib.Initialize("0"), lib.Initialize("1")),
        (lib.PauliEvolutionGate(SparsePauliOp("X"), T), lib.PauliEvolutionGate(SparsePauliOp("Y"), T)),
        (lib.PauliEvolutionGate(SparsePauliOp("X"), T), lib.PauliEvolutionGate(SparsePauliOp("X", 2), T)),
        (lib.PermutationGate([1, 0, 2]), lib.PermutationGate([0, 2, 1])),
        (
            lib.UnitaryGate(MATRIX).control(2, ctrl_state=1, annotated=True),
            lib.UnitaryGate(MATRIX).control(2, ctrl_state=2, annotated=True),
        ),
    ],
)
def test_other_content_has_another_digest(first: Gate, second: Gate) -> None:
    one, other = of(first, first.num_qubits), of(second, second.num_qubits)
    assert sealed(one).kind == sealed(other).kind
    assert sealed(one).digest != sealed(other).digest


def test_names_and_zeros_without_meaning_do_not_count() -> None:
    labelled = lib.UnitaryGate([[1, 0], [-0.0, 1]], label="mine")
    assert sealed(of(labelled, 1)) == sealed(of(lib.UnitaryGate(np.eye(2)), 1))
    renamed = lib.PauliEvolutionGate(HAMILTONIAN, Parameter("u"))
    assert sealed(of(renamed, 2)) == sealed(of(lib.PauliEvolutionGate(HAMILTONIAN, T), 2))


def test_angles_stay_visible() -> None:
    (evolution,) = circuit_from_qiskit(KEPT["evolution"]()).operations
    assert evolution.angles == (Symbol("t"),)
    (box,) = circuit_from_qiskit(boxed()).operations
    assert (box.angles, box.qubits) == ((Symbol("t"),), (0, 1))


def test_loops_inside_keep_their_variables_to_themselves() -> None:
    def build() -> QuantumCircuit:
        circuit = QuantumCircuit(1)
        with circuit.box(), circuit.for_loop(range(3)) as i:
            circuit.rx(i * 2, 0)
            circuit.rx(T, 0)
        return circuit

    (first,), (second,) = (circuit_from_qiskit(build()).operations for _ in range(2))
    assert first == second
    assert Symbol("t") in first.angles
    assert all(angle == Symbol("t") or isinstance(angle, float) for angle in first.angles)


def test_phase_inside_counts() -> None:
    def build(phase: float) -> QuantumCircuit:
        circuit = QuantumCircuit(1)
        with circuit.box():
            circuit.append(lib.GlobalPhaseGate(phase))
            circuit.x(0)
        return circuit

    (operation,) = circuit_from_qiskit(build(0.5)).operations
    assert operation.angles == (0.5,)
    assert sealed(build(0.0)) != sealed(build(0.5)) == sealed(build(0.25))


def test_nothing_passes_what_works_on_variables() -> None:
    circuit = circuit_from_qiskit(variables())
    stores = [operation for operation in circuit.operations if operation.gate == "sealed"]
    assert len(stores) == 3
    assert all((operation.qubits, operation.bits) == ((0, 1), (0,)) for operation in stores)
    assert circuit.annotations == (("variables", '[["declared","count","Uint(8)"]]'),)


def test_what_cannot_be_identified_is_said() -> None:
    class Holder(lib.UnitaryGate):
        def __init__(self) -> None:
            super().__init__(np.eye(2))
            self.thing = object()

    gate = Holder()
    gate.__class__.__module__ = "qiskit.mine"
    with pytest.raises(InputError, match="a value of the class object, whose content cannot be identified"):
        circuit_from_qiskit(of(gate, 1))


def test_a_bit_outside_of_registers_is_no_reason() -> None:
    circuit = QuantumCircuit(1)
    circuit.add_bits([Clbit()])
    assert circuit_from_qiskit(circuit).sealed == ()
