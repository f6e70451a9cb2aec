"""States of feature maps, against Qiskit's."""

import numpy as np
import pytest
from qiskit.circuit.library import z_feature_map, zz_feature_map
from qiskit.quantum_info import Statevector

from qops.circuits.binding import bind
from qops.circuits.reader import read
from qops.circuits.simulation.batch import states
from qops.circuits.simulation.encoding import z_states, zz_states
from qops.circuits.simulation.evolution import NotSimulated
from qops.interchange.to_qiskit import circuit_to_qiskit

CIRCUIT = b"""OPENQASM 3.0;
include "stdgates.inc";
gate mine(a) u, v { rz(a) v; inv @ s u; }
input float x;
input float y;
qubit[3] q;
bit[3] c;
h q;
ry(2 * x + y) q[0];
cp(x * y) q[0], q[2];
ctrl @ rx(y) q[1], q[0];
barrier q;
mine(x) q[2], q[1];
ccx q[0], q[1], q[2];
c = measure q;
"""


def overlaps(ours: np.ndarray, theirs: list[np.ndarray]) -> np.ndarray:
    return np.abs(np.einsum("ij,ij->i", ours.conj(), np.array(theirs)))


@pytest.mark.parametrize("pairs", ["full", "linear"])
@pytest.mark.parametrize(("qubits", "repetitions"), [(2, 3), (4, 2), (5, 1)])
def test_zz_as_qiskit_has_it(qubits: int, repetitions: int, pairs: str) -> None:
    rows = np.random.default_rng(qubits).uniform(0, np.pi, (6, qubits))
    circuit = zz_feature_map(qubits, reps=repetitions, entanglement=pairs)
    theirs = [Statevector(circuit.assign_parameters(row)).data for row in rows]
    assert overlaps(zz_states(rows, repetitions, pairs), theirs) == pytest.approx(1, abs=1e-13)


def test_z_as_qiskit_has_it() -> None:
    rows = np.random.default_rng(1).uniform(-4, 4, (5, 3))
    circuit = z_feature_map(3, reps=2)
    theirs = [Statevector(circuit.assign_parameters(row)).data for row in rows]
    assert overlaps(z_states(rows, 2), theirs) == pytest.approx(1, abs=1e-13)


def test_any_circuit_row_by_row_as_qiskit_has_it() -> None:
    circuit = read(CIRCUIT, "a.qasm")
    values = {name: np.random.default_rng(i).uniform(-3, 3, 5) for i, name in enumerate(circuit.parameters)}
    ours = states(circuit, values, 5)
    for row in range(5):
        bound = circuit_to_qiskit(bind(circuit, {name: float(column[row]) for name, column in values.items()}))
        theirs = Statevector(bound.remove_final_measurements(inplace=False)).data
        assert abs(np.vdot(ours[row], theirs)) == pytest.approx(1, abs=1e-13)


@pytest.mark.parametrize("operation", ["reset q[0];", "c[0] = measure q[0]; x q[0];", "if (c[0]) { x q[0]; }"])
def test_what_is_no_gate_is_refused(operation: str) -> None:
    text = f'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[1] q;\nbit[1] c;\n{operation}\n'
    with pytest.raises(NotSimulated):
        states(read(text.encode(), "a.qasm"), {}, 2)
