"""How far qubits of a device are from each other: so many couplings."""

from collections import deque
from collections.abc import Iterable

from qops.model.target import Target


def distances(target: Target, sources: Iterable[int]) -> dict[int, int]:
    """By qubit, the number of couplings to the nearest of the sources; qubits that none leads to are left out.

    >>> from qops.model.target import Instruction, Place
    >>> line = Target("line", "", 3, (Instruction("cz", "cz", 2, places=(Place((0, 1)), Place((1, 2)))),))
    >>> distances(line, [0])
    {0: 0, 1: 1, 2: 2}
    """
    neighbours = _neighbours(target)
    found = dict.fromkeys(sources, 0)
    waiting = deque(found)
    while waiting:
        qubit = waiting.popleft()
        for other in sorted(neighbours[qubit]):
            if other not in found:
                found[other] = found[qubit] + 1
                waiting.append(other)
    return found


def _neighbours(target: Target) -> list[set[int]]:
    neighbours: list[set[int]] = [set() for _ in range(target.qubits)]
    for instruction in target.instructions:
        if instruction.qubit_count == 2 and instruction.places is None:
            return [set(range(target.qubits)) - {qubit} for qubit in range(target.qubits)]
        for place in instruction.places or ():
            for qubit in place.qubits:
                neighbours[qubit] |= set(place.qubits) - {qubit}
    return neighbours
