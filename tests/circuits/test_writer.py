"""The canonical text, as a person reads it."""

from qops.circuits.reader import read
from qops.circuits.sizes import measure
from qops.circuits.writer import write

SOURCE = """\
OPENQASM 3.0;
include "stdgates.inc";
input float theta;
gate pair(t) a, b { cx a, b; rz(2*t) b; }
qubit[3] q;
bit[2] c;
x q[2];
h q[0];
pair(theta - 1) q[0], q[1];
rzz(0.1) q[2], q[1];
ctrl(3) @ x q[0], q[1], q[2], q[0];
"""
CANONICAL = """\
OPENQASM 3.0;
// qops:circuit 1
include "stdgates.inc";
input float[64] theta;
gate rzz(p0) q0, q1 {
  cx q0, q1;
  rz(p0) q1;
  cx q0, q1;
}
gate pair(t) a, b {
  cx a, b;
  rz(2.0*t) b;
}
qubit[3] q;
bit[2] c;
h q[0];
pair(theta - 1.0) q[0], q[1];
c[0] = measure q[0];
delay[10.0ns] q[0];
x q[2];
rzz(0.1) q[1], q[2];
if (c == 2) {
  x q[1];
  reset q[2];
} else {
  negctrl(1) @ y q[1], q[2];
}
gphase(0.25);
"""


def test_canonical_text() -> None:
    source = SOURCE.replace("ctrl(3) @ x q[0], q[1], q[2], q[0];\n", "")
    source += "c[0] = measure q[0];\nif (c == 2) { x q[1]; reset q[2]; } else negctrl @ y q[1], q[2];\n"
    source += "delay[10ns] q[0];\ngphase(1/4 + 0.25);\n"
    assert write(read(source.encode(), "source.qasm")) == CANONICAL


def test_names_that_openqasm_does_not_allow_come_back() -> None:
    text = write(read(CANONICAL.encode(), "a.qasm"))
    changed = text.replace("float[64] theta", "float[64] t").replace("pair(theta", "pair(t")
    changed = changed.replace("circuit 1\n", 'circuit 1\n// qops:name ["parameter","t","w[0]"]\n')
    circuit = read(changed.encode(), "b.qasm")
    assert circuit.parameters == ("w[0]",)
    assert '// qops:name ["parameter","w_0","w[0]"]\n' in write(circuit)


def test_sizes_count_what_is_written() -> None:
    size = measure(read(CANONICAL.encode(), "a.qasm"))
    assert (size.qubits, size.bits, size.operations, size.depth, size.two_qubit) == (3, 2, 10, 4, 3)
    assert size.gates["pair"] == 1
