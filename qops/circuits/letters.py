"""Letters: one operation each, as the canonical form spells it, without numbers and without names.

Constants are written `.` and collected; symbols are numbered `$0`, `$1`, … by first canonical use; a user's gate is
written by the digest of its body and numbered by first use among equal skeletons, so that what it is called and where
it is defined do not matter, and which calls share one body does.
"""

from collections.abc import Mapping, Sequence

from qops.circuits import expressions
from qops.circuits.lanes import Lanes
from qops.model.angle import Angle
from qops.model.circuit import (
    Branch,
    Condition,
    Delay,
    For,
    GateDefinition,
    Operation,
    Sealed,
    Switch,
    While,
)
from qops.model.digest import to_bytes, to_hex

_LONGEST_LETTER = 120

Body = tuple[str, tuple[float, ...]]


def body_identity(definition: GateDefinition, gates: Mapping[str, GateDefinition]) -> Body:
    """The digest of a gate's body without numbers and names, and its numbers in canonical order."""
    if definition.body is None:
        head = f"opaque {definition.name} {len(definition.parameters)} {len(definition.qubits)}"
        return to_hex(to_bytes(head)), ()
    alphabet = Alphabet(gates, definition.parameters)
    lanes = Lanes(definition.body)
    letters = alphabet.spell(lanes)
    head = f"qops body 1\nparameters {len(definition.parameters)}\nqubits {len(definition.qubits)}\n"
    text = head + block_text(lanes, letters)
    return to_hex(to_bytes(text)), tuple(alphabet.numbers)


def body_frame(definition: GateDefinition, gates: Mapping[str, GateDefinition]) -> list[str]:
    """What a gate's body says beyond its identity: the names of the gates that it calls, and its barriers."""
    alphabet = Alphabet(gates, definition.parameters)
    lanes = Lanes(definition.body or ())
    alphabet.spell(lanes)
    return [*alphabet.called, *(f"{wire}: {'; '.join(marks)}" for wire, marks in alphabet.barriers(lanes))]


def block_text(lanes: Lanes, letters: Sequence[str]) -> str:
    """Lanes as text on one line a wire."""
    parts = [f"q{wire}: {'; '.join([letters[p] for p in lanes.qubits[wire]])}" for wire in sorted(lanes.qubits)]
    parts += [f"c{wire}: {'; '.join([letters[p] for p in lanes.bits[wire]])}" for wire in sorted(lanes.bits)]
    parts += [letters[p] for p in lanes.wireless]
    return "\n".join(parts)


