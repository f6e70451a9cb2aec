"""The state of reading one program, and the calls of gates in it."""

import re
from math import isfinite

import msgspec

from qops.circuits import normal, prelude
from qops.circuits.arithmetic import combine, expression, to_angle
from qops.circuits.operands import Index, operand
from qops.circuits.scanner import Cursor, Fault
from qops.circuits.scope import Scope, Wires
from qops.model.angle import Angle
from qops.model.circuit import GateDefinition, Operation, Sealed
from qops.model.spelling import did_you_mean
from qops.model.wording import counted

_DECIMAL = r"\s*(-?\d+\.?\d*(?:[eE][-+]?\d+)?)\s*"
_ANGLES = r"([^();]*(?:\([^();]*\)[^();]*)*)"
_PLAIN_CALL = re.compile(
    rf"\s*+([A-Za-z_]\w*+)\s*+(?:\((?:{_DECIMAL}|{_ANGLES})\)\s*+|(?<=\s))([^;()@={{}}/]*+);", re.ASCII
)
_LONGEST_KNOWN = 200
_MODIFIERS = frozenset({"ctrl", "negctrl", "inv", "pow"})


class Call(msgspec.Struct):
    """What a gate's name stands for, and the operands it was already seen with.

    `seen` keeps the operation by the text of its operands; for a gate with angles, the operation without them.
    """

    gate: str
    parameters: int
    qubits: int
    users: bool
    seen: dict[str, Operation] = {}

    def takes(self, count: int) -> bool:
        """Whether the gate can be applied to so many qubits."""
        return count > 1 if self.qubits == prelude.UNLIMITED else count == self.qubits


