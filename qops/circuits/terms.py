"""What two circuits call the same: their gates, parameters and wires, paired.

A gate that was renamed is known by its body, a parameter by the operations it feeds, a register by its place among
registers of the same sizes, or else by its name.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from qops.circuits.letters import body_identity
from qops.circuits.normal import exchange
from qops.model.angle import rename, symbols
from qops.model.circuit import (
    Branch,
    Circuit,
    Condition,
    Detail,
    For,
    Operation,
    Register,
    Switch,
    While,
    every_operation,
)

Use = tuple[str, tuple[int, ...], int, int]
_ELSEWHERE = 1 << 30
_APART = "\0"


class Terms(msgspec.Struct, frozen=True):
    """A one-to-one dictionary of old to new: gates, parameters, qubits, classical bits.

    What only one of the circuits has is not in it.
    """

    gates: dict[str, str]
    parameters: dict[str, str]
    qubits: dict[int, int]
    bits: dict[int, int]

    @property
    def plain(self) -> bool:
        """Whether everything keeps its name and its number."""
        return all(old == new for each in (self.gates, self.parameters) for old, new in each.items()) and all(
            old == new for wires in (self.qubits, self.bits) for old, new in wires.items()
        )

    def inverse(self) -> "Terms":
        """From new to old."""
        gates, parameters = ({new: old for old, new in each.items()} for each in (self.gates, self.parameters))
        qubits, bits = ({new: old for old, new in each.items()} for each in (self.qubits, self.bits))
        return Terms(gates, parameters, qubits, bits)

    def say(self, operation: Operation) -> Operation:
        """One operation in the new terms, its blocks as they are; what has no counterpart gets a number of its own."""
        qubits = tuple(_wire(self.qubits, qubit) for qubit in operation.qubits)
        bits = tuple(_wire(self.bits, bit) for bit in operation.bits)
        if operation.blocks() or operation.gate == "barrier":
            qubits, bits = tuple(sorted(qubits)), tuple(sorted(bits))
        elif not operation.modifiers:
            qubits = exchange(operation.gate, qubits)
        return Operation(
            self.gates.get(operation.gate, operation.gate),
            qubits,
            tuple(rename(angle, lambda name: self.parameters.get(name, name)) for angle in operation.angles),
            bits,
            operation.modifiers,
            self._detail(operation.detail),
        )

    def _detail(self, detail: Detail | None) -> Detail | None:
        match detail:
            case Branch(condition=condition, then=then, otherwise=otherwise):
                return Branch(self._question(condition), then, otherwise)
            case While(condition=condition, body=body):
                return While(self._question(condition), body)
            case For(values=values, variable=variable, body=body) if variable is not None:
                return For(values, self.parameters.get(variable, variable), body)
            case Switch(bits=bits, cases=cases):
                return Switch(tuple(_wire(self.bits, bit) for bit in bits), cases)
            case _:
                return detail

    def _question(self, condition: Condition) -> Condition:
        return msgspec.structs.replace(
            condition,
            bits=tuple(_wire(self.bits, bit) for bit in condition.bits),
            parts=tuple(map(self._question, condition.parts)),
        )


def between(old: Circuit, new: Circuit) -> Terms:
    """The dictionary from `old` to `new`."""
    gates = _same_gates(old, new)
    qubits, bits = _same_wires(old.qubits, new.qubits), _same_wires(old.bits, new.bits)
    named = Terms(gates, {}, qubits, bits)
    return msgspec.structs.replace(named, parameters=_same_parameters(old, new, named))


def _wire(wires: Mapping[int, int], wire: int) -> int:
    return wires.get(wire, _ELSEWHERE + wire)


def _same_gates(old: Circuit, new: Circuit) -> dict[str, str]:
    """By equal bodies first, then by equal names; one to one."""
    bodies_old = {name: body_identity(gate, old.gates) for name, gate in old.gates.items()}
    bodies_new = {name: body_identity(gate, new.gates) for name, gate in new.gates.items()}
    same = {name: name for name in bodies_old if bodies_old[name] == bodies_new.get(name)}
    free = {body: name for name, body in reversed(bodies_new.items()) if name not in same}
    for name, body in bodies_old.items():
        if name not in same and body in free:
            same[name] = free.pop(body)
    taken = set(same.values())
    same |= {name: name for name in old.gates if name in new.gates and name not in same and name not in taken}
    return same | _kept_apart(old, new, same)


def _kept_apart(old: Circuit, new: Circuit, same: Mapping[str, str]) -> dict[str, str]:
    """Names of their own for gates without a counterpart whose name the other circuit uses for another gate."""
    gone = {name: f"{name}{_APART}" for name in old.gates if name not in same and name in new.gates}
    come = {f"{name}{_APART}": name for name in new.gates if name not in same.values() and name in old.gates}
    return gone | come


def _same_wires(old: tuple[Register, ...], new: tuple[Register, ...]) -> dict[int, int]:
    if [register.size for register in old] == [register.size for register in new]:
        return {wire: wire for wire in range(sum(register.size for register in old))}
    starts = dict(_starts(new))
    alone_old = [register for register in old if register.name not in starts]
    alone_new = [register for register in new if register.name not in dict(_starts(old))]
    renamed = {a.name: b.name for a, b in zip(alone_old, alone_new, strict=False)}
    same: dict[int, int] = {}
    for name, (start, size) in _starts(old):
        there, room = starts.get(renamed.get(name, name), (0, 0))
        same |= {start + place: there + place for place in range(min(size, room))}
    return same


def _starts(registers: tuple[Register, ...]) -> Iterator[tuple[str, tuple[int, int]]]:
    start = 0
    for register in registers:
        yield register.name, (start, register.size)
        start += register.size


def _same_parameters(old: Circuit, new: Circuit, named: Terms) -> dict[str, str]:
    """By name, then by what they feed."""
    same = {name: name for name in old.parameters if name in new.parameters}
    gone = [name for name in old.parameters if name not in same]
    come = {name for name in new.parameters if name not in same}
    if not gone or not come:
        return same
    feeding: dict[Use, list[str]] = {}
    for use, name in _uses(new, named.inverse()):
        feeding.setdefault(use, []).append(name)
    votes: dict[str, Counter[str]] = {name: Counter() for name in gone}
    for use, name in _uses(old, None):
        if name in votes:
            votes[name].update(candidate for candidate in feeding.get(use, []) if candidate in come)
    for name in gone:
        for candidate, _ in votes[name].most_common():
            if candidate in come:
                same[name] = candidate
                come.remove(candidate)
                break
    return same


def _uses(circuit: Circuit, terms: Terms | None) -> Iterator[tuple[Use, str]]:
    """Where each symbol goes: a gate on its qubits, which of its angles, for the how-many-th time."""
    seen: Counter[tuple[str, tuple[int, ...]]] = Counter()
    for operation in every_operation(circuit.operations):
        if not operation.angles or all(isinstance(angle, float) for angle in operation.angles):
            continue
        said = terms.say(operation) if terms else operation
        for place, angle in enumerate(operation.angles):
            for name in symbols(angle):
                yield (said.gate, said.qubits, place, seen[said.gate, said.qubits]), name
        seen[said.gate, said.qubits] += 1
