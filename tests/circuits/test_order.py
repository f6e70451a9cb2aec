"""The canonical order against its definition, done the long way."""

from hypothesis import given, settings
from hypothesis import strategies as st

from qops.circuits.order import lexicographic, wires
from qops.model.circuit import Operation

WIRES = st.tuples(st.lists(st.integers(0, 4), unique=True, max_size=3), st.lists(st.integers(0, 2), unique=True))


def smallest(operation: Operation) -> tuple[bool, int]:
    """Qubits before bits; then the number."""
    return not operation.qubits, min(operation.qubits or operation.bits)


def by_definition(operations: list[Operation]) -> list[Operation]:
    """Again and again the operation with the smallest wire that no earlier one shares a wire with."""
    left, ordered = [operation for operation in operations if wires(operation)], list[Operation]()
    while left:
        ready = [
            one
            for place, one in enumerate(left)
            if not any({*wires(one)} & {*wires(before)} for before in left[:place])
        ]
        first = min(ready, key=smallest)
        left.remove(first)
        ordered.append(first)
    return ordered + [operation for operation in operations if not wires(operation)]


@given(st.lists(WIRES, max_size=25))
@settings(max_examples=300, deadline=None)
def test_always_the_ready_operation_with_the_smallest_wire(each: list[tuple[list[int], list[int]]]) -> None:
    operations = [
        Operation(f"g{number}", tuple(qubits), bits=tuple(bits)) for number, (qubits, bits) in enumerate(each)
    ]
    assert lexicographic(operations) == by_definition(operations)
