"""The order in which a circuit's text is written.

Circuits modulo the exchange of operations without a common wire are Mazurkiewicz traces [1]_. Emitting, again and
again, the ready operation with the smallest wire gives one order for each trace, because ready operations share no
wire; and an edit moves few lines of it, which the level-by-level (Foata) order does not promise.

What is on one wire alone waits for no other: all that is there between two operations on several wires is kept in one
piece, a run, and put out in one step.

References:
    [1] V. Diekert and G. Rozenberg (eds.), The Book of Traces, World Scientific (1995), chapters 1 and 2.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import Generic, TypeVar

from qops.model.circuit import Operation

Item = TypeVar("Item")
Wires = tuple[int, ...]
_AFTER_ALL_QUBITS = 1 << 40


def wires(operation: Operation) -> Wires:
    """The wires of an operation: qubits as they are, classical bit b as -1-b."""
    return operation.qubits + tuple([~bit for bit in operation.bits]) if operation.bits else operation.qubits


def ranks(operation: Operation) -> Wires:
    """The wires of an operation as numbers that ascend as wires do: qubits as they are, classical bits after them."""
    bits = operation.bits
    return operation.qubits + tuple([_AFTER_ALL_QUBITS + bit for bit in bits]) if bits else operation.qubits


def lexicographic(operations: Sequence[Operation]) -> list[Operation]:
    """The operations in canonical order; qubits come before bits. O(n + m log w) for n operations on w wires.

    Of these, m are on several wires. Operations without a wire (a global phase inside a block) keep their place after
    all others.
    """
    trace = Trace[Operation]()
    growing = trace.growing
    for operation in operations:
        touched = ranks(operation) if operation.bits else operation.qubits
        if len(touched) == 1:
            growing[touched[0]].append(operation)
        else:
            trace.join(touched, operation)
    return trace.ordered()


class Trace(Generic[Item]):
    """What stands for the operations of a circuit, given one after another, to be put in canonical order; once.

    What is on one wire alone is appended to `growing` at this wire's rank; the others are given to `join`.
    """

    def __init__(self) -> None:
        self.growing: defaultdict[int, list[Item]] = defaultdict(list)
        self._runs: defaultdict[int, deque[list[Item]]] = defaultdict(deque)
        self._joints: defaultdict[int, deque[_Joint[Item]]] = defaultdict(deque)
        self._wireless: list[Item] = []

    def join(self, touched: Wires, item: Item) -> None:
        """Go on with what is on several wires, or on none."""
        joint, growing = _Joint(touched, item), self.growing
        for wire in touched:
            self._runs[wire].append(growing[wire])
            self._joints[wire].append(joint)
            growing[wire] = []
        if not touched:
            self._wireless.append(item)

    def ordered(self) -> list[Item]:
        """All of it in canonical order."""
        for wire, run in self.growing.items():
            self._runs[wire].append(run)
        found: list[Item] = []
        walk = _Walk(self._runs, self._joints)
        walk.set_out(self.growing)
        while walk.ready:
            found += walk.step()
        return found + self._wireless


class _Joint(Generic[Item]):
    """What is on several wires; `missing` of them have not arrived at it yet."""

    __slots__ = ("item", "missing", "touched")

    def __init__(self, touched: Wires, item: Item) -> None:
        self.touched = touched
        self.item = [item]
        self.missing = len(touched)


class _Walk(Generic[Item]):
    """The wires on their way from joint to joint: of all that can go on, the smallest does.

    `ready` has the smallest wires of the runs and joints that can be put out.
    """

    def __init__(self, runs: Mapping[int, deque[list[Item]]], joints: Mapping[int, deque[_Joint[Item]]]) -> None:
        self.ready: list[int] = []
        self._runs = runs
        self._joints = joints
        self._complete: dict[int, _Joint[Item]] = {}

    def set_out(self, wires: Iterable[int]) -> None:
        """Begin the next run of these wires; where it is empty, they have arrived."""
        for wire in wires:
            if self._runs[wire][0]:
                heappush(self.ready, wire)
            else:
                self._arrive(wire)

    def step(self) -> list[Item]:
        """Put out what is next."""
        wire = heappop(self.ready)
        if (joint := self._complete.pop(wire, None)) is not None:
            self.set_out(joint.touched)
            return joint.item
        run = self._runs[wire][0]
        self._arrive(wire)
        return run

    def _arrive(self, wire: int) -> None:
        """A run is over; the joint after it is complete when it has all its wires."""
        self._runs[wire].popleft()
        if not (joints := self._joints[wire]):
            return
        joint = joints.popleft()
        joint.missing -= 1
        if not joint.missing:
            first = min(joint.touched)
            self._complete[first] = joint
            heappush(self.ready, first)