class Program:
    """One program while it is read."""

    def __init__(self, text: str, version: int) -> None:
        self.text = text
        self.version = version
        self.index = Index(version)
        self.scope = Scope(Wires("qubit"), Wires("bit"), {}, "program")
        self.inputs: list[str] = []
        self.gates: dict[str, GateDefinition] = {}
        self.phase: Angle = 0.0
        self.physical = 0
        self.depth = 0
        self.sealed: dict[str, Sealed] = {}
        self._seals: dict[str, Call] = {}
        self._calls: dict[str, Call] = {}
        self._angles: dict[str, tuple[Angle, ...]] = {}
        self._known: dict[str, Operation] = {}

    def plain_calls(self, position: int) -> int:
        """Read plain gate calls from `position` for as long as there are any; the position after them.

        This is the road that nearly every line of nearly every circuit takes, most of them lines that were read
        before; anything unusual is left to `gate_call`, which reads the same language word by word.
        """
        text, known, add = self.text, self._known, self.scope.operations.append
        while True:
            end = text.find(";", position, position + _LONGEST_KNOWN) + 1
            operation = known.get(text[position:end])
            if operation is None:
                found = _PLAIN_CALL.match(text, position)
                operation = self._plain_call(found) if found else None
                if found is None or operation is None:
                    return position
                end = found.end()
            add(operation)
            position = end

    def _plain_call(self, found: re.Match[str]) -> Operation | None:
        name, decimal, written, operands = found.groups()
        call = self._calls.get(name) or self._first_called(name)
        if call is None:
            return None
        seen = call.seen.get(operands) or self._first_seen(call, operands)
        if seen is None:
            return None
        if decimal is not None:
            angle = float(decimal)
            plain = call.parameters == 1 and isfinite(angle)
            return Operation(call.gate, seen.qubits, (angle + 0.0,)) if plain else None
        angles = () if written is None else self._plain_angles(written, found.start(3))
        if angles is None or len(angles) != call.parameters or (not angles and written is not None):
            return None
        operation = self._known[found[0]] = Operation(call.gate, seen.qubits, angles) if angles else seen
        return operation

    def _first_called(self, name: str) -> Call | None:
        call = None if name in self.sealed else self._find(name)
        if call is not None:
            self._calls[name] = call
        return call

    def _first_seen(self, call: Call, operands: str) -> Operation | None:
        wires = []
        for part in operands.split(","):
            wire = self._single(part.strip())
            if wire is None:
                return None
            wires.append(wire)
        if len(set(wires)) != len(wires) or not call.takes(len(wires)):
            return None
        operation = normal.operation(call.gate, tuple(wires), users=call.users)
        call.seen[operands] = operation
        return operation

    def _single(self, written: str) -> int | None:
        name, bracket, rest = written.partition("[")
        wires = self.scope.qubits.named.get(name)
        if wires is None or not bracket:
            return wires[0] if wires and name in self.scope.qubits.lone else None
        digits = rest[:-1]
        if rest[-1:] != "]" or not (digits.isascii() and digits.isdigit()) or len(digits) > 6:
            return None
        return wires[int(digits)] if int(digits) < len(wires) and name not in self.scope.qubits.lone else None

    def _plain_angles(self, written: str, offset: int) -> tuple[Angle, ...] | None:
        angles = self._angles.get(written)
        if angles is None:
            cursor = Cursor(self.text, offset)
            angles = self._angle_list(cursor, self.scope)
            if cursor.start != offset + len(written):
                return None
            self._angles[written] = angles
        return angles

    def _angle_list(self, cursor: Cursor, scope: Scope) -> tuple[Angle, ...]:
        if cursor.at(")"):
            return ()
        angles = [self.angle(cursor, scope)]
        while cursor.accept(","):
            angles.append(self.angle(cursor, scope))
        return tuple(angles)

    def angle(self, cursor: Cursor, scope: Scope) -> Angle:
        """Read one angle."""
        offset = cursor.start
        return to_angle(expression(cursor, scope.lookup, version=self.version), offset)

    def gate_call(self, cursor: Cursor, scope: Scope) -> None:
        """Read a gate call word by word, modifiers, ranges and whole registers included."""
        modifiers = []
        while cursor.value in _MODIFIERS and cursor.kind == "word":
            modifiers.append(self._modifier(cursor, scope))
        offset = cursor.start
        name = cursor.name("a gate")
        call = self._call(name, offset)
        angles: tuple[Angle, ...] = ()
        if cursor.accept("("):
            angles = self._angle_list(cursor, scope)
            cursor.expect(")")
        if len(angles) != call.parameters:
            raise Fault(f"`{name}` takes {counted(call.parameters, 'angle')}, not {len(angles)}", offset)
        controls = sum(len(modifier) - 5 for modifier in modifiers if modifier.startswith("ctrl:"))
        rows = self._spread(cursor, scope, name, call, controls, offset)
        if name in self.sealed:
            scope.add(self._sealed(cursor, scope, name, rows[0], angles), offset)
            return
        for qubits in rows:
            operation = normal.operation(call.gate, qubits, angles, tuple(modifiers), users=call.users)
            if operation.gate == "gphase" and not qubits:
                self.add_phase(scope, operation.angles[0], offset)
            else:
                scope.add(operation, offset)

    def _modifier(self, cursor: Cursor, scope: Scope) -> str:
        word, offset = cursor.value, cursor.start
        cursor.advance()
        argument: float | None = None
        if cursor.accept("("):
            argument = self._constant(cursor, scope, word)
            cursor.expect(")")
        cursor.expect("@")
        if (word == "pow") != (argument is not None) and word in ("pow", "inv"):
            raise Fault("`pow` takes a number, `inv` takes none", offset)
        if word == "inv":
            return "inv"
        if word == "pow":
            return f"pow:{argument!r}"
        count = 1 if argument is None else argument
        if count != int(count) or not 1 <= count <= 1000:
            raise Fault(f"`{word}` takes a whole number of controls from 1 to 1000", offset)
        return "ctrl:" + ("1" if word == "ctrl" else "0") * int(count)

    def _constant(self, cursor: Cursor, scope: Scope, word: str) -> float:
        offset = cursor.start
        value = self.angle(cursor, scope)
        if not isinstance(value, float):
            raise Fault(f"the argument of `{word}` must be constant", offset)
        return value

    def _call(self, name: str, offset: int) -> Call:
        call = self._calls.get(name) or self._seals.get(name)
        if call is None:
            call = self._find(name)
            if call is None:
                raise Fault(
                    f"no gate is called `{name}`", offset, did_you_mean(name, [*prelude.STANDARD, *self._calls])
                )
            self._calls[name] = call
        return call

    def _find(self, name: str) -> Call | None:
        if name == "gphase":
            return Call(name, 1, 0, users=False)
        found = prelude.find(name)
        return Call(found[0], found[1].parameters, found[1].qubits, users=False) if found else None

    def define(self, definition: GateDefinition) -> None:
        """From here on the name of `definition` stands for it."""
        key = prelude.user_key(definition.name)
        self.gates[key] = definition
        self._calls[definition.name] = Call(key, len(definition.parameters), len(definition.qubits), users=True)
        self._known.clear()

    def defined(self, name: str) -> GateDefinition | None:
        """The user's gate of that name, if there is one."""
        return self.gates.get(prelude.user_key(name))

    def declare_sealed(self, name: str, kind: str, digest: str, angles: int, qubits: int) -> None:
        """From here on `name` stands for content that text cannot carry."""
        self.sealed[name] = Sealed(kind, digest)
        self._seals[name] = Call(name, angles, qubits, users=True)

    def _sealed(
        self, cursor: Cursor, scope: Scope, name: str, qubits: tuple[int, ...], angles: tuple[Angle, ...]
    ) -> Operation:
        bits: list[int] = []
        if cursor.accept("->"):
            bits += operand(cursor, scope.bits, scope, self.index)[0]
            while cursor.accept(","):
                bits += operand(cursor, scope.bits, scope, self.index)[0]
        return Operation("sealed", qubits, angles, bits=tuple(bits), detail=self.sealed[name])

    def _spread(
        self, cursor: Cursor, scope: Scope, name: str, call: Call, controls: int, offset: int
    ) -> list[tuple[int, ...]]:
        """The operands of a call, one tuple of qubits for each operation that it stands for."""
        groups: list[tuple[tuple[int, ...], bool]] = []
        while not (cursor.at(";") or cursor.at("->")):
            groups.append(self.qubit_operand(cursor, scope))
            if not cursor.accept(","):
                break
        if not call.takes(len(groups) - controls):
            wanted = (
                "2 qubits or more" if call.qubits == prelude.UNLIMITED else counted(call.qubits + controls, "qubit")
            )
            raise Fault(f"`{name}` takes {wanted} here, not {len(groups)}", offset)
        widths = {len(wires) for wires, alone in groups if not alone}
        if len(widths) > 1:
            raise Fault(f"`{name}` is applied to registers of different sizes", offset)
        width = widths.pop() if widths else 1
        rows = [tuple(wires[0] if alone else wires[row] for wires, alone in groups) for row in range(width)]
        if any(len(set(row)) != len(row) for row in rows):
            raise Fault(f"`{name}` is given the same qubit twice", offset)
        return rows

    def qubit_operand(self, cursor: Cursor, scope: Scope) -> tuple[tuple[int, ...], bool]:
        """Read a qubit, a register, or a part of one."""
        if cursor.kind != "hardware":
            return operand(cursor, scope.qubits, scope, self.index)
        place, offset = int(cursor.value[1:9]), cursor.start
        cursor.advance()
        if scope.qubits.count or scope.kind == "gate":
            raise Fault("physical qubits cannot be mixed with declared ones", offset)
        if place >= 100_000:
            raise Fault("physical qubits beyond $99999 are not read", offset)
        self.physical = max(self.physical, place + 1)
        return (place,), True

    def add_phase(self, scope: Scope, angle: Angle, offset: int) -> None:
        """Add to the global phase of the program, or of the block or gate that is being read."""
        if scope.kind != "program":
            scope.add(Operation("gphase", (), (angle,)), offset)
        else:
            self.phase = angle if self.phase == 0.0 else to_angle(combine("+", (self.phase, angle), offset), offset)
