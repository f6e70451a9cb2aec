"""What Clifford gates make of Pauli operators, signs included; and so what a Clifford circuit shows.

An operator is a sign and, qubit by qubit, whether there is an X and a Z (both: Y). A gate takes P to UPU†, by the rules
of the tableau [1]_.

References:
    [1] S. Aaronson and D. Gottesman, Improved simulation of stabilizer circuits, Physical Review A 70 (2004) 052328.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qops.model.circuit import Operation


class Pauli(NamedTuple):
    """A Pauli operator: bit q of `x` and of `z` are about qubit q; `minus` is 1 where its sign is negative."""

    x: int = 0
    z: int = 0
    minus: int = 0


class NotClifford(Exception):
    """A gate takes Pauli operators out of their group; the message names it."""


_WORDS = {
    "id": "",
    "s": "s",
    "z": "ss",
    "sdg": "sss",
    "h": "h",
    "sx": "hsh",
    "sxdg": "hsssh",
    "x": "hssh",
    "y": "sshssh",
}
"""Gates on one qubit as words of h and s, the first letter first; signs are kept, phases are not."""

_PAIRS = {
    "cx": (("cx", 0, 1),),
    "cz": (("h", 1), ("cx", 0, 1), ("h", 1)),
    "cy": (("sdg", 1), ("cx", 0, 1), ("s", 1)),
    "swap": (("cx", 0, 1), ("cx", 1, 0), ("cx", 0, 1)),
    "ecr": (("s", 0), ("sx", 1), ("cx", 0, 1), ("x", 0)),
}
_INVERSES = {"s": "sdg", "sdg": "s", "sx": "sxdg", "sxdg": "sx"}
_SILENT = {"barrier", "measure", "delay", "gphase"}


def through(pauli: Pauli, operations: Iterable[Operation]) -> Pauli:
    """The operator after a circuit.

    Raises:
        NotClifford: it has a gate that is none.

    >>> through(Pauli(x=1), [Operation("cx", (0, 1)), Operation("h", (1,))])
    Pauli(x=1, z=2, minus=0)
    """
    for operation in operations:
        pauli = _after(pauli, operation)
    return pauli


def _after(pauli: Pauli, operation: Operation) -> Pauli:
    gate, qubits = operation.gate, operation.qubits
    if gate in _SILENT:
        return pauli
    if operation.modifiers:
        raise NotClifford(f"`{' '.join((*operation.modifiers, gate))}` is not one of the known Clifford gates")
    if gate == "rz":
        return _spelled(pauli, "s" * quarters(operation), qubits[0])
    if gate in _WORDS:
        return _spelled(pauli, _WORDS[gate], qubits[0])
    for part, *places in _PAIRS.get(gate, ()):
        wires = tuple(qubits[place] for place in places)
        pauli = _controlled(pauli, *wires) if part == "cx" else _spelled(pauli, _WORDS[part], *wires)
    if gate not in _PAIRS:
        raise NotClifford(f"`{gate}` is not one of the known Clifford gates")
    return pauli


def quarters(turn: Operation) -> int:
    """How many quarter turns an `rz` makes.

    Raises:
        NotClifford: it does not make a whole number of them.
    """
    angle = turn.angles[0]
    count = angle / (math.pi / 2) if isinstance(angle, float) else math.nan
    if math.isnan(count) or abs(count - round(count)) > 1e-9:
        raise NotClifford("`rz` of another angle than a quarter turn")
    return round(count) % 4


def _spelled(pauli: Pauli, word: str, qubit: int) -> Pauli:
    bit = 1 << qubit
    x, z, minus = pauli
    for letter in word:
        minus ^= bool(x & z & bit)
        if letter == "s":
            z ^= x & bit
        elif (x ^ z) & bit:
            x, z = x ^ bit, z ^ bit
    return Pauli(x, z, minus)


def _controlled(pauli: Pauli, control: int, target: int) -> Pauli:
    x, z, minus = pauli
    x_control, z_control = x >> control & 1, z >> control & 1
    x_target, z_target = x >> target & 1, z >> target & 1
    minus ^= x_control & z_target & (x_target ^ z_control ^ 1)
    return Pauli(x ^ x_control << target, z ^ z_target << control, minus)


def images(operations: Sequence[Operation], qubits: int) -> tuple[Pauli, ...]:
    """Where X and Z of every qubit go: what the circuit does, up to a phase."""
    single = [Pauli(x=1 << qubit) for qubit in range(qubits)] + [Pauli(z=1 << qubit) for qubit in range(qubits)]
    return tuple(through(pauli, operations) for pauli in single)


def inverse(operations: Sequence[Operation]) -> list[Operation]:
    """The circuit backwards; measurements and delays are left out."""
    return [_inverted(operation) for operation in reversed(operations) if operation.gate not in {"measure", "delay"}]


def _inverted(operation: Operation) -> Operation:
    if operation.gate == "rz":
        back = -quarters(operation) % 4 * math.pi / 2
        return Operation("rz", operation.qubits, (back,))
    return Operation(_INVERSES.get(operation.gate, operation.gate), operation.qubits, operation.angles)


def shown(operations: Sequence[Operation], qubits: Sequence[int]) -> str | None:
    """What the qubits show after a Clifford circuit on zeros, the first at the right; None where that is not certain.

    >>> shown([Operation("x", (0,)), Operation("cx", (0, 1))], (0, 1, 2))
    '011'
    """
    back = inverse(operations)
    found = [through(Pauli(z=1 << qubit), back) for qubit in qubits]
    if any(pauli.x for pauli in found):
        return None
    return "".join(str(pauli.minus) for pauli in reversed(found))
