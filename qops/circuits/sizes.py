"""How large a circuit is: counts of operations as they are written."""

from collections import Counter, defaultdict

from qops.circuits.order import wires
from qops.model.circuit import Circuit, Operation, every_operation
from qops.model.snapshot import Sizes

NOT_GATES = frozenset({"measure", "reset", "barrier", "delay", "if", "while", "for", "switch", "break", "continue"})


def measure(circuit: Circuit) -> Sizes:
    """The size of a circuit.

    Blocks of control flow count once, users' gates count as one operation; the depth is the longest chain of
    operations that share a wire, classical bits included, barriers left out, a control-flow operation being one step.
    """
    kinds = Counter([(operation.gate, len(operation.qubits)) for operation in every_operation(circuit.operations)])
    gates: Counter[str] = Counter()
    for (gate, _), count in kinds.items():
        gates[gate] += count
    return Sizes(
        qubits=circuit.qubit_count,
        bits=circuit.bit_count,
        operations=sum(gates.values()) - gates["barrier"],
        depth=_depth(circuit.operations),
        two_qubit=sum(count for (gate, width), count in kinds.items() if width == 2 and gate not in NOT_GATES),
        t_count=gates["t"] + gates["tdg"],
        gates=dict(sorted(gates.items())),
    )


def _depth(operations: tuple[Operation, ...]) -> int:
    depth: defaultdict[int, int] = defaultdict(int)
    for operation in operations:
        if operation.gate == "barrier":
            continue
        touched = wires(operation)
        level = 1 + max(map(depth.__getitem__, touched), default=0)
        for wire in touched:
            depth[wire] = level
    return max(depth.values(), default=0)
