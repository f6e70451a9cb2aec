"""Control flow and its conditions."""

from collections.abc import Callable

import pytest
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister
from qiskit.circuit import Clbit, Parameter
from qiskit.circuit.classical import expr, types

from qops.circuits.reader import read
from qops.errors import InputError
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.angle import Expression, Symbol
from qops.model.circuit import Branch, Case, Condition, For, Operation, Switch, While

X = Operation("x", (0,))


def circuit() -> QuantumCircuit:
    return QuantumCircuit(QuantumRegister(2, "q"), ClassicalRegister(2, "c"), ClassicalRegister(3, "d"))


def asked(question: Callable[[ClassicalRegister, ClassicalRegister], object]) -> Operation:
    built = circuit()
    with built.if_test(question(*built.cregs)):
        built.x(0)
    (operation,) = circuit_from_qiskit(built).operations
    return operation


TRUE = expr.Value(True, types.Bool())  # noqa: FBT003
BIT = Condition("==", (1,), 1)
BOTH = Condition("and", parts=(Condition("==", (0,), 1), BIT))
QUESTIONS = [
    (lambda c, _: (c[1], True), BIT),
    (lambda c, _: (c[1], 0), Condition("==", (1,), 0)),
    (lambda _, d: (d, 5), Condition("==", (2, 3, 4), 5)),
    (lambda c, _: expr.lift(c[1]), BIT),
    (lambda c, _: expr.logic_not(c[1]), Condition("==", (1,), 0)),
    (lambda c, _: expr.bit_not(c[1]), Condition("==", (1,), 0)),
    (lambda c, _: expr.equal(c[1], TRUE), BIT),
    (lambda c, _: expr.index(c, 1), BIT),
    (lambda _, d: expr.less(d, 5), Condition("<", (2, 3, 4), 5)),
    (lambda _, d: expr.less(5, d), Condition(">", (2, 3, 4), 5)),
    (lambda _, d: expr.greater_equal(5, d), Condition("<=", (2, 3, 4), 5)),
    (lambda _, d: expr.not_equal(d, 5), Condition("!=", (2, 3, 4), 5)),
    (lambda _, d: expr.cast(d, types.Bool()), Condition("!=", (2, 3, 4), 0)),
    (lambda _, d: expr.logic_not(expr.less(d, 5)), Condition(">=", (2, 3, 4), 5)),
    (
        lambda c, _: expr.logic_not(expr.logic_and(c[0], c[1])),
        Condition("not", parts=(Condition("and", parts=(Condition("==", (0,), 1), BIT)),)),
    ),
    (
        lambda c, d: expr.logic_or(expr.bit_or(c[0], c[1]), expr.equal(d, 2)),
        Condition("or", parts=(Condition("==", (0,), 1), BIT, Condition("==", (2, 3, 4), 2))),
    ),
    (lambda c, _: expr.bit_xor(c[0], c[1]), Condition("xor", parts=(Condition("==", (0,), 1), BIT))),
]


@pytest.mark.parametrize(("question", "condition"), QUESTIONS)
def test_conditions(question: Callable[[ClassicalRegister, ClassicalRegister], object], condition: Condition) -> None:
    detail = asked(question).detail
    assert isinstance(detail, Branch)
    assert (detail.condition, detail.then, detail.otherwise) == (condition, (X,), ())


@pytest.mark.parametrize(
    "question",
    [
        expr.less,
        lambda c, _: expr.equal(expr.bit_and(c, 1), 1),
        lambda c, _: expr.equal(expr.bit_not(c), 1),
        lambda _, d: expr.equal(expr.shift_left(d, 1), 2),
        lambda *_: TRUE,
    ],
)
def test_other_conditions_are_sealed(question: Callable[[ClassicalRegister, ClassicalRegister], object]) -> None:
    assert asked(question).gate == "sealed"
    assert asked(question) == asked(question)


