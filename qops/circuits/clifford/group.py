"""The Clifford groups of one qubit, 24 elements, and of two, 11,520: every element by its number, to be drawn evenly.

An element of one qubit is a word of quarter turns about Z and √X gates with as few √X as can be. One of two qubits is a
pair of those, after one of four classes [1]_: nothing, one CX, two, or three (a swap), the middle two between turns of
the axes.

References:
    [1] A. D. Córcoles et al., Process verification of two-qubit quantum gates by randomized benchmarking, Physical
        Review A 87 (2013) 030301, the supplement on generating the group.
"""

from collections.abc import Sequence
from functools import cache
from itertools import product

from qops.circuits.clifford.paulis import Pauli, images, inverse
from qops.model.circuit import Operation

SINGLES = 24
PAIRS = 11_520
_QUARTER = 1.5707963267948966
_TURNS = 3  # of the axes: none, X→Z→Y, X→Y→Z


def word(element: int, qubit: int) -> list[Operation]:
    """The gates of an element of one qubit, `rz` and `sx`, those that turn nothing left out."""
    found: list[Operation] = []
    for place, turns in enumerate(_elements()[element]):
        if place:
            found.append(Operation("sx", (qubit,)))
        if turns:
            found.append(Operation("rz", (qubit,), (turns * _QUARTER,)))
    return found


@cache
def _elements() -> tuple[tuple[int, ...], ...]:
    """All elements of one qubit: quarter turns about Z, with a √X between each two of them; those with few √X first."""
    found: dict[tuple[Pauli, ...], tuple[int, ...]] = {}
    for pulses in range(3):
        for turns in product(range(4), repeat=pulses + 1):
            found.setdefault(images(_gates(turns), 1), turns)
    return tuple(found.values())


def _gates(turns: tuple[int, ...]) -> list[Operation]:
    gates = [Operation("rz", (0,), (turns[0] * _QUARTER,))]
    for turn in turns[1:]:
        gates += [Operation("sx", (0,)), Operation("rz", (0,), (turn * _QUARTER,))]
    return gates


@cache
def _numbers() -> dict[tuple[Pauli, ...], int]:
    return {images(word(element, 0), 1): element for element in range(SINGLES)}


def number(operations: list[Operation]) -> int:
    """The number of the element that gates on qubit 0 make.

    >>> number([Operation("h", (0,)), Operation("h", (0,))])
    0
    """
    return _numbers()[images(operations, 1)]


@cache
def after(first: int, second: int) -> int:
    """The number of the element that two make, one after the other."""
    return number([*word(first, 0), *word(second, 0)])


@cache
def named(gate: str) -> int:
    """The number of a gate of one qubit."""
    return number([Operation(gate, (0,))])


@cache
def _axes() -> tuple[int, int, int]:
    """The elements that turn the axes X, Y and Z around: the identity, and the two of order three."""
    turn = after(named("h"), named("s"))
    return 0, turn, after(turn, turn)


def pair(element: int) -> list[tuple[int, int] | str]:
    """An element of two qubits, in layers: two elements of one qubit, or `cx`, or `xc`, which qubit 1 controls.

    >>> pair(0), pair(576)
    ([(0, 0)], [(0, 0), 'cx', (0, 0)])
    """
    element, locals_ = divmod(element, SINGLES * SINGLES)
    last: tuple[int, int] = (locals_ // SINGLES, locals_ % SINGLES)
    nine = _TURNS * _TURNS
    if element == 0:
        return [last]
    if element == 1 + 2 * nine:
        return [last, "cx", "xc", "cx"]
    kind, turned = divmod(element - 1, nine)
    axes = (_axes()[turned // _TURNS], _axes()[turned % _TURNS])
    return [last, "cx", axes] if kind == 0 else [last, "cx", "xc", axes]


def steps(layers: list[tuple[int, int] | str]) -> list[Operation]:
    """The gates of an element of two qubits on the qubits 0 and 1."""
    found: list[Operation] = []
    for layer in layers:
        if isinstance(layer, str):
            found.append(Operation("cx", (0, 1) if layer == "cx" else (1, 0)))
        else:
            found += [*word(layer[0], 0), *word(layer[1], 1)]
    return found


def undoing(operations: Sequence[Operation], qubits: int) -> int:
    """The number of the element of one or two qubits that undoes a circuit on the qubits 0 and 1."""
    wanted = images(inverse(operations), qubits)
    return _numbers()[wanted] if qubits == 1 else _pairs()[wanted]


@cache
def _pairs() -> dict[tuple[Pauli, ...], int]:
    """All elements of two qubits by what they do; half a second, once."""
    return {images(steps(pair(element)), 2): element for element in range(PAIRS)}


def gates(element: int, qubits: int) -> list[Operation]:
    """The gates of an element of one or two qubits, on the qubits 0 and 1."""
    return word(element, 0) if qubits == 1 else steps(pair(element))
