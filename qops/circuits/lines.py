"""Operations as lines of OpenQASM 3."""

from collections.abc import Callable, Iterator, Sequence

from qops.circuits import expressions, prelude
from qops.circuits.names import Names
from qops.circuits.order import lexicographic
from qops.model.angle import Angle
from qops.model.circuit import (
    Branch,
    Circuit,
    Condition,
    Delay,
    For,
    Operation,
    Register,
    Sealed,
    Switch,
    While,
)

_SIGNS = {"and": " && ", "or": " || ", "xor": " ^ "}
_JUMPS = frozenset({"break", "continue"})
_WORDS = _JUMPS | {"measure", "reset", "barrier", "delay", "gphase"}


class Lines:
    """Writes operations, knowing how the wires, gates and symbols of one program are called."""

    def __init__(self, circuit: Circuit, names: Names, seals: dict[tuple[Sealed, int, int], str]) -> None:
        self._qubits = _wires(circuit.qubits, lambda name: names.of("qubit", name))
        self._bits = _wires(circuit.bits, lambda name: names.of("bit", name))
        self._bit_groups = _groups(circuit.bits, lambda name: names.of("bit", name))
        self._names = names
        self._symbol: Callable[[str], str] = lambda name: names.of("parameter", name)
        self._seals = seals
        self._plain: dict[tuple[str, tuple[str, ...], tuple[int, ...]], tuple[str, str]] = {}

    @classmethod
    def of_gate(cls, names: Names, qubits: Sequence[str], parameters: dict[str, str]) -> "Lines":
        """For the body of a gate: its own qubits and parameters, the program's gates."""
        lines = cls(Circuit((), (), (), ()), names, {})
        lines._qubits = list(qubits)
        lines._symbol = lambda name: parameters.get(name, name)
        return lines

    def block(self, operations: Sequence[Operation], indent: str) -> Iterator[str]:
        """The lines of a block, in the given order."""
        written: dict[int, str] = {}  # by identity: one object may stand for many operations that are equal
        for operation in operations:
            if operation.detail is not None:
                yield from self._detailed(operation, indent)
                continue
            line = written.get(id(operation))
            if line is None:
                line = written[id(operation)] = indent + self.plain(operation)
            yield line

    def plain(self, operation: Operation) -> str:
        """The line of an operation that needs one line, without indentation."""
        if operation.bits and operation.gate == "measure":
            return f"{self._bits[operation.bits[0]]} = measure {self._qubits[operation.qubits[0]]};"
        head, tail = self.pieces(operation)
        if not operation.angles:
            return head + tail
        return f"{head}({', '.join([self._angle(angle) for angle in operation.angles])}){tail}"

    def pieces(self, operation: Operation) -> tuple[str, str]:
        """What is before and after the angles of a gate, and of some words."""
        key = (operation.gate, operation.modifiers, operation.qubits)
        known = self._plain.get(key)
        if known is None:
            qubits = [] if operation.gate in _JUMPS else [self._qubits[qubit] for qubit in operation.qubits]
            known = self._plain[key] = self._spelled(operation), f" {', '.join(qubits)};" if qubits else ";"
        return known

    def _angle(self, angle: Angle) -> str:
        return repr(angle) if type(angle) is float else expressions.text(angle, self._symbol)

    def _spelled(self, operation: Operation) -> str:
        gate = operation.gate
        modifiers = "".join(map(_modifier, operation.modifiers))
        if gate in _WORDS:
            return modifiers + gate
        if gate in prelude.STANDARD:
            return modifiers + standard(gate, len(operation.qubits))
        return modifiers + self._names.of("gate", gate)

    def _detailed(self, operation: Operation, indent: str) -> Iterator[str]:
        match operation.detail:
            case Delay(duration=duration, unit=unit):
                yield f"{indent}delay[{duration!r}{unit}] {self._qubits[operation.qubits[0]]};"
            case Sealed() as seal:
                yield indent + self._sealed(operation, seal)
            case Branch(condition=condition, then=then, otherwise=otherwise):
                yield f"{indent}if ({self._question(condition)}) {{"
                yield from self._inner(then, indent)
                if otherwise:
                    yield f"{indent}}} else {{"
                    yield from self._inner(otherwise, indent)
                yield indent + "}"
            case While(condition=condition, body=body):
                yield f"{indent}while ({self._question(condition)}) {{"
                yield from self._inner(body, indent)
                yield indent + "}"
            case For(values=values, variable=variable, body=body):
                name = self._symbol(variable) if variable else "_"
                yield f"{indent}for int {name} in {{{', '.join(map(str, values))}}} {{"
                yield from self._inner(body, indent)
                yield indent + "}"
            case Switch() as choice:
                yield from self._switch(choice, indent)

    def _inner(self, operations: tuple[Operation, ...], indent: str) -> Iterator[str]:
        return self.block(lexicographic(operations), indent + "  ")

    def _switch(self, choice: Switch, indent: str) -> Iterator[str]:
        yield f"{indent}switch ({self._bits_text(choice.bits)}) {{"
        for case in choice.cases:
            label = f"case {', '.join(map(str, case.values))}" if case.values else "default"
            yield f"{indent}  {label} {{"
            yield from self._inner(case.body, indent + "  ")
            yield f"{indent}  }}"
        yield indent + "}"

    def _sealed(self, operation: Operation, seal: Sealed) -> str:
        head = self._seals[seal, len(operation.angles), len(operation.qubits)]
        if operation.angles:
            head += f"({', '.join(map(self._angle, operation.angles))})"
        line = f"{head} {', '.join(self._qubits[qubit] for qubit in operation.qubits)}"
        if operation.bits:
            line += f" -> {', '.join(self._bits[bit] for bit in operation.bits)}"
        return line + ";"

    def _question(self, condition: Condition) -> str:
        if condition.kind == "not":
            return f"!({self._question(condition.parts[0])})"
        if condition.parts:
            return _SIGNS[condition.kind].join(f"({self._question(part)})" for part in condition.parts)
        # One bit is compared with a truth value: that, and not a number, is what other readers take.
        value = (
            ("false", "true")[condition.value]
            if len(condition.bits) == 1 and condition.value in (0, 1)
            else condition.value
        )
        return f"{self._bits_text(condition.bits)} {condition.kind} {value}"

    def _bits_text(self, bits: tuple[int, ...]) -> str:
        if len(bits) == 1:
            return self._bits[bits[0]]
        group = self._bit_groups.get(bits)
        if group is not None:
            return group
        name, start = self._bits[bits[0]].split("[")[0], bits[0]
        base = start - int(self._bits[bits[0]].split("[")[1][:-1])
        return f"{name}[{{{', '.join(str(bit - base) for bit in bits)}}}]"


