"""Canonical text is OpenQASM 3 for others too: Qiskit's reader takes it, and finds the same circuit."""

import pytest
from qiskit import qasm3
from support.data import circuit_files, needs_circuits

from qops.circuits.reader import read
from qops.circuits.writer import write
from qops.interchange.from_qiskit import circuit_from_qiskit

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\nbit[2] c;\n'
TEXTS = [
    "c[0] = measure q[0]; if (c[0]) { x q[1]; } else { y q[1]; }",
    "c[0] = measure q[0]; if (!c[0]) x q[1];",
    "c = measure q[0:1]; if (c == 2) x q[2];",
    "rzz(0.1) q[0], q[1]; ecr q[1], q[2]; ctrl(2) @ x q[0], q[1], q[2]; sx q[0]; inv @ sx q[1];",
    "gate pair(t) a, b { cx a, b; rz(2*t) b; } pair(0.3) q[0], q[1];",
    "reset q[0]; barrier q; delay[100ns] q[1]; for int i in {0, 2} { h q[0]; } while (c[0]) { x q[0]; }",
]


@pytest.mark.parametrize("body", TEXTS, ids=range(len(TEXTS)))
def test_qiskit_finds_the_same_operations(body: str) -> None:
    circuit = read((HEAD + body).encode(), "a.qasm")
    found = circuit_from_qiskit(qasm3.loads(write(circuit)))
    assert [o.qubits for o in found.operations] == [o.qubits for o in read(write(circuit).encode(), "b").operations]


@needs_circuits
def test_qiskit_takes_the_text_of_real_circuits() -> None:
    for path in circuit_files(1500)[::4]:
        if path.parent.name != "openqasm":
            qasm3.loads(write(read(path.read_bytes(), path.name)))
