import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.random_circuits import circuits

from qops.circuits.binding import bind, number
from qops.circuits.reader import read
from qops.circuits.writer import write
from qops.model.angle import Expression, Symbol
from qops.model.circuit import Circuit

HEAD = 'OPENQASM 3.0; include "stdgates.inc"; input float a; input float b; '


def circuit(text: str) -> Circuit:
    return read((HEAD + text).encode(), "test.qasm")


def angles(bound: Circuit) -> list[object]:
    return [angle for operation in bound.operations for angle in operation.angles]


def test_numbers_take_the_place_of_symbols() -> None:
    bound = bind(circuit("qubit[1] q; gphase(a); rx(2*a + b) q[0]; U(a, 0.5, b) q[0];"), {"a": 0.25, "b": 1.0})
    assert angles(bound) == [1.5, 0.25, 0.5, 1.0]
    assert (bound.phase, bound.parameters) == (0.25, ())


def test_what_has_no_value_stays() -> None:
    bound = bind(circuit("qubit[1] q; rx(a) q[0]; ry(a + b) q[0];"), {"a": 0.25})
    assert angles(bound) == [0.25, Expression("+", (Symbol("a"), Symbol("b")))]
    assert bound.parameters == ("a", "b")


def test_inside_control_flow_but_not_a_loops_own_variable() -> None:
    text = "qubit[1] q; bit[1] c; if (c[0] == 1) { rx(a) q[0]; } for int b in {1, 2} { rx(b + a) q[0]; }"
    branch, loop = bind(circuit(text), {"a": 0.25, "b": 9.0}).operations
    assert branch.blocks()[0][0].angles == (0.25,)
    assert 9.25 not in loop.blocks()[0][0].angles


@pytest.mark.parametrize("text", ["1/a", "sqrt(a - 1)", "ln(a)"])
def test_an_angle_that_is_no_number_has_no_value(text: str) -> None:
    angle = circuit(f"qubit[1] q; rx({text}) q[0];").operations[0].angles[0]
    assert number(angle, {"a": 0.0, "b": 0.0}) is None
    assert bind(circuit(f"qubit[1] q; rx({text}) q[0];"), {"a": 0.0, "b": 0.0}).parameters == ("a",)


@settings(max_examples=60, deadline=None)
@given(circuits(), st.floats(-3, 3, allow_nan=False))
def test_a_bound_circuit_is_a_circuit(made: Circuit, value: float) -> None:
    """It can be written and read, and binding again changes nothing."""
    values = dict.fromkeys(made.parameters, value)
    bound = bind(made, values)
    assert bind(bound, values) == bound
    assert all(math.isfinite(angle) for angle in angles(bound) if isinstance(angle, float))
    assert read(write(bound).encode(), "bound.qasm").parameters == bound.parameters
