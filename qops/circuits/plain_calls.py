"""The quick way through plain calls of gates, which are nearly every line of nearly every circuit.

Most lines were read before, or differ from one that was in a number alone. Anything unusual is left to
`Program.gate_call`, which reads the same language word by word.
"""

import re
from math import isfinite

from qops.circuits import normal
from qops.circuits.program import Call, Program
from qops.circuits.scanner import Cursor
from qops.circuits.scope import Scope
from qops.model.angle import Angle
from qops.model.circuit import Operation

_ANGLES = r"([^();]*+(?:\([^();]*+\)[^();]*+)*+)"
_CALL = re.compile(rf"\s*+([A-Za-z_]\w*+)\s*+(?:\({_ANGLES}\)\s*+|(?<=\s))([^;()@={{}}/]*+)", re.ASCII)
_OF_NUMBERS = "0123456789.eE+-, "
_FIRST_STRETCH, _LONGEST_STRETCH = 1 << 9, 1 << 16


class PlainCalls:
    """Reads calls from `text` into a scope, and remembers what they stand for until a gate is defined."""

    def __init__(self, program: Program, text: str, scope: Scope) -> None:
        self._program = program
        self._text = text
        self._scope = scope
        self._gates = 0
        self._lines: dict[str, Operation] = {}
        self._around: dict[str, dict[str, Operation]] = {}
        self._seen: dict[tuple[str, str], Operation] = {}
        self._angles: dict[str, tuple[Angle, ...]] = {}

    def read(self, position: int) -> int:
        """Read calls from `position` for as long as there are any; the position after them."""
        self._forget()
        text, lines, add = self._text, self._lines, self._scope.operations.append
        stretch = _FIRST_STRETCH
        while True:
            *ended, rest = text[position : position + stretch].split(";")
            if not ended and (end := text.find(";", position + len(rest))) >= 0:
                ended = [text[position:end]]
            for line in ended:
                operation = lines.get(line) or self._with_other_numbers(line) or self._call(line, position)
                if operation is None:
                    return position
                add(operation)
                position += len(line) + 1
            if not ended:
                return position
            stretch = min(2 * stretch, _LONGEST_STRETCH)

    def _forget(self) -> None:
        """Names may stand for something else once there is another gate."""
        if len(self._program.gates) != self._gates:
            self._gates = len(self._program.gates)
            for memory in (self._lines, self._around, self._seen):
                memory.clear()

    def _with_other_numbers(self, line: str) -> Operation | None:
        """A call whose angles are plain numbers, and that was seen with others."""
        head, _, rest = line.partition("(")
        numbers, _, operands = rest.partition(")")
        around = self._around.get(head)
        seen = around.get(operands) if around else None
        if seen is None or numbers.strip(_OF_NUMBERS):
            return None
        try:
            several = "," in numbers
            angles = tuple(map(_number, numbers.split(","))) if several else (float(numbers) + 0.0,)
        except ValueError:
            return None
        plain = len(angles) == len(seen.angles) and isfinite(sum(angles))
        return Operation(seen.gate, seen.qubits, angles) if plain else None

    def _call(self, line: str, position: int) -> Operation | None:
        found = _CALL.fullmatch(line)
        call = self._program.known_call(found[1]) if found else None
        if found is None or call is None:
            return None
        seen = self._seen.get((found[1], found[3])) or self._first_seen(call, found[1], found[3])
        if seen is None:
            return None
        written = found[2]
        angles = () if written is None else self._angle_list(written, position + found.start(2))
        if angles is None or len(angles) != call.parameters or (not angles and written is not None):
            return None
        if not angles:
            operation = self._lines[line] = seen
            return operation
        operation = self._lines[line] = Operation(call.gate, seen.qubits, angles)
        if "(" not in written:
            self._around.setdefault(line[: found.start(2) - 1], {})[line[found.end(2) + 1 :]] = operation
        return operation

    def _first_seen(self, call: Call, name: str, operands: str) -> Operation | None:
        wires = [self._single(part.strip()) for part in operands.split(",")]
        known = tuple([wire for wire in wires if wire is not None])
        if len(set(known)) != len(wires) or not call.takes(len(wires)):
            return None
        operation = self._seen[name, operands] = normal.operation(call.gate, known, users=call.users)
        return operation

    def _single(self, written: str) -> int | None:
        name, bracket, rest = written.partition("[")
        wires, lone = self._scope.qubits.named.get(name), self._scope.qubits.lone
        if wires is None or not bracket:
            return wires[0] if wires and name in lone else None
        digits = rest[:-1]
        if rest[-1:] != "]" or not (digits.isascii() and digits.isdigit()) or len(digits) > 6:
            return None
        return wires[int(digits)] if int(digits) < len(wires) and name not in lone else None

    def _angle_list(self, written: str, offset: int) -> tuple[Angle, ...] | None:
        angles = self._angles.get(written)
        if angles is None:
            cursor = Cursor(self._text, offset)
            angles = self._program.angle_list(cursor, self._scope)
            if cursor.start != offset + len(written):
                return None
            self._angles[written] = angles
        return angles


def _number(written: str) -> float:
    return float(written) + 0.0  # no negative zero
