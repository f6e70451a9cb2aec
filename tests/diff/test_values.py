import math

from qops.diff.values import Bindings, compare
from qops.model.parameters import ParameterSet

PERIODS = {"theta": 2 * math.pi, "phi": 4 * math.pi}


def single(**values: float) -> ParameterSet:
    return ParameterSet(tuple(values), ("",), (tuple(values.values()),))


def history(*steps: float) -> ParameterSet:
    return ParameterSet(("theta",), tuple(f"step_{i}" for i in range(len(steps))), tuple((step,) for step in steps))


def test_without_values_there_is_nothing_to_compare() -> None:
    assert compare(None, None, {}, {}) is None


def test_differences_are_wrapped_by_each_period() -> None:
    found = compare(single(theta=0.1, phi=0.1, free=0.0), single(theta=6.2, phi=6.2, free=6.2), PERIODS, {})
    assert found is not None
    assert [round(value.difference or 0.0, 12) for value in found.changed] == [round(6.1 - 2 * math.pi, 12), 6.1, 6.2]
    assert found.largest == 6.2


def test_values_that_came_or_went_have_no_difference() -> None:
    found = compare(single(theta=0.1, phi=0.2), single(theta=0.1, psi=0.2), PERIODS, {})
    assert found is not None
    assert [(v.name, v.old, v.new, v.difference) for v in found.changed] == [
        ("phi", 0.2, None, None),
        ("psi", None, 0.2, None),
    ]
    assert (found.unchanged, found.largest) == (1, math.inf)


def test_a_renamed_parameter_is_the_same_one() -> None:
    found = compare(single(theta=0.1), single(phi=0.1), PERIODS, {"theta": "phi"})
    assert found is not None
    assert (found.changed, found.largest) == ((), 0.0)


def test_rows_are_compared_by_their_names() -> None:
    found = compare(history(0.1, 0.2, 0.3), history(0.1, 0.5, 0.3), PERIODS, {})
    assert found is not None
    assert found.bindings == Bindings(old=3, new=3, added=0, removed=0, changed=1)
    assert found.changed == ()
    assert found.largest == 0.5 - 0.2


def test_a_longer_history_is_no_small_change() -> None:
    found = compare(history(0.1), history(0.1, 0.1), PERIODS, {})
    assert found is not None
    assert found.bindings == Bindings(old=1, new=2, added=1, removed=0, changed=0)
    assert found.largest == math.inf
