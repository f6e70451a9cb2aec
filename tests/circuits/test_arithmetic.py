import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.circuits.arithmetic import ConstantError, combine, constant
from qops.circuits.expressions import text
from qops.model.angle import Expression, Symbol


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("pi/2", math.pi / 2),
        ("-3*pi/4", -3 * math.pi / 4),
        ("2^3^2", 512.0),
        ("-2^2", -4.0),
        ("2**-1", 0.5),
        ("1/2", 0.5),
        ("sin(pi/2)", 1.0),
        ("1.e-9", 1e-9),
        (".5", 0.5),
        ("0x10", 16.0),
        ("-0.0", 0.0),
        ("- -1", 1.0),
        ("τ/2", math.pi),
    ],
)
def test_constants(written: str, value: float) -> None:
    assert constant(written) == value
    assert math.copysign(1, constant(written)) == math.copysign(1, value)


@pytest.mark.parametrize(
    ("written", "message", "offset"),
    [
        ("", "expected a number, found the end of the file", 0),
        ("1_0", "digits cannot be grouped by `_` here", 0),
        ("٣", "unexpected character U+0663", 0),
        ("nan", "`nan` is not a number", 0),
        ("1e400", "the angle is not a finite number", 0),
        ("1/0", "division by zero", 1),
        ("1 2", "unexpected `2` after the number", 2),
        ("sqrt(-1)", "`sqrt` has no finite real value here", 0),
        ("1" * 401, "the number is too long", 0),
        ("(" * 200, "the expression is nested more than 100 deep", 101),
    ],
)
def test_what_is_no_number(written: str, message: str, offset: int) -> None:
    with pytest.raises(ConstantError) as caught:
        constant(written)
    assert (caught.value.message, caught.value.offset) == (message, offset)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_is_read_back_bit_for_bit(value: float) -> None:
    assert constant(repr(value)) == value


def test_constant_parts_of_a_tree_are_folded() -> None:
    tree = combine("*", (combine("/", (1, 2), 0), Symbol("a")), 0)
    assert tree == Expression("*", (0.5, Symbol("a")))


def test_a_tree_is_written_with_the_parentheses_it_needs() -> None:
    a, b = Symbol("a"), Symbol("b")
    tree = Expression("-", (a, Expression("-", (b, Expression("neg", (Expression("**", (-2.0, a)),))))))
    assert text(tree) == "a - (b - (-(-2.0)**a))"
