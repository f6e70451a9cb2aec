"""When the operations of a compiled circuit happen: each as soon as it can, and as late as the end allows."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from qops.circuits import success
from qops.circuits.order import wires
from qops.circuits.success import Costs
from qops.errors import InputError
from qops.model.circuit import Circuit, Operation
from qops.model.wording import counted


class Schedule(msgspec.Struct, frozen=True):
    """The whole duration, and by qubit when its first operation must begin and when its last has ended, in seconds."""

    duration_s: float
    begins_s: dict[int, float]
    ends_s: dict[int, float]


def schedule(circuit: Circuit, known: Costs) -> Schedule:
    """The schedule of a circuit on the qubits of a device.

    Raises:
        InputError: it has control flow, or a duration is not known.
        NotPlacedError: the device cannot do an operation where it is.
    """
    steps = [(operation, took(operation, known)) for operation in circuit.operations]
    ends = _ends(steps)
    whole = max(ends.values(), default=0.0)
    left = _ends(reversed(steps))
    return Schedule(
        duration_s=whole,
        begins_s={wire: whole - rest for wire, rest in left.items() if wire >= 0},
        ends_s={wire: end for wire, end in ends.items() if wire >= 0},
    )


def took(operation: Operation, known: Costs) -> float:
    """How long an operation takes, in seconds.

    Raises:
        InputError: it is control flow, or it is not known.
    """
    if operation.blocks():
        raise InputError("the circuit has control flow, whose end is not known before", hint="take one without")
    register = Circuit((), (), (), (operation,))
    seconds = success.duration(register, known)
    if seconds is None:
        places = counted(len(operation.qubits), "qubit")
        raise InputError(f"the target does not say how long `{operation.gate}` takes on {places}")
    return seconds


def _ends(steps: Iterable[tuple[Operation, float]]) -> dict[int, float]:
    """When each wire is free, every operation as soon as its wires are; classical bits are negative."""
    free: defaultdict[int, float] = defaultdict(float)
    for operation, seconds in steps:
        touched = wires(operation)
        end = max((free[wire] for wire in touched), default=0.0) + seconds
        for wire in touched:
            free[wire] = end
    return free
