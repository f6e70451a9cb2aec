"""Bad text: the place, the cause, the next step."""

import pytest

from qops.circuits.reader import NotCovered, read
from qops.errors import InputError

Q2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\n'
Q3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\n'
BAD = {
    Q2 + "h q[2];": "bad.qasm:5:5: `q` has 2 wires; there is no `q[2]`",
    Q2 + "h q[0]": "bad.qasm:5:7: expected `;` after the statement, found the end of the file",
    Q2 + "cx q[0],q[0];": "bad.qasm:5:1: `cx` is given the same qubit twice",
    Q2 + "cx q[0];": "bad.qasm:5:1: `cx` takes 2 qubits here, not 1",
    Q3 + "input float a; rx(" + "a+" * 300 + "a) q[0];": "bad.qasm:5:418: the expression has more than 200 terms",
    Q2 + "mcx ;": "bad.qasm:5:1: `mcx` takes 2 qubits or more here, not 0",
    Q2 + "mcx q[0];": "bad.qasm:5:1: `mcx` takes 2 qubits or more here, not 1",
    Q2 + "rx q[0];": "bad.qasm:5:1: `rx` takes 1 angle, not 0",
    Q2 + "rx(1,2) q[0];": "bad.qasm:5:1: `rx` takes 1 angle, not 2",
    Q2 + "rx(1e999) q[0];": "bad.qasm:5:4: the angle is not a finite number",
    Q2 + "rx(1e999-1e999) q[0];": "bad.qasm:5:4: the angle is not a finite number",
    Q2 + "rx(1/0) q[0];": "bad.qasm:5:5: division by zero",
    Q2 + "rx(ln(0)) q[0];": "bad.qasm:5:4: `log` has no finite real value here",
    Q2 + "rx(nan) q[0];": "bad.qasm:5:4: `nan` is not declared, not a number",
    Q2 + "rx(q) q[0];": "bad.qasm:5:4: `q` is a register, not a number",
    Q2 + "hh q[0];": "bad.qasm:5:1: no gate is called `hh`",
    Q2 + "h p[0];": "bad.qasm:5:3: no qubit is called `p`",
    Q2 + "h c[0];": "bad.qasm:5:3: `c` is a bit register; a qubit is needed here",
    Q2 + "qreg q[1];": "bad.qasm:5:6: `q` is declared twice",
    Q2 + "qreg pi[1];": "bad.qasm:5:6: `pi` is a constant of the language",
    Q2 + "qreg r[0];": "bad.qasm:5:6: the register `r` needs a size of at least 1, not 0",
    "qreg q[99999999999999999999];": "bad.qasm:1:6: more than 100,000 qubits are not read",
    "qreg q[18446744073709551616];": "bad.qasm:1:6: more than 100,000 qubits are not read",
    "OPENQASM 99.9;\nqreg q[1];": "bad.qasm:1:10: OpenQASM 99.9 is not known",
    "OPENQASM 2.0;\nOPENQASM 2.0;": "bad.qasm:2:1: the version line must be the first statement of the file, "
    "and the only one",
    Q2 + "measure q -> c[0];": "bad.qasm:5:1: 2 qubits cannot be measured into 1 bit",
    Q2 + 'include "/etc/passwd";': 'bad.qasm:5:9: the include `"/etc/passwd"` is not opened',
    Q2 + "gate f a { h a;": "bad.qasm:5:16: the file ends inside a block; a `}` is missing",
    Q2 + "gate f a { reset a; }": "bad.qasm:5:12: a reset has no place inside a gate",
    Q2 + "gate f(t,t) a { rx(t) a; }": "bad.qasm:5:6: `t` is named twice in the gate's signature",
    Q2 + "gate f a { h a; } gate f a { x a; }": "bad.qasm:5:24: the gate `f` is defined twice, differently",
    Q2 + "gate f a { f a; }": "bad.qasm:5:12: no gate is called `f`",
    Q2 + "/* never closed": "bad.qasm:5:1: the comment that starts here is never closed",
    Q2 + "h q[0]; \x1b[2J": "bad.qasm:5:9: unexpected character U+001B",
    Q2 + "rx(٣) q[0];": "bad.qasm:5:4: unexpected character U+0663",
    Q2 + "rx(1_0) q[0];": "bad.qasm:5:4: digits cannot be grouped by `_` here",
    Q2
    + "rx("
    + "(" * 5000
    + "1"
    + ")" * 5000
    + ") q[0];": "bad.qasm:5:105: the expression is nested more than 100 deep",
    Q3 + "if (c[0]) " * 5000 + "x q[0];": "bad.qasm:5:1001: blocks are nested more than 100 deep",
    Q3 + "break;": "bad.qasm:5:1: `break` has no place outside a loop",
    Q3 + "cx q, q[0];": "bad.qasm:5:1: `cx` is given the same qubit twice",
    Q3 + "qubit[3] r; cx q, r;": "bad.qasm:5:13: `cx` is applied to registers of different sizes",
    Q3 + "if (q[0] == 1) x q[0];": "bad.qasm:5:5: `q` is a qubit register; a bit is needed here",
    Q3 + "h $0;": "bad.qasm:5:3: physical qubits cannot be mixed with declared ones",
    Q3 + "for int i in [0:99999999] { h q[0]; }": "bad.qasm:5:14: a loop over more than 100,000 values is not read",
    Q3 + "const int n = 2**9999999; ": "bad.qasm:5:16: `**` has no finite real value here",
}
UNCOVERED = {
    Q3 + "def f(qubit a) { h a; }": "bad.qasm:5:1: `def` is not covered by the light reader",
    Q3 + "int[8] x = 3;": "bad.qasm:5:1: `int` is not covered by the light reader",
    Q3 + "c[0] = 1;": "bad.qasm:5:8: an assignment to classical bits is not covered by the light reader",
    Q3 + "input int n;": "bad.qasm:5:7: a value of type `int` here is not covered by the light reader",
    Q3 + "for int i in [0:1] { h q[i]; }": "bad.qasm:5:26: an index that is not constant is not covered by the "
    "light reader",
    Q3 + "@note\nh q[0];": "bad.qasm:5:1: an annotation or pragma is not covered by the light reader",
}


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_says_where_and_what(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text.encode(), "bad.qasm")
    assert str(caught.value) == BAD[text]
    assert not isinstance(caught.value, NotCovered)


@pytest.mark.parametrize("text", UNCOVERED, ids=range(len(UNCOVERED)))
def test_leaves_to_another_reader(text: str) -> None:
    with pytest.raises(NotCovered) as caught:
        read(text.encode(), "bad.qasm")
    assert str(caught.value) == UNCOVERED[text]


def test_an_empty_file_is_no_circuit() -> None:
    with pytest.raises(InputError, match="the file is empty"):
        read(b" \n", "bad.qasm")


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(InputError, match=r"bad.qasm:2: the file is not UTF-8 text"):
        read(b"OPENQASM 2.0;\n\xff", "bad.qasm")


def test_the_excerpt_and_the_hint_help() -> None:
    with pytest.raises(InputError) as caught:
        read((Q2 + "  czz q[0],q[1]; // here").encode(), "bad.qasm")
    assert caught.value.excerpt == "  czz q[0],q[1]; // here"
    assert caught.value.hint == "did you mean `cz`?"


def test_a_byte_order_mark_and_carriage_returns_are_harmless() -> None:
    circuit = read(b"\xef\xbb\xbf" + (Q2 + "h q[0];").replace("\n", "\r\n").encode(), "good.qasm")
    assert len(circuit.operations) == 1
