"""Laws of the edit script: it leads from one circuit to the other and back, and sees through re-ordering."""

import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from qops.circuits import patch
from qops.circuits.edit import Script, inverse, lanes_of, length, script, settled
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


@settings(max_examples=100, deadline=None)
@given(runs, st.integers())
def test_another_order_of_the_same_circuit_is_no_edit(a: list[Operation], seed: int) -> None:
    assert script(a, reordered(a, seed)) == ()


@settings(max_examples=100, deadline=None)
@given(runs, runs, st.integers())
def test_the_script_does_not_depend_on_the_order_that_the_circuits_are_given_in(
    a: list[Operation], b: list[Operation], seed: int
) -> None:
    assert script(canonical(a), canonical(b)) == script(canonical(reordered(a, seed)), canonical(reordered(b, seed)))


@settings(max_examples=100, deadline=None)
@given(runs, runs)
def test_it_is_never_longer_than_deleting_all_and_inserting_all(a: list[Operation], b: list[Operation]) -> None:
    entries = script(a, b)
    assert len(entries) <= len(a) + len(b)


@settings(max_examples=100, deadline=None)
@given(runs, operations, st.integers(0, 12), st.integers())
def test_one_insertion_is_one_entry_whatever_the_order(
    a: list[Operation], extra: Operation, place: int, seed: int
) -> None:
    b = reordered([*a[:place], extra, *a[place:]], seed)
    entries = script(a, b)
    assert length(entries) <= max(1, length(script([], [extra])))
    assert length(script(b, a)) == length(entries)
