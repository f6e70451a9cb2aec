"""Laws of the edit script: it leads from one circuit to the other and back, and sees through re-ordering."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qops.circuits import patch
from qops.circuits.edit import Placed, Script, inverse, lanes_of, length, script, settled
from qops.circuits.order import lexicographic
from qops.model.angle import Expression, Symbol
from qops.model.circuit import Branch, Condition, Delay, For, Operation, While

QUBITS, BITS = 4, 2

qubits = st.integers(0, QUBITS - 1)
bits = st.integers(0, BITS - 1)
angles = st.one_of(st.sampled_from([0.1, 0.2, 0.3]), st.just(Symbol("θ")), st.just(Expression("*", (2.0, Symbol("θ")))))
plain = st.one_of(
    st.builds(lambda gate, q: Operation(gate, (q,)), st.sampled_from(["h", "x"]), qubits),
    st.builds(lambda q, angle: Operation("rz", (q,), (angle,)), qubits, angles),
    st.builds(
        lambda gate, pair, angle: Operation(gate, pair, (angle,) if gate == "crz" else ()),
        st.sampled_from(["cx", "crz", "mine"]),
        st.permutations(range(QUBITS)).map(lambda order: tuple(order[:2])),
        angles,
    ),
    st.builds(lambda q, bit: Operation("measure", (q,), bits=(bit,)), qubits, bits),
    st.builds(lambda few: Operation("barrier", tuple(sorted(few))), st.sets(qubits, min_size=1)),
    st.builds(
        lambda q, time: Operation("delay", (q,), detail=Delay(time, "ns")), qubits, st.sampled_from([10.0, 20.0])
    ),
    st.just(Operation("gphase", (), (0.5,))),
)


def block(kind: str, bit: int, value: int, first: list[Operation], second: list[Operation]) -> Operation:
    """Control flow on all the wires that it touches."""
    condition = Condition("==", (bit,), value)
    then, otherwise = tuple(first), tuple(second)
    detail = {
        "if": Branch(condition, then, otherwise),
        "while": While(condition, then),
        "for": For((0, 1), "i", then),
    }[kind]
    held = [operation for part in Operation(kind, (), detail=detail).blocks() for operation in part]
    touched = {b for operation in held for b in operation.bits} | (set() if kind == "for" else {bit})
    return Operation(
        kind,
        tuple(sorted({q for operation in held for q in operation.qubits})),
        bits=tuple(sorted(touched)),
        detail=detail,
    )


def nested(inner: st.SearchStrategy[Operation]) -> st.SearchStrategy[Operation]:
    few = st.lists(inner, max_size=3)
    return st.builds(block, st.sampled_from(["if", "while", "for"]), bits, st.integers(0, 1), few, few)


operations = st.recursive(plain, nested, max_leaves=6)
runs = st.lists(operations, max_size=12)


def reordered(run: Sequence[Operation], seed: int) -> list[Operation]:
    """One of the orders that mean the same, inside blocks too where canonical order differs from the given one."""
    chance = random.Random(seed)
    left = [settled(operation) if chance.random() < 0.5 else operation for operation in run]
    result = []
    while left:
        free = [
            place
            for place, operation in enumerate(left)
            if not any(set(lanes_of(operation)) & set(lanes_of(earlier)) for earlier in left[:place])
        ]
        result.append(left.pop(chance.choice(free)))
    return result


def canonical(run: Sequence[Operation]) -> list[Operation]:
    return [settled(operation) for operation in lexicographic(run)]


def inner_scripts_hold(entries: Script) -> bool:
    """Whether the scripts inside changed control flow lead from its old blocks to its new ones."""
    for entry in entries:
        if entry.old and entry.new and entry.inside:
            olds, news = entry.old.operation.blocks(), entry.new.operation.blocks()
            for inside, old, new in zip(entry.inside, olds, news, strict=True):
                if canonical(patch.apply(inside, old)) != canonical(new) or not inner_scripts_hold(inside):
                    return False
    return True


@settings(max_examples=150, deadline=None)
@given(runs, runs)
def test_the_script_leads_from_a_to_b_and_its_inverse_back(a: list[Operation], b: list[Operation]) -> None:
    forward = script(a, b)
    assert canonical(patch.apply(forward, a)) == canonical(b)
    assert canonical(patch.apply(inverse(forward), b)) == canonical(a)
    assert inner_scripts_hold(forward)


@settings(max_examples=60, deadline=None)
@given(runs, st.integers())
def test_another_order_of_the_same_circuit_is_no_edit(a: list[Operation], seed: int) -> None:
    assert script(a, reordered(a, seed)) == ()


@settings(max_examples=60, deadline=None)
@given(runs, runs, st.integers())
def test_the_script_does_not_depend_on_the_order_that_the_circuits_are_given_in(
    a: list[Operation], b: list[Operation], seed: int
) -> None:
    assert script(canonical(a), canonical(b)) == script(canonical(reordered(a, seed)), canonical(reordered(b, seed)))


@settings(max_examples=60, deadline=None)
@given(runs, runs)
def test_it_is_never_longer_than_deleting_all_and_inserting_all(a: list[Operation], b: list[Operation]) -> None:
    entries = script(a, b)
    assert len(entries) <= len(a) + len(b)


@settings(max_examples=60, deadline=None)
@given(runs, operations, st.integers(0, 12), st.integers())
def test_one_insertion_is_one_entry_whatever_the_order(
    a: list[Operation], extra: Operation, place: int, seed: int
) -> None:
    b = reordered([*a[:place], extra, *a[place:]], seed)
    entries = script(a, b)
    assert length(entries) <= max(1, length(script([], [extra])))
    assert length(script(b, a)) == length(entries)


def gate(name: str, *wires: int, angle: float | None = None) -> Operation:
    return Operation(name, wires, () if angle is None else (angle,))


def test_a_moved_angle_is_one_change_with_its_places() -> None:
    a = [gate("h", 1), gate("h", 0), gate("rz", 0, angle=0.3)]
    (entry,) = script(a, [gate("h", 0), gate("rz", 0, angle=0.31), gate("h", 1)])
    assert entry.old == Placed(gate("rz", 0, angle=0.3), 1, (1,))
    assert entry.new == Placed(gate("rz", 0, angle=0.31), 1, (1,))
    assert entry.angles == ((0, 0.3, 0.31),)


def test_a_deletion_is_told_before_the_insertion_that_takes_its_place() -> None:
    a = [gate("h", 0), gate("cx", 0, 1), gate("h", 1)]
    entries = script(a, [gate("h", 0), gate("cz", 0, 1), gate("h", 1)])
    told = [(entry.old and entry.old.operation.gate, entry.new and entry.new.operation.gate) for entry in entries]
    assert told == [("cx", None), (None, "cz")]


def test_an_edit_inside_a_branch_is_told_inside_it() -> None:
    old = block("if", 0, 1, [gate("x", 0), gate("h", 1)], [])
    (entry,) = script([old], [block("if", 0, 1, [gate("h", 1), gate("z", 0)], [])])
    assert not entry.heads
    assert [length(inside) for inside in entry.inside] == [2, 0]
    assert length((entry,)) == 2


def test_a_branch_that_comes_to_touch_another_wire_is_still_the_same_branch() -> None:
    old = block("if", 0, 1, [gate("x", 0), gate("h", 1), gate("y", 1)], [])
    new = block("if", 0, 1, [gate("x", 0), gate("h", 1), gate("y", 1), gate("z", 2)], [])
    entries = script([old], [new])
    assert length(entries) == 1
    assert canonical(patch.apply(entries, [old])) == canonical([new])


def test_another_condition_is_an_edit_of_the_branch_itself() -> None:
    entries = script([block("if", 0, 1, [gate("x", 0)], [])], [block("if", 0, 0, [gate("x", 0)], [])])
    assert [(entry.heads, entry.inside) for entry in entries] == [(True, ((), ()))]


def test_a_script_refuses_a_circuit_that_it_was_not_made_for() -> None:
    entries = script([gate("h", 0), gate("x", 0)], [gate("h", 0)])
    for other in ([gate("h", 0)], [gate("h", 0), gate("y", 0)]):
        with pytest.raises(ValueError, match="another circuit"):
            patch.apply(entries, other)
