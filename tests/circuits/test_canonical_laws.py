"""What must hold for every circuit."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from support.random_circuits import circuits, reordered

from qops.circuits.identity import digests
from qops.circuits.order import lexicographic
from qops.circuits.reader import read
from qops.circuits.writer import write
from qops.model.circuit import Circuit


@given(circuits())
@settings(max_examples=150, deadline=None)
def test_written_text_read_back_is_the_same_circuit(circuit: Circuit) -> None:
    text = write(circuit)
    again = read(text.encode(), "canonical.qasm")
    assert digests(again, b"") == digests(circuit, b""), text
    assert write(again) == text
    assert again.parameters == circuit.parameters
    assert again.qubits == circuit.qubits
    assert again.gates.keys() == circuit.gates.keys()


@given(circuits(), st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_the_order_of_disjoint_operations_has_no_meaning(circuit: Circuit, seed: int) -> None:
    other = msgspec.structs.replace(circuit, operations=reordered(circuit.operations, seed))
    assert digests(other, b"") == digests(circuit, b"")
    assert write(other) == write(circuit)


@given(circuits())
@settings(max_examples=50, deadline=None)
def test_the_canonical_order_is_an_order_of_the_same_circuit(circuit: Circuit) -> None:
    ordered = tuple(lexicographic(circuit.operations))
    assert digests(msgspec.structs.replace(circuit, operations=ordered), b"") == digests(circuit, b"")
    assert lexicographic(ordered) == list(ordered)


@given(circuits())
@settings(max_examples=50, deadline=None)
def test_dropping_any_operation_changes_the_skeleton(circuit: Circuit) -> None:
    whole = digests(circuit, b"")
    for place, operation in enumerate(circuit.operations):
        rest = circuit.operations[:place] + circuit.operations[place + 1 :]
        without = digests(msgspec.structs.replace(circuit, operations=rest), b"")
        if operation.gate == "barrier":
            assert without.skeleton == whole.skeleton
            assert without.frame != whole.frame
        else:
            assert without.skeleton != whole.skeleton
