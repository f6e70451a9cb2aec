"""A circuit in parts that never meet, to be simulated apart.

Under noise that acts on each operation's own qubits, parts without a common wire are independent: the law of the counts
is the product. What a qubit did before a reset is a part of its own, since Aer's resets leave it at 0, whatever it was,
and make what noise there is after that. So each part costs what its own width costs, and a measurement in the middle,
which makes a simulator go through a circuit shot by shot, is the trouble of one part, or of none. Shots are
independent, so those of the parts may be put together in any order that is drawn without a look at them.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from qops.circuits.order import wires
from qops.model.circuit import Circuit, Operation, Register

FEW = 12
"""Up to so many qubits a circuit without noise costs little more than an empty one."""

_Stretch = tuple[int, int]
"""A wire, and how often it was reset before."""


class Part(NamedTuple):
    """Operations on wires of their own, as a circuit whose bits are `bits` of the whole one, ascending."""

    circuit: Circuit
    bits: tuple[int, ...]


def parts(circuit: Circuit, failing: Collection[int] = (), *, alike: bool = False) -> list[Part]:
    """The parts that measure something; the circuit itself where it has control flow.

    Barriers hold nothing together. `failing` are qubits whose resets have errors; a part that begins with another's
    begins without it. Where qubits are `alike`, without noise of their own, parts are moved to free ones.
    """
    if any(operation.blocks() for operation in circuit.operations):
        return [Part(circuit, tuple(range(circuit.bit_count)))]
    groups, resets = _Groups(), Counter[int]()
    acting: list[tuple[Operation, _Stretch]] = []
    for operation in circuit.operations:
        if operation.gate == "barrier":
            continue
        if operation.gate == "reset":
            resets.update(operation.qubits)
        touched = [(wire, resets[wire]) for wire in wires(operation)]
        if len(touched) > 1:
            groups.join(touched)
        if touched:
            acting.append((operation, touched[0]))
    together: dict[_Stretch, list[Operation]] = {}
    for operation, stretch in acting:
        together.setdefault(groups.of(stretch), []).append(operation)
    begun = [_begun(operations, failing) for operations in together.values()]
    measuring = [operations for operations in begun if any(each.bits for each in operations)]
    if alike:
        measuring = _moved(measuring)
    return [_part(circuit, operations) for operations in _packed(measuring, FEW if alike else 0)]


def joined(counts: Sequence[Mapping[str, int]], of: Sequence[Part], width: int, seed: int) -> dict[str, int]:
    """The counts of the whole circuit from those of its parts, whose shots are put together at random.

    Args:
        counts: of each part, as many shots of every one.
        of: the parts.
        width: bits of the whole circuit; those that nothing measures are 0.
        seed: of the order.
    """
    chance = np.random.default_rng(seed)
    shots = sum(counts[0].values())
    letters = np.full((1, width), ord("0"), np.uint8)
    which = np.zeros(shots, np.int64)
    for part, found in zip(of, counts, strict=True):
        outcomes = np.frombuffer("".join(found).encode(), np.uint8).reshape(len(found), -1)[:, ::-1]
        drawn = chance.permutation(np.repeat(np.arange(len(found)), list(found.values())))
        met, which = np.unique(which * len(found) + drawn, return_inverse=True)
        letters = letters[met // len(found)]
        letters[:, part.bits] = outcomes[met % len(found)]
    words = np.ascontiguousarray(letters[:, ::-1]).view(f"S{width}").ravel().tolist()
    return dict(sorted(zip(map(bytes.decode, words), np.bincount(which).tolist(), strict=True)))


def _moved(parts: Sequence[list[Operation]]) -> list[list[Operation]]:
    """Every part on qubits that no other has."""
    moved, free = [], 0
    for operations in parts:
        places = {qubit: free + number for number, qubit in enumerate(sorted(_qubits(operations)))}
        free += len(places)
        moved.append(operations if _stay(places) else [_on(each, places) for each in operations])
    return moved


def _stay(places: Mapping[int, int]) -> bool:
    return all(before == after for before, after in places.items())


def _on(operation: Operation, places: Mapping[int, int]) -> Operation:
    return msgspec.structs.replace(operation, qubits=tuple([places[qubit] for qubit in operation.qubits]))


def _packed(parts: Sequence[list[Operation]], few: int) -> list[list[Operation]]:
    """Parts side by side in one circuit where that is no wider than the widest of them, or than `few`.

    Each circuit has a price.

    Those with a measurement in the middle stay by themselves.
    """
    ordered = sorted(parts, key=lambda operations: -len(_qubits(operations)))
    widest = max(few, len(_qubits(ordered[0])))
    packs: list[list[Operation]] = []
    for operations in ordered:
        own = _qubits(operations)
        for pack in packs if at_the_end(operations) else ():
            there = _qubits(pack)
            if there.isdisjoint(own) and len(there) + len(own) <= widest and at_the_end(pack):
                pack.extend(operations)
                break
        else:
            packs.append(list(operations))
    return packs


def _qubits(operations: Sequence[Operation]) -> set[int]:
    return {qubit for operation in operations for qubit in operation.qubits}


def width(circuit: Circuit) -> int:
    """How many qubits do something."""
    return len(_qubits([operation for operation in circuit.operations if operation.gate != "barrier"]))


def at_the_end(operations: Sequence[Operation]) -> bool:
    """Whether no qubit is reset, or does anything after it was measured."""
    measured: set[int] = set()
    for operation in operations:
        if operation.gate == "reset" or (operation.gate != "barrier" and not measured.isdisjoint(operation.qubits)):
            return False
        if operation.bits:
            measured.update(operation.qubits)
    return True


def _begun(operations: list[Operation], failing: Collection[int]) -> list[Operation]:
    """Without resets of qubits that are at 0 yet."""
    begun: set[int] = set()
    kept = []
    for operation in operations:
        if operation.gate != "reset" or not begun.isdisjoint(operation.qubits) or operation.qubits[0] in failing:
            kept.append(operation)
        begun.update(operation.qubits)
    return kept


def _part(circuit: Circuit, operations: list[Operation]) -> Part:
    bits = tuple(sorted({bit for each in operations for bit in each.bits}))
    names = {bit: place for place, bit in enumerate(bits)}
    placed = [_renamed(each, names) if each.bits else each for each in operations]
    registers = tuple(msgspec.structs.replace(register, size=len(bits)) for register in circuit.bits[:1])
    qubits = (Register("$", max(circuit.qubit_count, 1 + max(_qubits(operations)))),)
    made = msgspec.structs.replace(circuit, qubits=qubits, bits=registers, operations=tuple(placed), phase=0.0)
    return Part(made, bits)


def _renamed(operation: Operation, names: Mapping[int, int]) -> Operation:
    return msgspec.structs.replace(operation, bits=tuple(names[bit] for bit in operation.bits))


class _Groups:
    """Which stretches of wires hold together."""

    def __init__(self) -> None:
        self._parent: dict[_Stretch, _Stretch] = {}

    def of(self, stretch: _Stretch) -> _Stretch:
        """The one that stands for a group."""
        root = stretch
        while (above := self._parent.setdefault(root, root)) != root:
            root = above
        self._parent[stretch] = root
        return root

    def join(self, together: Sequence[_Stretch]) -> None:
        for stretch in together[1:]:
            self._parent[self.of(stretch)] = self.of(together[0])
