"""The order in which a circuit's text is written.

Circuits modulo the exchange of operations without a common wire are Mazurkiewicz traces [1]_. Emitting, again and
again, the ready operation with the smallest wire gives one order for each trace, because ready operations share no
wire; and an edit moves few lines of it, which the level-by-level (Foata) order does not promise.

References:
    [1] V. Diekert and G. Rozenberg (eds.), The Book of Traces, World Scientific (1995), chapters 1 and 2.
"""

from collections.abc import Sequence
from heapq import heappop, heappush

from qops.model.circuit import Operation


def wires(operation: Operation) -> tuple[int, ...]:
    """The wires of an operation: qubits as they are, classical bit b as -1-b."""
    return operation.qubits + tuple([~bit for bit in operation.bits]) if operation.bits else operation.qubits


def lexicographic(operations: Sequence[Operation]) -> list[Operation]:
    """The operations in canonical order; qubits come before bits. O(n log w) for n operations on w wires.

    Operations without a wire (a global phase inside a block) keep their place after all others.
    """
    waiting: list[int] = []
    followers: list[list[int]] = []
    last: dict[int, int] = {}
    ready: list[tuple[int, int]] = []
    wireless: list[Operation] = []
    first: list[int] = []
    for position, operation in enumerate(operations):
        touched = wires(operation) if operation.bits else operation.qubits
        followers.append([])
        if not touched:
            wireless.append(operation)
            waiting.append(-1)
            first.append(0)
            continue
        before = 0
        for wire in touched:
            previous = last.get(wire)
            if previous is not None:
                followers[previous].append(position)
                before += 1
            last[wire] = position
        smallest = _rank(operation)
        waiting.append(before)
        first.append(smallest)
        if not before:
            heappush(ready, (smallest, position))
    ordered: list[Operation] = []
    while ready:
        _, position = heappop(ready)
        ordered.append(operations[position])
        for follower in followers[position]:
            waiting[follower] -= 1
            if not waiting[follower]:
                heappush(ready, (first[follower], follower))
    return ordered + wireless


_AFTER_ALL_QUBITS = 1 << 40


def _rank(operation: Operation) -> int:
    return min(operation.qubits) if operation.qubits else _AFTER_ALL_QUBITS + min(operation.bits)
