"""The standard gates: those of qelib1.inc and stdgates.inc, and those that files commonly use beyond them.

Names are Qiskit's. Bodies are given for the gates that `stdgates.inc` lacks and modifiers cannot spell; they are the
definitions that Qiskit 2.6 publishes for its standard gate library, so that a file that defines such a gate the usual
way is recognised as using the standard one. `rx1` and `ry1` are the quarter turns of the Quartz optimiser's files.
"""

from collections.abc import Collection, Mapping

import msgspec

UNLIMITED = -1


class Standard(msgspec.Struct, frozen=True):
    """A standard gate.

    `exchangeable` are groups of operand positions whose order has no meaning; `inverse` is the name of the inverse
    gate (`-` for: the same gate with all its angles negated); `base` and `controls` say which gate it controls.
    """

    parameters: int
    qubits: int
    exchangeable: tuple[int, ...] = ()
    inverse: str | None = None
    base: str | None = None
    controls: int = 0
    body: str | None = None


def _gate(qubits: int, parameters: int = 0, **facts: object) -> Standard:
    return msgspec.convert({"parameters": parameters, "qubits": qubits, **facts}, Standard)


STANDARD: Mapping[str, Standard] = {
    "id": _gate(1, inverse="id"),
    "x": _gate(1, inverse="x"),
    "y": _gate(1, inverse="y"),
    "z": _gate(1, inverse="z"),
    "h": _gate(1, inverse="h"),
    "s": _gate(1, inverse="sdg"),
    "sdg": _gate(1, inverse="s"),
    "t": _gate(1, inverse="tdg"),
    "tdg": _gate(1, inverse="t"),
    "sx": _gate(1, inverse="sxdg"),
    "sxdg": _gate(1, inverse="sx"),
    "rx": _gate(1, 1, inverse="-"),
    "ry": _gate(1, 1, inverse="-"),
    "rz": _gate(1, 1, inverse="-"),
    "p": _gate(1, 1, inverse="-"),
    "u1": _gate(1, 1, inverse="-"),
    "u2": _gate(1, 2),
    "u3": _gate(1, 3),
    "u": _gate(1, 3),
    "u0": _gate(1, 1, body=""),
    "r": _gate(1, 2, body="U(p0, -pi/2 + p1, pi/2 - p1) q0;"),
    "cx": _gate(2, inverse="cx", base="x", controls=1),
    "cy": _gate(2, inverse="cy", base="y", controls=1),
    "cz": _gate(2, exchangeable=(0, 1), inverse="cz", base="z", controls=1),
    "ch": _gate(2, inverse="ch", base="h", controls=1),
    "cs": _gate(2, exchangeable=(0, 1), inverse="csdg", base="s", controls=1),
    "csdg": _gate(2, exchangeable=(0, 1), inverse="cs", base="sdg", controls=1),
    "csx": _gate(2, base="sx", controls=1),
    "cp": _gate(2, 1, exchangeable=(0, 1), inverse="-", base="p", controls=1),
    "cu1": _gate(2, 1, exchangeable=(0, 1), inverse="-", base="u1", controls=1),
    "crx": _gate(2, 1, inverse="-", base="rx", controls=1),
    "cry": _gate(2, 1, inverse="-", base="ry", controls=1),
    "crz": _gate(2, 1, inverse="-", base="rz", controls=1),
    "cu3": _gate(2, 3, base="u3", controls=1),
    "cu": _gate(2, 4),
    "swap": _gate(2, exchangeable=(0, 1), inverse="swap"),
    "ccx": _gate(3, exchangeable=(0, 1), inverse="ccx", base="x", controls=2),
    "ccz": _gate(3, exchangeable=(0, 1, 2), inverse="ccz", base="z", controls=2),
    "cswap": _gate(3, exchangeable=(1, 2), inverse="cswap", base="swap", controls=1),
    "mcx": _gate(UNLIMITED, inverse="mcx", base="x", controls=UNLIMITED),
    "c3sx": _gate(4, exchangeable=(0, 1, 2), base="sx", controls=3),
    "rzz": _gate(2, 1, exchangeable=(0, 1), inverse="-", body="cx q0, q1; rz(p0) q1; cx q0, q1;"),
    "rxx": _gate(
        2, 1, exchangeable=(0, 1), inverse="-", body="h q0; h q1; cx q0, q1; rz(p0) q1; cx q0, q1; h q1; h q0;"
    ),
    "ryy": _gate(
        2,
        1,
        exchangeable=(0, 1),
        inverse="-",
        body="inv @ sx q0; inv @ sx q1; cx q0, q1; rz(p0) q1; cx q0, q1; sx q0; sx q1;",
    ),
    "rzx": _gate(2, 1, inverse="-", body="h q1; cx q0, q1; rz(p0) q1; cx q0, q1; h q1;"),
    "ecr": _gate(2, inverse="ecr", body="gphase(-pi/4); s q0; sx q1; cx q0, q1; x q0;"),
    "iswap": _gate(2, exchangeable=(0, 1), body="s q0; s q1; h q0; cx q0, q1; cx q1, q0; h q1;"),
    "dcx": _gate(2, body="cx q0, q1; cx q1, q0;"),
    "xx_plus_yy": _gate(
        2,
        2,
        body="rz(p1) q0; sdg q1; sx q1; s q1; s q0; cx q1, q0; ry((-0.5)*p0) q1; ry((-0.5)*p0) q0; cx q1, q0; "
        "sdg q0; sdg q1; inv @ sx q1; s q1; rz(-p1) q0;",
    ),
    "xx_minus_yy": _gate(
        2,
        2,
        body="rz(-p1) q1; sdg q0; sx q0; s q0; s q1; cx q0, q1; ry(0.5*p0) q0; ry((-0.5)*p0) q1; cx q0, q1; "
        "sdg q1; sdg q0; inv @ sx q0; s q0; rz(p1) q1;",
    ),
    "rccx": _gate(3, body="h q2; t q2; cx q1, q2; tdg q2; cx q0, q2; t q2; cx q1, q2; tdg q2; h q2;"),
    "rcccx": _gate(
        4,
        body="h q3; t q3; cx q2, q3; tdg q3; h q3; cx q0, q3; t q3; cx q1, q3; tdg q3; cx q0, q3; t q3; cx q1, q3; "
        "tdg q3; h q3; t q3; cx q2, q3; tdg q3; h q3;",
    ),
    "rx1": _gate(1, body="rx(pi/2) q0;"),
    "ry1": _gate(1, body="ry(pi/2) q0;"),
}
ALIASES: Mapping[str, str] = {
    "U": "u",
    "CX": "cx",
    "phase": "p",
    "cphase": "cp",
    "c3x": "mcx",
    "c4x": "mcx",
    "c3sqrtx": "c3sx",
    "rc3x": "rcccx",
}
_WIDTHS = {"c3x": 4, "c4x": 5}
STDGATES = frozenset(
    "p x y z h s sdg t tdg sx rx ry rz cx cy cz cp crx cry crz ch swap ccx cswap cu id u1 u2 u3".split()
)
"""What `stdgates.inc` defines [1]_, by our names, besides the built-in `U`.

References:
    [1] A. Cross et al., OpenQASM 3: A Broader and Deeper Quantum Assembly Language, ACM TQC 3(3) (2022), appendix.
"""
CONTROLLED = {(gate.base, gate.controls): name for name, gate in STANDARD.items() if gate.base and gate.controls > 0}
"""Which standard gate is the base gate under so many closed controls."""


