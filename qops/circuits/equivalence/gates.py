"""The matrices of gates: standard ones with their modifiers, and users' gates by their bodies.

The first operand of a gate is the lowest bit. A gate without a matrix (one that is opaque, that is too wide, or that
has an angle without a value) has None.
"""

import cmath
import math
from collections.abc import Mapping, Sequence
from functools import cache

from qops.circuits.arcs import one_qubit
from qops.circuits.binding import Values, number
from qops.circuits.equivalence.dense import Matrix, applied, controlled, dagger, identity
from qops.circuits.equivalence.eigenphases import power
from qops.circuits.prelude import STANDARD, UNLIMITED, formals
from qops.circuits.reader import read
from qops.model.circuit import GateDefinition, Operation

WIDEST = 5
"""The most qubits that a gate may have."""
LARGEST_BODY = 1000
"""The most operations of a user's gate, those of the gates that it calls not counted."""

_ROOT = math.sqrt(0.5)
_T = complex(_ROOT, _ROOT)
_SX: Matrix = [[0.5 + 0.5j, 0.5 - 0.5j], [0.5 - 0.5j, 0.5 + 0.5j]]
_FIXED: Mapping[str, Matrix] = {
    "id": identity(2),
    "u0": identity(2),
    "x": [[0j, 1 + 0j], [1 + 0j, 0j]],
    "y": [[0j, -1j], [1j, 0j]],
    "z": [[1 + 0j, 0j], [0j, -1 + 0j]],
    "h": [[_ROOT + 0j, _ROOT + 0j], [_ROOT + 0j, -_ROOT + 0j]],
    "s": [[1 + 0j, 0j], [0j, 1j]],
    "sdg": [[1 + 0j, 0j], [0j, -1j]],
    "t": [[1 + 0j, 0j], [0j, _T]],
    "tdg": [[1 + 0j, 0j], [0j, _T.conjugate()]],
    "sx": _SX,
    "sxdg": dagger(_SX),
    "swap": [identity(4)[i] for i in (0, 2, 1, 3)],
}
Gates = Mapping[str, GateDefinition]


class Matrices:
    """The matrices of one circuit's gates; each is computed once.

    `gates` are the circuit's definitions, `values` the values of its symbols in radians.
    """

    def __init__(self, gates: Gates, values: Values | None = None) -> None:
        self._gates = gates
        self._values = values or {}
        self._known: dict[tuple[object, ...], Matrix | None] = {}

    def of(self, operation: Operation) -> Matrix | None:
        """The matrix of an operation on its qubits."""
        width = len(operation.qubits)
        if width > WIDEST or operation.bits or operation.detail is not None:
            return None
        key = (operation.gate, width, operation.angles, operation.modifiers)
        if key not in self._known:
            self._known[key] = self._matrix(operation, width)
        return self._known[key]

    def _matrix(self, operation: Operation, width: int) -> Matrix | None:
        angles = [number(angle, self._values) for angle in operation.angles]
        numbers = [angle for angle in angles if angle is not None]
        if len(numbers) < len(angles):
            return None
        controls = sum(len(modifier) - 5 for modifier in operation.modifiers if modifier.startswith("ctrl:"))
        matrix = self._plain(operation.gate, numbers, width - controls)
        if matrix is None:
            return None
        for modifier in reversed(operation.modifiers):
            matrix = _modified(matrix, modifier)
        return matrix

    def _plain(self, gate: str, angles: Sequence[float], width: int) -> Matrix | None:
        if gate not in self._gates:
            return _standard(gate, tuple(angles), width)
        definition = self._gates[gate]
        if definition.body is None or len(definition.body) > LARGEST_BODY:
            return None
        inner = Matrices(self._gates, dict(zip(definition.parameters, angles, strict=True)))
        return inner.product(definition.body, len(definition.qubits))

    def product(self, operations: Sequence[Operation], width: int) -> Matrix | None:
        """The matrix of a run of operations on qubits 0…width-1."""
        whole = identity(1 << width)
        for operation in operations:
            matrix = self.of(operation)
            if operation.gate == "barrier":
                continue
            if matrix is None:
                return None
            whole = applied(matrix, operation.qubits, whole)
        return whole


def _modified(matrix: Matrix, modifier: str) -> Matrix:
    kind, _, value = modifier.partition(":")
    if kind == "ctrl":
        return controlled(matrix, value)
    return dagger(matrix) if kind == "inv" else power(matrix, float(value))


def _standard(gate: str, angles: tuple[float, ...], width: int) -> Matrix | None:
    if gate in _FIXED:
        return _FIXED[gate]
    direct = _by_angles(gate, angles)
    if direct is not None:
        return direct
    known = STANDARD.get(gate)
    if known is None:
        return None
    if known.base is not None:
        controls = width - 1 if known.controls == UNLIMITED else known.controls
        inner = _standard(known.base, angles, width - controls)
        return None if inner is None else controlled(inner, "1" * controls)
    if known.body is None:
        return None
    values = {f"p{place}": angle for place, angle in enumerate(angles)}
    return Matrices({}, values).product(standard_body(gate), width)


def _by_angles(gate: str, angles: tuple[float, ...]) -> Matrix | None:
    match gate, angles:
        case (("p" | "u1"), (angle,)):
            return [[1 + 0j, 0j], [0j, cmath.exp(1j * angle)]]
        case "gphase", (angle,):
            return [[cmath.exp(1j * angle)]]
        case "rz", (angle,):
            return [[cmath.exp(-0.5j * angle), 0j], [0j, cmath.exp(0.5j * angle)]]
        case "rx", (angle,):
            return _by_angles("r", (angle, 0.0))
        case "ry", (angle,):
            return _rows(one_qubit("u", (angle, 0.0, 0.0)))
        case "cu", _:
            return controlled(_rows(one_qubit(gate, angles)) or (), "1")
        case (("u" | "u2" | "u3" | "r"), _):
            return _rows(one_qubit(gate, angles))
        case _:
            return None


def _rows(entries: tuple[complex, complex, complex, complex] | None) -> Matrix | None:
    return None if entries is None else [entries[:2], entries[2:]]


@cache
def standard_body(gate: str) -> tuple[Operation, ...]:
    """The operations of a standard gate's body, on qubits in the order of its operands, and its phase."""
    known = STANDARD[gate]
    parameters, qubits = formals(known)
    heads = [f"input float {name};" for name in parameters] + [f"qubit {name};" for name in qubits]
    circuit = read("\n".join([*heads, known.body or ""]).encode(), gate)
    return (*circuit.operations, Operation("gphase", (), (circuit.phase,)))