def standard(gate: str, width: int) -> str:
    """How OpenQASM 3 spells a standard gate on `width` qubits: by name, or as its base gate under modifiers."""
    known = prelude.STANDARD[gate]
    if gate == "u":
        return "U"
    if gate == "sxdg":
        return "inv @ sx"
    if gate in prelude.STDGATES or known.body is not None or known.base is None:
        return gate
    controls = width - 1 if known.qubits == prelude.UNLIMITED else known.controls
    base = standard(known.base, width - controls)
    return f"ctrl @ {base}" if controls == 1 else f"ctrl({controls}) @ {base}"


def _modifier(modifier: str) -> str:
    if modifier == "inv":
        return "inv @ "
    if modifier.startswith("pow:"):
        return f"pow({modifier[4:]}) @ "
    closed = len(modifier) - 5 - modifier.count("0")
    opened = modifier.count("0")
    text = f"ctrl({closed}) @ " if closed else ""
    return text + (f"negctrl({opened}) @ " if opened else "")


def _wires(registers: tuple[Register, ...], name: Callable[[str], str]) -> list[str]:
    if registers and registers[0].name == "$":
        return [f"${place}" for place in range(registers[0].size)]
    return [f"{name(register.name)}[{place}]" for register in registers for place in range(register.size)]


def _groups(registers: tuple[Register, ...], name: Callable[[str], str]) -> dict[tuple[int, ...], str]:
    groups, start = {}, 0
    for register in registers:
        groups[tuple(range(start, start + register.size))] = name(register.name)
        start += register.size
    return groups
