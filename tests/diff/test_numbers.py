import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.diff.numbers import plain, radians

finite = st.floats(allow_nan=False, allow_infinity=False)
turns = st.builds(
    lambda k, n, ulps: k * math.pi / n * (1 + ulps * 2**-52), st.integers(-9, 9), st.integers(1, 9), st.integers(-2, 2)
)


@given(finite | turns, finite | turns)
def test_two_numbers_read_alike_only_where_they_are_equal(one: float, other: float) -> None:
    assert (radians(one) == radians(other)) == (one == other)


@given(finite)
def test_a_decimal_reads_back_to_the_same_number(value: float) -> None:
    assert float(plain(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (math.pi, "π"),
        (-math.pi, "-π"),
        (2 * math.pi, "2π"),
        (3 * math.pi / 4, "3π/4"),
        (-math.pi / 7, "-0.4487989505128276"),
        (math.nextafter(math.pi, 4), "3.1415926535897936"),
    ],
)
def test_fractions_of_pi_are_written_where_they_are_exact(value: float, text: str) -> None:
    assert radians(value) == text
