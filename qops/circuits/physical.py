"""The metrics of a compiled circuit."""

from collections import defaultdict

from qops.circuits import success
from qops.circuits.order import wires
from qops.circuits.sizes import NOT_GATES
from qops.circuits.success import Costs, NotPlacedError
from qops.model.circuit import Circuit, Operation, every_operation
from qops.model.matrix import Metrics

Operations = tuple[Operation, ...]
Depths = defaultdict[int, int]


def metrics(circuit: Circuit, known: Costs) -> Metrics:
    """The metrics of a circuit whose wires are the physical qubits that `known` has the costs of."""
    counted = [operation for operation in every_operation(circuit.operations) if operation.gate != "barrier"]
    depth, two_qubit_depth = _longest(circuit.operations)
    log_success, faulty, duration_s = _quality(circuit, known)
    return Metrics(
        two_qubit=sum(map(is_two_qubit, counted)),
        two_qubit_depth=two_qubit_depth,
        depth=depth,
        size=len(counted),
        log_success=log_success,
        faulty=faulty,
        duration_s=duration_s,
    )


def _quality(circuit: Circuit, known: Costs) -> tuple[float | None, int, float | None]:
    """What errors and durations say; nothing of a circuit with an operation that is not possible where it is."""
    try:
        log_success, faulty = success.log_success(circuit, known) if known.knows_errors else (None, 0)
        return log_success, faulty, success.duration(circuit, known)
    except NotPlacedError:
        return None, 0, None


def _longest(operations: Operations) -> tuple[int, int]:
    """The longest chains of operations that share a wire, and of two-qubit ones; barriers are none.

    Control flow is as deep as its deepest block.
    """
    depth: Depths = defaultdict(int)
    two_qubit: Depths = defaultdict(int)
    for operation in operations:
        if operation.gate == "barrier":
            continue
        touched = wires(operation) if operation.bits else operation.qubits
        if len(touched) == 1 and operation.detail is None:
            depth[touched[0]] += 1
            continue
        steps, pairs = 1, int(is_two_qubit(operation))
        if operation.detail is not None and (blocks := operation.blocks()):
            inside = [_longest(block) for block in blocks]
            steps, pairs = max(steps for steps, _ in inside), max(pairs for _, pairs in inside)
        if len(touched) == 1:
            depth[touched[0]] += steps
            continue
        _advance(depth, touched, steps)
        _advance(two_qubit, touched, pairs)
    return max(depth.values(), default=0), max(two_qubit.values(), default=0)


def is_two_qubit(operation: Operation) -> bool:
    """Whether it is a gate on two qubits."""
    return len(operation.qubits) == 2 and operation.gate not in NOT_GATES


def _advance(reached: Depths, touched: tuple[int, ...], step: int) -> None:
    """All wires to where the farthest of them is, and one step more."""
    level = step + max([reached[wire] for wire in touched], default=0)
    for wire in touched:
        reached[wire] = level