def test_same_as_our_own_reader() -> None:
    built = circuit()
    q, (c, d) = built.qubits, built.cregs
    built.measure(q[0], c[0])
    with built.if_test((c, 2)) as otherwise:
        built.cx(0, 1)
    with otherwise:
        built.h(1)
    with built.while_loop(expr.less(d, 3)):
        built.x(0)
        with built.if_test((c[0], 1)):
            built.break_loop()
        built.continue_loop()
    with built.for_loop([3, 1], Parameter("i")) as i:
        built.rx(2 * i, 0)
    with built.switch(d) as case:
        with case(1, 2):
            built.x(1)
        with case(case.DEFAULT):
            built.y(0)
    text = """OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; bit[3] d;
    c[0] = measure q[0];
    if (c == 2) { cx q[0], q[1]; } else { h q[1]; }
    while (d < 3) { x q[0]; if (c[0]) { break; } continue; }
    for int i in {3, 1} { rx(2 * i) q[0]; }
    switch (d) { case 1, 2 { x q[1]; } default { y q[0]; } }
    """
    expected = read(text.encode(), "a.qasm")
    assert circuit_from_qiskit(built, expected.source_format) == expected


def test_blocks_with_bits_of_their_own() -> None:
    inner = QuantumCircuit(1, 1)
    with inner.if_test((inner.clbits[0], 1)):
        inner.x(0)
    built = circuit()
    built.if_test((built.clbits[3], 1), inner, [1], [3])
    (operation,) = circuit_from_qiskit(built).operations
    assert isinstance(operation.detail, Branch)
    (nested,) = operation.detail.then
    assert isinstance(nested.detail, Branch)
    assert nested.detail == Branch(Condition("==", (3,), 1), (Operation("x", (1,)),))


def test_phase_inside_a_block() -> None:
    body = QuantumCircuit(1, global_phase=0.5)
    built = QuantumCircuit(1, 1)
    built.if_test((built.clbits[0], 1), body, [0], [])
    (operation,) = circuit_from_qiskit(built).operations
    assert isinstance(operation.detail, Branch)
    assert operation.detail.then == (Operation("gphase", (), (0.5,)),)


def test_loop_variables_that_qiskit_counts_have_one_name() -> None:
    def build() -> QuantumCircuit:
        built = QuantumCircuit(1)
        with built.for_loop(range(2)) as i, built.for_loop(range(3)) as j:
            built.rx(i * j, 0)
        return built

    first, second = circuit_from_qiskit(build()), circuit_from_qiskit(build())
    assert first == second
    outer = first.operations[0].detail
    assert isinstance(outer, For)
    inner = outer.body[0].detail
    assert isinstance(inner, For)
    assert {outer.variable, inner.variable} == {"_loop_0", "_loop_1"}
    assert isinstance(angle := inner.body[0].angles[0], Expression)
    assert set(angle.operands) == {Symbol("_loop_0"), Symbol("_loop_1")}


def test_loop_without_a_variable_and_with_a_range() -> None:
    built = QuantumCircuit(1)
    with built.for_loop(range(5, 0, -2)):
        built.x(0)
    (operation,) = circuit_from_qiskit(built).operations
    assert operation.detail == For((5, 3, 1), None, (X,))


def test_long_loops_are_refused() -> None:
    built = QuantumCircuit(1)
    with built.for_loop(range(10**9)):
        built.x(0)
    with pytest.raises(InputError, match="a loop over more than 100,000 values"):
        circuit_from_qiskit(built)


def test_a_value_beside_default_is_no_case_of_its_own() -> None:
    built = circuit()
    with built.switch(built.clbits[1]) as case, case(1, case.DEFAULT):
        built.x(0)
    (operation,) = circuit_from_qiskit(built).operations
    assert operation.detail == Switch((1,), (Case((), (X,)),))


def test_while_over_a_loose_bit() -> None:
    built = QuantumCircuit(1)
    built.add_bits([Clbit()])
    with built.while_loop((built.clbits[0], 0)):
        built.x(0)
    (operation,) = circuit_from_qiskit(built).operations
    assert operation.detail == While(Condition("==", (0,), 0), (X,))
