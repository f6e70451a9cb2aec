"""The values of named parameters, before and after."""

import math
from collections.abc import Mapping

import msgspec

from qops.circuits.periods import wrapped
from qops.model.parameters import ParameterSet


class Value(msgspec.Struct, frozen=True):
    """One parameter in the last binding, in radians; None where a side does not have it.

    `difference` is the least that periods allow; `period` is None where no period is known.
    """

    name: str
    old: float | None
    new: float | None
    difference: float | None
    period: float | None


class Bindings(msgspec.Struct, frozen=True):
    """How the rows of values changed, those of the same name compared."""

    old: int
    new: int
    added: int
    removed: int
    changed: int


class Values(msgspec.Struct, frozen=True):
    """What changed in the values.

    `changed` are those of the last binding, `unchanged` counts the others; `largest` is the largest difference in any
    binding, infinite where a value came or went.
    """

    changed: tuple[Value, ...]
    unchanged: int
    bindings: Bindings
    largest: float


def compare(
    old: ParameterSet | None,
    new: ParameterSet | None,
    periods: Mapping[str, float | None],
    renamed: Mapping[str, str],
) -> Values | None:
    """What changed in the values of parameters; None where neither side has values.

    Args:
        old: the old values.
        new: the new values.
        periods: the periods in radians, by new names.
        renamed: the new names by the old ones.
    """
    if old is None and new is None:
        return None
    before = _rows(old, {name: renamed.get(name, name) for name in old.names} if old else {})
    after = _rows(new, {})
    last_before, last_after = (list(rows.values())[-1] if rows else {} for rows in (before, after))
    names = dict.fromkeys([*last_before, *last_after])
    values = [_value(name, last_before.get(name), last_after.get(name), periods.get(name)) for name in names]
    shared = [row for row in before if row in after]
    sizes = {row: _largest(before[row], after[row], periods) for row in shared}
    gone, come = len(before) - len(shared), len(after) - len(shared)
    return Values(
        changed=tuple(value for value in values if value.old != value.new),
        unchanged=sum(value.old == value.new for value in values),
        bindings=Bindings(len(before), len(after), come, gone, sum(size > 0 for size in sizes.values())),
        largest=math.inf if gone or come else max(sizes.values(), default=0.0),
    )


def _rows(values: ParameterSet | None, renamed: Mapping[str, str]) -> dict[str, dict[str, float]]:
    if values is None:
        return {}
    names = [renamed.get(name, name) for name in values.names]
    return {
        binding: dict(zip(names, row, strict=True)) for binding, row in zip(values.bindings, values.values, strict=True)
    }


def _value(name: str, old: float | None, new: float | None, period: float | None) -> Value:
    difference = None if old is None or new is None else wrapped(new - old, period)
    return Value(name, old, new, difference, period)


def _largest(old: Mapping[str, float], new: Mapping[str, float], periods: Mapping[str, float | None]) -> float:
    if old.keys() != new.keys():
        return math.inf
    return max((abs(wrapped(new[name] - value, periods.get(name))) for name, value in old.items()), default=0.0)
