import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.render.figure.axis import Axis, moment, spanning

values = st.lists(st.one_of(st.none(), st.floats()), max_size=6)


@given(found=values, logarithmic=st.booleans(), times=st.booleans(), most=st.integers(1, 9))
def test_every_value_that_has_a_place_is_on_the_axis_and_so_are_the_ticks(
    *, found: list[float | None], logarithmic: bool, times: bool, most: int
) -> None:
    axis = spanning(found, logarithmic=logarithmic, times=times)
    assert axis.low < axis.high
    for value in found:
        place = axis.place(value)
        if value is None or not math.isfinite(value) or (logarithmic and value <= 0):
            assert place is None
        else:
            assert place is not None
            assert -1e-9 <= place <= 1 + 1e-9
    ticks = axis.ticks(most)
    assert len(ticks) <= most + 1
    assert all(-1e-6 <= place <= 1 + 1e-6 and name for place, name in ticks)
    assert [place for place, _ in ticks] == sorted(place for place, _ in ticks)


@pytest.mark.parametrize(
    ("axis", "names"),
    [
        (Axis(0.0, 10.0), ["0", "5", "10"]),
        (Axis(0.93, 0.97), ["0.94", "0.96"]),
        (Axis(-1.0, 4.0, logarithmic=True), ["0.1", "10", "1000"]),
        (Axis(0.0, 12.0, logarithmic=True), ["1", "1e5", "1e10"]),
        (Axis(0.0, 0.5, logarithmic=True), ["1", "2", "3"]),
        (Axis(0.0, 86400.0 * 3, times=True), ["1970-01-01", "1970-01-03"]),
        (Axis(0.0, 3600.0, times=True), ["1970-01-01 00:00", "1970-01-01 01:00"]),
        (Axis(0.0, 20.0, times=True), ["1970-01-01 00:00:00", "1970-01-01 00:00:15"]),
    ],
)
def test_ticks_are_round(axis: Axis, names: list[str]) -> None:
    assert [name for _, name in axis.ticks(3)] == names


def test_what_is_no_date_is_told_in_seconds() -> None:
    assert moment(1e18) == "1e+18 s"