USUAL_BODIES: Mapping[str, str] = {
    "ecr": "s q0; sx q1; cx q0, q1; x q0;",
    "sxdg": "s q0; h q0; s q0;",
    "cs": "t q0; cx q0, q1; tdg q1; cx q0, q1; t q1;",
    "csdg": "tdg q0; cx q0, q1; t q1; cx q0, q1; tdg q1;",
    "csx": "h q1; cs q0, q1; h q1;",
    "ccz": "h q2; ccx q0, q1, q2; h q2;",
    "cu1": "p(0.5*p0) q0; cx q0, q1; p((-0.5)*p0) q1; cx q0, q1; p(0.5*p0) q1;",
    "cu3": "p(0.5*p2 + 0.5*p1) q0; p(0.5*p2 - 0.5*p1) q1; cx q0, q1; U((-0.5)*p0, 0, (-0.5)*p1 - 0.5*p2) q1; "
    "cx q0, q1; U(0.5*p0, p1, 0) q1;",
}
"""How exporters define standard gates otherwise."""


def find(name: str) -> tuple[str, Standard] | None:
    """A standard gate by any of its spellings: its name here, and what is known of it."""
    gate = STANDARD.get(ALIASES.get(name, name))
    if gate is None:
        return None
    if name in _WIDTHS:
        gate = msgspec.structs.replace(gate, qubits=_WIDTHS[name])
    return ALIASES.get(name, name), gate


WORDS = frozenset("measure reset barrier delay gphase if while for switch break continue sealed".split())
"""Operations that are no gates."""


def user_key(name: str, taken: Collection[str] = ()) -> str:
    """The key under which a user's gate is kept: never that of a standard gate, and none of `taken`.

    >>> user_key("mine"), user_key("h"), user_key("mine", ["mine"])
    ('mine', 'h*', 'mine*')
    """
    known = STANDARD.keys() | ALIASES.keys() | WORDS
    while name in known or name in taken:
        name += "*"
    return name


def formals(gate: Standard) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the parameters and qubits that the bodies above use."""
    return tuple(f"p{i}" for i in range(gate.parameters)), tuple(f"q{i}" for i in range(gate.qubits))