class Alphabet:
    """Spells operations and collects, in canonical order, what the letters leave out."""

    def __init__(self, gates: Mapping[str, GateDefinition], formal: tuple[str, ...] = ()) -> None:
        self.numbers: list[float] = []
        self.slots: dict[str, int] = {name: place for place, name in enumerate(formal)}
        self.called: list[str] = []
        self.inner_barriers: list[tuple[str, tuple[str, ...]]] = []
        self._gates = gates
        self._bodies: dict[Body, int] = {}
        self._heads: dict[str, str] = {}
        self._plain: dict[tuple[str, tuple[int, ...], int], str] = {}

    def spell(self, lanes: Lanes) -> list[str]:
        """The letter of every operation, by its position; of barriers nothing."""
        operations = lanes.operations
        letters = [""] * len(operations)
        same: dict[int, str] = {}  # by id: the reader gives one object for all the lines that are alike
        for position in lanes.canonical():
            operation = operations[position]
            letter = same.get(id(operation))
            if letter is None:
                letter = self._plain_letter(operation)
                if letter is None:
                    letter = self._letter(operation)
                elif not operation.angles:
                    same[id(operation)] = letter
            letters[position] = letter
        return letters

    def _plain_letter(self, operation: Operation) -> str | None:
        """The letter of a standard gate with constant angles, spelled once; of anything else None."""
        if operation.modifiers or operation.detail is not None or operation.bits or operation.gate in self._gates:
            return None
        angles = operation.angles
        if len(angles) == 1 and type(angles[0]) is float:
            self.numbers.append(angles[0])
        elif angles:
            constants = [angle for angle in angles if type(angle) is float]
            if len(constants) != len(angles):
                return None
            self.numbers += constants
        key = (operation.gate, operation.qubits, len(angles))
        letter = self._plain.get(key)
        if letter is None:
            dots = f"({','.join('.' * len(angles))})" if angles else ""
            letter = self._plain[key] = _short(f"{operation.gate}{dots} {' '.join(map(str, operation.qubits))}")
        return letter

    def _letter(self, operation: Operation) -> str:
        head = "".join(f"{self._modifier(modifier)} @ " for modifier in operation.modifiers)
        head += self._head(operation)
        if operation.angles:
            head += f"({','.join(map(self._angle, operation.angles))})"
        wires = " ".join(map(str, operation.qubits))
        if operation.bits:
            wires += " > " + " ".join(map(str, operation.bits))
        return _short(f"{head} {wires}")

    def _modifier(self, modifier: str) -> str:
        if not modifier.startswith("pow:"):
            return modifier
        self.numbers.append(float(modifier[4:]))
        return "pow:."

    def _angle(self, angle: Angle) -> str:
        return expressions.text(angle, self._slot, self._number)

    def _slot(self, name: str) -> str:
        return f"${self.slots.setdefault(name, len(self.slots))}"

    def _number(self, number: float) -> str:
        self.numbers.append(number)
        return "."

    def _head(self, operation: Operation) -> str:
        match operation.detail:
            case None:
                return self._user_gate(operation.gate) if operation.gate in self._gates else operation.gate
            case Delay(duration=duration, unit=unit):
                return f"delay[{duration!r}{unit}]"
            case Sealed(kind=kind, digest=digest):
                return f"sealed[{kind} {digest}]"
            case Branch(condition=condition, then=then, otherwise=otherwise):
                head = f"if[{question_text(condition)}]{{{self._block(then)}}}"
                return f"{head}else{{{self._block(otherwise)}}}" if otherwise else head
            case While(condition=condition, body=body):
                return f"while[{question_text(condition)}]{{{self._block(body)}}}"
            case For(values=values, variable=variable, body=body):
                head = f"for[{self._slot(variable) if variable else ''} {' '.join(map(str, values))}]"
                return f"{head}{{{self._block(body)}}}"
            case Switch(bits=bits, cases=cases):
                arms = [f"[{' '.join(map(str, case.values))}]{{{self._block(case.body)}}}" for case in cases]
                return f"switch[{' '.join(map(str, bits))}]{''.join(arms)}"

    def _user_gate(self, key: str) -> str:
        self.called.append(self._gates[key].name)
        head = self._heads.get(key)
        if head is None:
            body = body_identity(self._gates[key], self._gates)
            place = self._bodies.get(body)
            if place is None:
                place = self._bodies[body] = len(self._bodies)
                self.numbers += body[1]
            head = self._heads[key] = f"gate[{place} {body[0]}]"
        return head

    def _block(self, operations: tuple[Operation, ...]) -> str:
        lanes = Lanes(operations)
        text = block_text(lanes, self.spell(lanes))
        path = f"block {len(self.numbers)} {len(self.inner_barriers)} "
        self.inner_barriers += [(path + wire, marks) for wire, marks in self.barriers(lanes)]
        return text

    def barriers(self, lanes: Lanes) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """For each qubit, its barriers: how many operations came before on that wire, and the barrier's qubits."""
        places = {place for marks in lanes.barriers.values() for _, place in marks}
        spans = {place: _short(" ".join(map(str, lanes.operations[place].qubits))) for place in places}
        return tuple(
            (f"q{wire}", tuple([f"{before} {spans[place]}" for before, place in lanes.barriers[wire]]))
            for wire in sorted(lanes.barriers)
        )


def _short(letter: str) -> str:
    """The letter, or its digest: what stands on many wires stands there many times."""
    return letter if len(letter) <= _LONGEST_LETTER else f"digest[{to_hex(to_bytes(letter))}]"


def question_text(condition: Condition) -> str:
    """A condition by the numbers of its bits.

    >>> question_text(Condition("==", (0, 1), 3))
    '0 1 == 3'
    """
    if condition.parts:
        return f"{condition.kind}({', '.join(map(question_text, condition.parts))})"
    return f"{' '.join(map(str, condition.bits))} {condition.kind} {condition.value}"
