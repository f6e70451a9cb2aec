"""Parameter expressions: exact constants, and trees of the same value."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qiskit.circuit import Parameter, ParameterExpression, ParameterVector

from qops.circuits.scanner import Fault
from qops.errors import InputError
from qops.interchange.from_qiskit.angles import angle_from_qiskit
from qops.interchange.from_qiskit.carrying import NotCarriedError
from qops.model.angle import Angle, Expression, Symbol

T, U = Parameter("t"), Parameter("u")
W = ParameterVector("w", 2)
VALUES = {"t": 0.7, "u": 1.3, "w[0]": 0.4, "w[1]": 2.1}

BINARY: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
}
UNARY: dict[str, Callable[[float], float]] = {
    "neg": lambda a: -a,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "exp", "log")},
    "abs": abs,
}


def value(angle: Angle) -> float:
    if isinstance(angle, Symbol):
        return VALUES[angle.name]
    if isinstance(angle, Expression):
        operands = [value(operand) for operand in angle.operands]
        return BINARY[angle.operator](*operands) if len(operands) == 2 else UNARY[angle.operator](*operands)
    return angle


LEAVES = st.sampled_from([T, U, *W]) | st.floats(0.5, 3).map(lambda number: round(number, 3)) | st.integers(1, 4)
ONE_STEP = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / (b * b + 1),
    "sine": lambda a, b: (a * T + b).sin(),
    "cosine": lambda a, b: (b + a * T).cos(),
    "tangent": lambda a, b: (a + b * T).arctan(),
    "negate": lambda a, _: -a,
    "power": lambda a, _: a**2,
    "reverse": lambda a, b: 2 - a * b,
    "absolute": lambda a, b: abs(a * T - b),
}
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(lambda step, a, b: ONE_STEP[step](a, b), st.sampled_from(sorted(ONE_STEP)), inner, inner),
    max_leaves=8,
)


@settings(max_examples=80)
@given(TREES)
def test_tree_has_the_value_of_the_expression(expression: ParameterExpression | float) -> None:
    expected = (
        complex(expression.bind({parameter: VALUES[parameter.name] for parameter in expression.parameters}).numeric())
        if isinstance(expression, ParameterExpression)
        else expression
    )
    assert value(angle_from_qiskit(expression)) == pytest.approx(expected.real, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("expression", "angle"),
    [
        (T, Symbol("t")),
        (W[1], Symbol("w[1]")),
        (-T, Expression("neg", (Symbol("t"),))),
        (2 * T + 1, Expression("+", (1.0, Expression("*", (2.0, Symbol("t")))))),
        (1 - T, Expression("-", (1.0, Symbol("t")))),
        (3 / T, Expression("/", (3.0, Symbol("t")))),
        (2**T, Expression("**", (2.0, Symbol("t")))),
        (T.arcsin(), Expression("arcsin", (Symbol("t"),))),
        (T.arccos(), Expression("arccos", (Symbol("t"),))),
        (T.tan(), Expression("tan", (Symbol("t"),))),
        (T.exp(), Expression("exp", (Symbol("t"),))),
        (T.log(), Expression("log", (Symbol("t"),))),
        (0.1 * T, Expression("*", (0.1, Symbol("t")))),
        (Parameter("a + b") * 2, Expression("*", (2.0, Symbol("a + b")))),
    ],
)
def test_known_trees(expression: ParameterExpression, angle: Angle) -> None:
    assert angle_from_qiskit(expression) == angle


@pytest.mark.parametrize(
    ("number", "angle"),
    [
        (0.1, 0.1),
        (-0.0, 0.0),
        (3, 3.0),
        (True, 1.0),
        (5e-324, 5e-324),
        (np.float64(0.3), 0.3),
        (np.int32(2), 2.0),
        ((2 * T + 1).bind({T: 0.1}), 1.2),
        ((T * 1).assign(T, 0.30000000000000004), 0.30000000000000004),
    ],
)
def test_constants_are_exact(number: object, angle: float) -> None:
    found = angle_from_qiskit(number)
    assert isinstance(found, float)
    assert (found, math.copysign(1, found)) == (angle, 1)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 10**400])
def test_not_finite(number: object) -> None:
    with pytest.raises(Fault, match="not a finite number"):
        angle_from_qiskit(number)


@pytest.mark.parametrize("thing", ["pi", None, 1j, np.eye(2), 1j * T, T.sign(), T.conjugate(), (1j * T).bind({T: 2})])
def test_what_is_no_real_expression(thing: object) -> None:
    with pytest.raises(NotCarriedError):
        angle_from_qiskit(thing)


def test_depth_is_bounded() -> None:
    expression: ParameterExpression = T
    for _ in range(300):
        expression = expression.sin()
    with pytest.raises(InputError, match="nested more than 250 deep"):
        angle_from_qiskit(expression)
