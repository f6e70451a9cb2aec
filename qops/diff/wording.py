"""Operations as a reviewer reads them: the gate, its angles, the names of its wires."""

from collections.abc import Sequence

from qops.diff.numbers import angle_text, plain
from qops.model.angle import Angle
from qops.model.circuit import (
    Branch,
    Circuit,
    Condition,
    Delay,
    For,
    GateDefinition,
    Operation,
    Register,
    Sealed,
    Switch,
    While,
)

_MOST_NAMED = 8
_JOINTS = {"and": " && ", "or": " || ", "xor": " ^ "}


class Wording:
    """Knows how the wires and gates of one circuit, or of one gate's body, are called."""

    def __init__(self, qubits: list[str], bits: tuple[Register, ...], gates: dict[str, GateDefinition]) -> None:
        self._qubits = qubits
        self._bits = wire_names(bits)
        self._registers = bits
        self._gates = gates

    @classmethod
    def of(cls, circuit: Circuit) -> "Wording":
        """For the operations of a circuit."""
        return cls(wire_names(circuit.qubits), circuit.bits, circuit.gates)

    def gate(self, operation: Operation) -> str:
        """The operation without its angles and wires."""
        name = self._gates[operation.gate].name if operation.gate in self._gates else operation.gate
        match operation.detail:
            case Sealed(kind=kind):
                name = kind
            case Branch(condition=condition):
                name = f"if ({self._question(condition)})"
            case While(condition=condition):
                name = f"while ({self._question(condition)})"
            case For(values=values, variable=variable):
                name = f"for {variable or '_'} in {_few(values)}"
            case Switch(bits=bits):
                name = f"switch ({self._integer(bits)})"
        return "".join(map(_modifier, operation.modifiers)) + name

    def wires(self, operation: Operation) -> str:
        """The wires, quantum and classical; none for control flow, which names them where it uses them."""
        if operation.blocks():
            return ""
        qubits = _few([self._qubits[qubit] for qubit in operation.qubits])
        bits = _few([self._bits[bit] for bit in operation.bits])
        return f"{qubits} → {bits}" if qubits and bits else qubits or bits

    def _question(self, condition: Condition) -> str:
        if condition.kind == "not":
            return f"!({self._question(condition.parts[0])})"
        if condition.parts:
            return _JOINTS[condition.kind].join(f"({self._question(part)})" for part in condition.parts)
        return f"{self._integer(condition.bits)} {condition.kind} {condition.value}"

    def _integer(self, bits: tuple[int, ...]) -> str:
        """Bits that spell an integer: one by its name, a whole register by the register's."""
        start = 0
        for register in self._registers:
            if len(bits) > 1 and bits == tuple(range(start, start + register.size)):
                return register.name
            start += register.size
        return _few([self._bits[bit] for bit in bits])


def wire_names(registers: tuple[Register, ...]) -> list[str]:
    """How each wire is called: `q[0]`, or `$0` for a physical qubit."""
    return [
        f"${place}" if register.name == "$" else f"{register.name}[{place}]"
        for register in registers
        for place in range(register.size)
    ]


def numbers(operation: Operation) -> str:
    """The numbers of an operation in brackets, or nothing: its angles, or how long it waits."""
    if isinstance(operation.detail, Delay):
        return f"[{_time(operation.detail)}]"
    return f"({', '.join(map(angle_text, operation.angles))})" if operation.angles else ""


def numbers_moved(old: Operation, new: Operation) -> str:
    """The numbers of an operation before and after, those that moved with an arrow between.

    >>> numbers_moved(Operation("u", (0,), (0.1, 0.2, 0.3)), Operation("u", (0,), (0.1, 0.4, 0.3)))
    '(0.1, 0.2 → 0.4, 0.3)'
    """
    if isinstance(old.detail, Delay) and isinstance(new.detail, Delay):
        return f"{_time(old.detail)} → {_time(new.detail)}"
    if isinstance(old.detail, Sealed) and isinstance(new.detail, Sealed) and old.detail != new.detail:
        return f"content {old.detail.digest[:12]} → {new.detail.digest[:12]}"
    moved = [_moved(before, after) for before, after in zip(old.angles, new.angles, strict=True)]
    return ", ".join(moved) if len(moved) == 1 else f"({', '.join(moved)})"


def _moved(old: Angle, new: Angle) -> str:
    return angle_text(old) if old == new else f"{angle_text(old)} → {angle_text(new)}"


def _time(delay: Delay) -> str:
    return f"{plain(delay.duration)} {delay.unit}"


def _modifier(modifier: str) -> str:
    kind, _, value = modifier.partition(":")
    if kind != "ctrl":
        return f"{kind}({value}) @ " if value else f"{kind} @ "
    controls = (("ctrl", value.count("1")), ("negctrl", value.count("0")))
    return "".join(f"{word} @ " if count == 1 else f"{word}({count}) @ " for word, count in controls if count)


def _few(items: Sequence[object]) -> str:
    """Items between commas, the middle of many left out.

    >>> _few(range(20))
    '0, 1, 2, … 19 (20 in all)'
    """
    if len(items) <= _MOST_NAMED:
        return ", ".join(map(str, items))
    return f"{', '.join(map(str, items[:3]))}, … {items[-1]} ({len(items)} in all)"
