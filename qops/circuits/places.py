"""On which line of a circuit's canonical text an operation stands, without writing the text."""

from collections.abc import Sequence
from itertools import accumulate

import msgspec

from qops.circuits.order import lexicographic
from qops.circuits.writer import write
from qops.model.circuit import Branch, Circuit, Operation, Switch


class Lines(msgspec.Struct, frozen=True):
    """The first line of each operation of a block, in canonical order; lines count from one."""

    first: tuple[int, ...]

    def inside(self, position: int, operation: Operation) -> tuple["Lines", ...]:
        """The lines of the blocks of the control flow that stands at `position`."""
        line = self.first[position] + 1
        blocks = []
        for block in operation.blocks():
            line += isinstance(operation.detail, Switch)
            blocks.append(_lines(lexicographic(block), line))
            line += 1 + sum(map(_height, block))
        return tuple(blocks)


def lines(circuit: Circuit) -> Lines:
    """The lines of a circuit's operations in `qops.circuits.writer.write`."""
    return _lines(lexicographic(circuit.operations), _heading(circuit) + 1)


def body_lines(operations: Sequence[Operation]) -> Lines:
    """The lines of a gate's body, counted from the line of its name."""
    return _lines(lexicographic(operations), 2)


def _lines(operations: Sequence[Operation], start: int) -> Lines:
    return Lines(tuple(accumulate(map(_height, operations), initial=start))[:-1])


def _height(operation: Operation) -> int:
    blocks = operation.blocks()
    if not blocks:
        return 1 + isinstance(operation.detail, Switch)
    inner = sum(_height(held) for block in blocks for held in block)
    match operation.detail:
        case Branch(otherwise=otherwise):
            return inner + (3 if otherwise else 2)
        case Switch(cases=cases):
            return inner + 2 + 2 * len(cases)
        case _:
            return inner + 2


def _heading(circuit: Circuit) -> int:
    """The lines above the first operation: they depend on which operations there are, not on how many."""
    kinds = {(operation.gate, operation.modifiers): operation for operation in circuit.operations}
    few = tuple(kinds.values()) + tuple(operation for operation in circuit.operations if operation.detail)
    text = write(msgspec.structs.replace(circuit, operations=few, phase=0.0))
    return text.count("\n") - sum(map(_height, few))
