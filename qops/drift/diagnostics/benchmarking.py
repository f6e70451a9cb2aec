"""Standard randomised benchmarking [1]_ of one or two qubits: random Clifford elements, and the one that undoes them.

The elements are drawn evenly from the whole group. What survives is 1/d + (1 - 1/d)·p, p the product over all gates of
what each leaves of a pure state; without readout errors, and for errors that are depolarising on average.

References:
    [1] E. Magesan, J. M. Gambetta and J. Emerson, Scalable and robust randomized benchmarking of quantum processes,
        Physical Review Letters 106 (2011) 180504.
"""

import math
from random import Random

import msgspec

from qops.circuits.clifford import group
from qops.circuits.clifford.native import native
from qops.drift.diagnostics.decay import BEST_T1
from qops.drift.diagnostics.device import Device
from qops.errors import InputError
from qops.model.circuit import Operation
from qops.model.diagnostic import Diagnostic, Question

CIRCUITS = 3
LONGEST = 300


def ask(diagnostic: Diagnostic, device: Device) -> tuple[Question, ...]:
    """Random circuits that return to 0.

    Raises:
        InputError: there are more than two qubits, or two that are not connected.
    """
    if len(device.qubits) > 2:
        raise InputError("standard randomised benchmarking is of one or two qubits", hint="take `mirror-rb` for more")
    random = Random(f"rb/{diagnostic.seed}")  # noqa: S311 - a circuit is no secret
    length = diagnostic.length or _best_length(device)
    count = diagnostic.circuits or CIRCUITS
    return tuple(_question(diagnostic, device, sequence(random, length, len(device.qubits))) for _ in range(count))


def sequence(random: Random, length: int, qubits: int) -> list[Operation]:
    """So many random elements and the one that undoes them, on the qubits 0 and 1, a barrier between each two."""
    size = group.SINGLES if qubits == 1 else group.PAIRS
    barrier = Operation("barrier", tuple(range(qubits)))
    found: list[Operation] = []
    for _ in range(length):
        found += [*group.gates(random.randrange(size), qubits), barrier]
    return [*found, *group.gates(group.undoing(found, qubits), qubits)]


def _question(diagnostic: Diagnostic, device: Device, logical: list[Operation]) -> Question:
    placed = [placed_on(operation, device.qubits) for operation in logical]
    operations = native(placed, device.known)
    pure, size = device.purity(operations), 1 << len(device.qubits)
    outcome = "0" * len(device.qubits)
    expected = None if pure is None else device.reads(outcome, pure + (1 - pure) / size)
    return device.question(diagnostic, operations, outcome, expected)


def placed_on(operation: Operation, qubits: tuple[int, ...]) -> Operation:
    """The operation on the device's qubits in place of 0, 1 and so on."""
    placed = tuple(qubits[qubit] for qubit in operation.qubits)
    return msgspec.structs.replace(operation, qubits=tuple(sorted(placed)) if operation.gate == "barrier" else placed)


def _best_length(device: Device) -> int:
    """The length at which a shot tells most of the error of an element, by the target's numbers; 100 where it has none.

    As for a decay: the logarithm of what is left of a pure state is half of 1.594.
    """
    random = Random("length")  # noqa: S311 - as above
    sample = [placed_on(each, device.qubits) for each in sequence(random, 20, len(device.qubits))]
    pure = device.purity(native(sample, device.known))
    if pure is None or not 0 < pure < 1:
        return 100
    return min(LONGEST, max(1, round(21 * BEST_T1 / 2 / -math.log(pure))))
