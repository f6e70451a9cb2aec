"""What an identity sees and what it looks through, row by row."""

import pytest

from qops.circuits.identity import digests
from qops.circuits.reader import read
from qops.model.digest import CircuitDigest

HEAD2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'
HEAD3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def identity(text: str) -> CircuitDigest:
    return digests(read(text.encode(), "test.qasm"), text.encode())


def differing(left: str, right: str) -> set[str]:
    """The names of the digests, but for the bytes, that differ."""
    a, b = identity(left), identity(right)
    return {name for name in ("skeleton", "parameters", "frame") if getattr(a, name) != getattr(b, name)}


def two(body: str, registers: str = "qreg q[3]; creg c[2];") -> str:
    return f"{HEAD2}{registers}\n{body}\n"


def three(body: str, registers: str = "qubit[3] q; bit[2] c;") -> str:
    return f"{HEAD3}{registers}\n{body}\n"


SAME = {
    "the order of disjoint gates": (two("h q[0]; x q[1];"), two("x q[1]; h q[0];")),
    "comments and white space": (two("h q[0]; // one\n/* two */ x q[1];"), two("h   q[0];x\tq[1];")),
    "the OpenQASM version": (two("h q[0]; cx q[0],q[1]; rx(0.3) q[2];"), three("h q[0]; cx q[0], q[1]; rx(0.3) q[2];")),
    "a measurement's spelling": (two("measure q[0] -> c[1];"), three("c[1] = measure q[0];")),
    "pi/2 and its decimal": (two("rx(pi/2) q[0];"), two("rx(1.5707963267948966) q[0];")),
    "minus zero": (two("rx(-0.0) q[0];"), two("rx(0) q[0];")),
    "operands of cz": (two("cz q[0],q[1];"), two("cz q[1],q[0];")),
    "controls of ccx": (two("ccx q[0],q[1],q[2];"), two("ccx q[1],q[0],q[2];")),
    "operands of rzz": (two("rzz(0.1) q[0],q[1];"), two("rzz(0.1) q[1],q[0];")),
    "ctrl @ x and cx": (three("ctrl @ x q[0], q[1];"), three("cx q[0], q[1];")),
    "inv @ s and sdg": (three("inv @ s q[0];"), three("sdg q[0];")),
    "U and u": (three("U(1,2,3) q[0];"), two("u(1,2,3) q[0];")),
    "CX and cx": (two("CX q[0],q[1];"), two("cx q[0],q[1];")),
    "a whole register and its qubits": (two("h q;"), two("h q[0]; h q[1]; h q[2];")),
    "if with and without braces": (three("if (c[0] == 1) x q[0];"), three("if (c[0]) { x q[0]; }")),
    "if on a register": (two("if(c==3) x q[0];"), three("if (c == 3) { x q[0]; }")),
    "a constant by name": (three("const float a = 0.3; rx(a) q[0];"), three("rx(0.3) q[0];")),
    "an alias": (three("let a = q[1:2]; cx a[0], a[1];"), three("cx q[1], q[2];")),
    "a definition of a standard gate": (
        two("gate rzz(t) a,b { cx a,b; rz(t) b; cx a,b; } rzz(0.2) q[0],q[1];"),
        two("rzz(0.2) q[0],q[1];"),
    ),
    "an empty else": (three("if (c[0]) { x q[0]; } else { }"), three("if (c[0]) { x q[0]; }")),
}
NAMES_ONLY = {
    "a register's name": (two("h q[0];", "qreg q[1];"), two("h r[0];", "qreg r[1];")),
    "a classical register's name": (
        two("measure q[0] -> c[0];", "qreg q[1]; creg c[1];"),
        two("measure q[0] -> d[0];", "qreg q[1]; creg d[1];"),
    ),
    "a parameter's name": (
        three("rx(a) q[0]; rx(2*a) q[1];", "input float a; qubit[3] q;"),
        three("rx(b) q[0]; rx(2*b) q[1];", "input float b; qubit[3] q;"),
    ),
    "a gate's name": (
        two("gate f a { h a; x a; } f q[0];"),
        two("gate g a { h a; x a; } g q[0];"),
    ),
    "the names inside a gate": (two("gate f(t) a { rx(t) a; } f(1) q[0];"), two("gate f(u) b { rx(u) b; } f(1) q[0];")),
    "a barrier": (two("h q[0]; h q[0];"), two("h q[0]; barrier q[0]; h q[0];")),
    "where a barrier stands": (two("h q[0]; barrier q; h q[0];"), two("barrier q; h q[0]; h q[0];")),
    "the global phase": (three("h q[0];"), three("gphase(pi); h q[0];")),
    "how registers are cut": (two("h q[0];", "qreg q[2];"), two("h a[0];", "qreg a[1]; qreg b[1];")),
}
PARAMETERS_ONLY = {
    "one bit of an angle": (two("rx(0.3) q[0];"), two("rx(0.30000000000000004) q[0];")),
    "a full turn": (two("rx(0) q[0];"), two("rx(4*pi) q[0];")),
    "a coefficient": (
        three("rx(2*a) q[0];", "input float a; qubit[3] q;"),
        three("rx(3*a) q[0];", "input float a; qubit[3] q;"),
    ),
    "an angle inside a gate's body": (
        two("gate f a { rx(0.1) a; } f q[0];"),
        two("gate f a { rx(0.2) a; } f q[0];"),
    ),
    "two angles exchanged": (two("rx(1) q[0]; rx(2) q[1];"), two("rx(2) q[0]; rx(1) q[1];")),
}
STRUCTURE = {
    "the direction of cx": (two("cx q[0],q[1]; cx q[0],q[1];"), two("cx q[0],q[1]; cx q[1],q[0];")),
    "another body under the same name": (two("gate f a { h a; } f q[0];"), two("gate f a { x a; } f q[0];")),
    "another branch of an if": (three("if (c[0]) { x q[0]; }"), three("if (c[0]) { y q[0]; }")),
    "another condition": (three("if (c[0]) { x q[0]; }"), three("if (!c[0]) { x q[0]; }")),
    "then and else": (three("if (c[0]) { x q[0]; }"), three("if (c[0]) { } else { x q[0]; }")),
    "an inserted id": (two("h q[0];"), two("h q[0]; id q[0];")),
    "the order on one wire": (two("h q[0]; x q[0];"), two("x q[0]; h q[0];")),
    "the wire": (two("h q[0];"), two("h q[1];")),
    "an idle qubit": (two("h q[0];", "qreg q[1];"), two("h q[0];", "qreg q[2];")),
    "the bit of a measurement": (two("measure q[0] -> c[0];"), two("measure q[0] -> c[1];")),
    "a delay's length": (three("delay[10ns] q[0];"), three("delay[20ns] q[0];")),
    "a delay's unit": (three("delay[10ns] q[0];"), three("delay[10us] q[0];")),
    "a control's state": (three("ctrl @ x q[0], q[1];"), three("negctrl @ x q[0], q[1];")),
    "which parameter is shared": (
        three("rx(a) q[0]; rx(a) q[1];", "input float a; input float b; qubit[3] q;"),
        three("rx(a) q[0]; rx(b) q[1];", "input float a; input float b; qubit[3] q;"),
    ),
    "which body is called where": (
        two("gate f a { rx(0.1) a; } gate g a { rx(0.2) a; } f q[0]; g q[1]; f q[2];"),
        two("gate f a { rx(0.1) a; } gate g a { rx(0.2) a; } f q[0]; g q[1]; g q[2];"),
    ),
    "the loop's turns": (three("for int i in [0:2] { h q[0]; }"), three("for int i in [0:3] { h q[0]; }")),
    "an angle bound": (three("rx(a) q[0];", "input float a; qubit[3] q;"), three("rx(1) q[0];", "qubit[3] q;")),
}


