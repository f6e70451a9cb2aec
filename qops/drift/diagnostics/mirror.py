"""Mirror randomised benchmarking [1]_ of any number of qubits: random layers, and the same backwards.

A layer is a random element on every qubit, then gates of two qubits on some connected pairs. Random Pauli operators
between the layers keep errors from cancelling in the second half; they also turn the outcome, which is not 0…0 but a
string that each circuit has of its own.

References:
    [1] T. Proctor, S. Seritan, K. Rudinger, E. Nielsen, R. Blume-Kohout and K. Young, Scalable randomized benchmarking
        of quantum computers using mirror circuits, Physical Review Letters 129 (2022) 150502.
"""

from random import Random

from qops.circuits.clifford import group
from qops.circuits.clifford.native import Entanglers, native
from qops.circuits.clifford.paulis import inverse, shown
from qops.drift.diagnostics.benchmarking import CIRCUITS
from qops.drift.diagnostics.device import Device
from qops.model.circuit import Operation
from qops.model.diagnostic import Diagnostic, Question

LAYERS = 16
DENSITY = 0.25
"""The part of the qubits that a gate of two qubits is on in a layer, on average, where enough pairs are free."""

_PAULIS = ("id", "x", "y", "z")


def ask(diagnostic: Diagnostic, device: Device) -> tuple[Question, ...]:
    """Random circuits, each with the outcome that it has without errors."""
    random = Random(f"mirror-rb/{diagnostic.seed}")  # noqa: S311 - a circuit is no secret
    layers = (diagnostic.length or LAYERS) // 2
    return tuple(
        _question(diagnostic, device, sequence(random, layers, device.qubits, device.known))
        for _ in range(diagnostic.circuits or CIRCUITS)
    )


def sequence(random: Random, layers: int, qubits: tuple[int, ...], known: Entanglers) -> list[Operation]:
    """So many random layers and as many backwards, on the device's qubits, barriers between them."""
    barrier = Operation("barrier", tuple(sorted(qubits)))
    edges = sorted({(min(pair), max(pair)) for pair in known if set(pair) <= set(qubits)})
    first = _singles(random, qubits)
    forth = [[*_singles(random, qubits), *_pairs(random, edges, len(qubits))] for _ in range(layers)]
    found = [*first, barrier]
    for layer in forth:
        found += [*layer, barrier, *_paulis(random, qubits), barrier]
    for layer in reversed(forth):
        found += [*inverse(layer), barrier, *_paulis(random, qubits), barrier]
    return [*found, *inverse(first)]


def _singles(random: Random, qubits: tuple[int, ...]) -> list[Operation]:
    return [gate for qubit in qubits for gate in group.word(random.randrange(group.SINGLES), qubit)]


def _paulis(random: Random, qubits: tuple[int, ...]) -> list[Operation]:
    return [Operation(random.choice(_PAULIS), (qubit,)) for qubit in qubits]


def _pairs(random: Random, edges: list[tuple[int, int]], qubits: int) -> list[Operation]:
    """Gates on pairs that share no qubit, each with the probability that gives the density: the edge grab."""
    free = list(edges)
    grabbed: list[tuple[int, int]] = []
    while free:
        pair = free.pop(random.randrange(len(free)))
        grabbed.append(pair)
        free = [other for other in free if not set(other) & set(pair)]
    chance = min(1.0, DENSITY * qubits / (2 * len(grabbed))) if grabbed else 0.0
    return [Operation("cx", pair) for pair in grabbed if random.random() < chance]


def _question(diagnostic: Diagnostic, device: Device, logical: list[Operation]) -> Question:
    operations = native(logical, device.known)
    outcome = shown(operations, device.qubits)
    if outcome is None:
        raise RuntimeError("a mirror circuit has one outcome")
    pure, size = device.purity(operations), 1 << len(device.qubits)
    expected = None if pure is None else device.reads(outcome, pure + (1 - pure) / size)
    return device.question(diagnostic, operations, outcome, expected)
