"""Laws of the comparison of whole circuits, and the names that it sees through."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from support.random_circuits import circuits, reordered

from qops.circuits.comparison import FrameEdit, apply, compare, inverted
from qops.circuits.edit import length
from qops.circuits.identity import digests
from qops.circuits.reader import read
from qops.model.circuit import Circuit

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def circuit(body: str) -> Circuit:
    return read((HEAD + body).encode(), "test.qasm")


@settings(max_examples=80, deadline=None)
@given(circuits(), circuits())
def test_applied_it_gives_the_new_circuit_digest_for_digest_and_inverted_the_old(old: Circuit, new: Circuit) -> None:
    comparison = compare(old, new)
    assert digests(apply(comparison, old), b"") == digests(new, b"")
    assert digests(apply(inverted(comparison), new), b"") == digests(old, b"")


@settings(max_examples=50, deadline=None)
@given(circuits(), st.integers(0, 2**32))
def test_nothing_lies_between_two_orders_of_one_circuit(old: Circuit, seed: int) -> None:
    new = msgspec.structs.replace(old, operations=reordered(old.operations, seed))
    comparison = compare(old, new)
    assert (comparison.frame, comparison.gates, comparison.operations) == ((), (), ())
    assert comparison.terms.plain


def test_a_renamed_register_is_no_edit_of_an_operation() -> None:
    comparison = compare(circuit("qubit[2] q; h q[0]; cx q[0], q[1];"), circuit("qubit[2] w; h w[0]; cx w[0], w[1];"))
    assert comparison.operations == ()
    assert comparison.frame == (FrameEdit("qubits", "q[2]", "w[2]"),)


def test_a_register_before_the_others_moves_their_numbers_but_edits_nothing() -> None:
    old = circuit("qubit[3] q; bit[1] c; h q[0]; cz q[0], q[1]; c[0] = measure q[0]; if (c[0]) { x q[2]; }")
    new = circuit(
        "qubit[1] a; qubit[3] q; bit[2] d; bit[1] c; h q[0]; cz q[0], q[1]; c[0] = measure q[0]; if (c[0]) { x q[2]; }"
    )
    comparison = compare(old, new)
    assert comparison.operations == ()
    assert comparison.frame == (FrameEdit("qubits", None, "a[1]"), FrameEdit("bits", None, "d[2]"))
    assert digests(apply(comparison, old), b"") == digests(new, b"")


def test_a_renamed_parameter_is_known_by_what_it_feeds() -> None:
    old = circuit("input float a; input float b; qubit[1] q; rz(a) q[0]; rz(2*b) q[0]; rx(a) q[0];")
    new = circuit("input float x; input float y; qubit[1] q; rz(y) q[0]; rz(2*x) q[0]; rx(y) q[0];")
    comparison = compare(old, new)
    assert comparison.operations == ()
    assert comparison.frame == (FrameEdit("parameter", "a", "y"), FrameEdit("parameter", "b", "x"))


def test_a_renamed_gate_is_known_by_its_body() -> None:
    old = circuit("gate f(t) a { rz(t) a; h a; } qubit[1] q; f(0.5) q[0];")
    new = circuit("gate g(u) b { rz(u) b; h b; } qubit[1] q; g(0.5) q[0];")
    comparison = compare(old, new)
    assert (comparison.operations, comparison.gates) == ((), ())
    assert comparison.frame == (FrameEdit("gate", "f(t) a", "g(u) b"),)


def test_a_gate_that_takes_over_the_name_of_a_renamed_one_is_not_mistaken_for_it() -> None:
    old = circuit("gate f a { h a; } qubit[1] q; f q[0];")
    new = circuit("gate g a { h a; } gate f a { x a; } qubit[1] q; f q[0];")
    comparison = compare(old, new)
    assert length(comparison.operations) == 2
    assert digests(apply(comparison, old), b"") == digests(new, b"")
    assert digests(apply(inverted(comparison), new), b"") == digests(old, b"")


def test_an_edited_body_is_told_once_and_its_calls_are_no_edits() -> None:
    old = circuit("gate f(t) a { rz(t) a; h a; } qubit[2] q; f(0.5) q[0]; f(0.5) q[1];")
    new = circuit("gate f(t) a { rz(t) a; x a; } qubit[2] q; f(0.5) q[0]; f(0.6) q[1];")
    comparison = compare(old, new)
    assert [(edit.old.name, length(edit.body)) for edit in comparison.gates] == [("f", 2)]
    assert [entry.angles for entry in comparison.operations] == [((0, 0.5, 0.6),)]


def test_the_global_phase_and_notes_are_frame() -> None:
    old = circuit("qubit[1] q; h q[0];")
    new = msgspec.structs.replace(old, phase=0.5, annotations=(("name", '"bell"'),))
    assert compare(old, new).frame == (
        FrameEdit("global phase", "0.0", "0.5"),
        FrameEdit("annotation name", None, '"bell"'),
    )