@pytest.mark.parametrize("case", SAME)
def test_means_the_same(case: str) -> None:
    assert differing(*SAME[case]) == set()


@pytest.mark.parametrize("case", NAMES_ONLY)
def test_is_seen_in_the_frame_alone(case: str) -> None:
    assert differing(*NAMES_ONLY[case]) == {"frame"}


@pytest.mark.parametrize("case", PARAMETERS_ONLY)
def test_is_seen_in_the_parameters_alone(case: str) -> None:
    assert differing(*PARAMETERS_ONLY[case]) == {"parameters"}


@pytest.mark.parametrize("case", STRUCTURE)
def test_is_seen_in_the_skeleton(case: str) -> None:
    assert "skeleton" in differing(*STRUCTURE[case])


def test_the_bytes_are_the_bytes_of_the_file() -> None:
    assert identity(two("h q[0];")).bytes != identity(two("h  q[0];")).bytes


def test_the_digests_are_known_and_stay() -> None:
    """Stored digests must mean the same for ever: a change here needs a new version in the canonical texts."""
    digest = identity(three("rx(a) q[0]; cx q[0], q[1]; c[0] = measure q[1];", "input float a; qubit[2] q; bit[2] c;"))
    assert digest == CircuitDigest(
        skeleton="618f533d84f22bb2c2b9c940da5dca2d2c2cf624c63282fa7b1b9159b5023808",
        parameters="1a007b3fc49e254a36f3803ec09505eeb9a9f9d06ee05146e8e1613869c7e181",
        frame="521fa70c30475a9ada2afae77d71bb8c5cbbba6410a8bc960048f4d4ce458aa0",
        bytes="259b10c97227715573fa6985e228d51927c660c88a471ebdbfb7fe3d1de59758",
    )
