"""A source and its compiled form, brought to the wires that either of them uses."""

from collections.abc import Mapping

import msgspec

from qops.circuits.rewriting import rewrite
from qops.model.circuit import Circuit, Operation, Register
from qops.model.layout import Layout


class Pair(msgspec.Struct, frozen=True):
    """Two circuits on the qubits in use: number v of both is the source's at the start, `final[v]` at the end.

    The compiled circuit's further qubits are ancillas, and `final` says of them what the layout knows; of the others it
    says something. Barriers and delays are left out.
    """

    source: Circuit
    compiled: Circuit
    final: tuple[int, ...]


def in_use(source: Circuit, compiled: Circuit, layout: Layout) -> Pair:
    """The two circuits without their idle qubits; the layout has to be one of theirs."""
    touched = [{qubit for operation in acting(side) for qubit in operation.qubits} for side in (source, compiled)]
    moves = list(zip(layout.initial, layout.final, strict=False))
    kept = [
        qubit
        for qubit, (start, end) in enumerate(moves[: source.qubit_count])
        if qubit in touched[0] or start != end or not touched[1].isdisjoint((start, end))
    ]
    places = [moves[qubit][0] for qubit in kept] + sorted({moves[qubit][1] for qubit in kept} | touched[1])
    numbers = {place: number for number, place in enumerate(dict.fromkeys(places))}
    return Pair(
        _renumbered(source, {qubit: number for number, qubit in enumerate(kept)}),
        _renumbered(compiled, numbers),
        _ends([numbers[moves[qubit][1]] for qubit in kept], dict(moves[source.qubit_count :]), numbers),
    )


def _ends(known: list[int], ancillas: Mapping[int, int], numbers: Mapping[int, int]) -> tuple[int, ...]:
    """Where each qubit ends: those of the source, then each ancilla, by the layout or where there is room."""
    ends = dict(enumerate(known))
    for place, number in numbers.items():
        end = numbers.get(ancillas.get(place, -1), -1)
        if number not in ends and end >= 0:
            ends[number] = end
    room = iter(sorted(set(numbers.values()) - set(ends.values())))
    return tuple([ends[number] if number in ends else next(room) for number in range(len(numbers))])


def objection(source: Circuit, compiled: Circuit, layout: Layout) -> str:
    """Why the two cannot be compared under this layout; nothing where they can."""
    if source.bit_count != compiled.bit_count:
        return f"one circuit has {source.bit_count} bits, the other {compiled.bit_count}"
    return layout.objection(source.qubit_count, compiled.qubit_count)


def acting(circuit: Circuit) -> list[Operation]:
    """The operations that do something."""
    return [operation for operation in circuit.operations if operation.gate not in ("barrier", "delay")]


def _renumbered(circuit: Circuit, numbers: Mapping[int, int]) -> Circuit:
    def change(operation: Operation) -> Operation:
        return msgspec.structs.replace(operation, qubits=tuple([numbers[qubit] for qubit in operation.qubits]))

    operations = rewrite(tuple(acting(circuit)), change)
    return msgspec.structs.replace(circuit, qubits=(Register("q", len(numbers)),), operations=operations)
