"""An axis: which values it spans, where each of them is, and which are named."""

import math
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec

_MARGIN = 0.04
_FAR, _NEAR = 1e300, 1e-300  # beyond these, differences and steps are no numbers any more
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_STEPS = (1, 5, 15, _MINUTE, 5 * _MINUTE, 15 * _MINUTE, _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR)
_DAYS = (1, 2, 7, 14, 28, 91, 182, 364, 728, 1820, 3640)
_SECONDS = (*_STEPS, *(days * _DAY for days in _DAYS))
_START = datetime(1970, 1, 1, tzinfo=UTC)


class Axis(msgspec.Struct, frozen=True):
    """From `low` to `high`, which differ; on a `logarithmic` axis these are logarithms to the base ten."""

    low: float
    high: float
    logarithmic: bool = False
    times: bool = False

    def place(self, value: float | None) -> float | None:
        """Where a value is, 0 to 1 for those that are spanned; None for what has no place."""
        found = self.scaled(value)
        return None if found is None else (found - self.low) / (self.high - self.low)

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """The places of at most so many round values, with their names; ascending."""
        steps = self._powers(most) if self.logarithmic else self._moments(most) if self.times else self._round(most)
        return [((scaled - self.low) / (self.high - self.low), name) for scaled, name in steps]

    def name(self, value: float) -> str:
        """A value in words."""
        return moment(value, 1 if value % _MINUTE else _MINUTE) if self.times else f"{value:.5g}"

    def scaled(self, value: float | None) -> float | None:
        """A value as the axis counts: its logarithm on a logarithmic one; None for what has no place."""
        if value is None or not math.isfinite(value) or (self.logarithmic and value <= 0):
            return None
        return math.log10(value) if self.logarithmic else max(-_FAR, min(value, _FAR))

    def _powers(self, most: int) -> Iterator[tuple[float, str]]:
        first, last = math.ceil(self.low), math.floor(self.high)
        if last <= first:  # less than two decades: round values between them
            for value in _multiples(10**self.low, 10 ** min(self.high, 308.0), most):
                yield math.log10(value), f"{value:.4g}"
            return
        step = max(1, math.ceil((last - first + 1) / most))
        yield from (
            (float(power), f"1e{power}" if abs(power) > 3 else f"{10.0**power:g}")
            for power in range(first, last + 1, step)
        )

    def _moments(self, most: int) -> Iterator[tuple[float, str]]:
        step = next((step for step in _SECONDS if (self.high - self.low) / step <= most - 0.5), None)
        if step is None:
            yield from ((value, moment(value)) for value in _multiples(self.low, self.high, most))
            return
        for number in range(math.ceil(self.low / step), math.floor(self.high / step) + 1):
            yield float(number * step), moment(number * step, step)

    def _round(self, most: int) -> Iterator[tuple[float, str]]:
        return ((value, f"{value:.6g}") for value in _multiples(self.low, self.high, most))


def spanning(
    values: Iterable[float | None], *, logarithmic: bool = False, times: bool = False, margin: bool = True
) -> Axis:
    """The axis that spans all the values that have a place, with some room at both ends where it needs a `margin`.

    >>> spanning([2.0, None, 4.0], margin=False)
    Axis(low=2.0, high=4.0, logarithmic=False, times=False)
    """
    unit = Axis(0.0, 1.0, logarithmic, times)
    found = [scaled for scaled in map(unit.scaled, values) if scaled is not None]
    low, high = min(found, default=0.0), max(found, default=1.0)
    room = (high - low) * _MARGIN if margin else 0.0
    if high - low <= max(_NEAR, 1e-12 * max(abs(low), abs(high))):
        room = max(abs(low) * 0.1, 0.5)
    return Axis(low - room, high + room, logarithmic, times)


def moment(seconds: float, step: float = 1.0) -> str:
    """Seconds since 1970 as a time in UTC, as exactly as steps of that length need.

    >>> moment(0), moment(90000, 3600), moment(90000, 86400)
    ('1970-01-01 00:00:00', '1970-01-02 01:00', '1970-01-02')
    """
    try:
        found = _START + timedelta(seconds=seconds)
    except OverflowError:
        return f"{seconds:.6g} s"
    return found.strftime("%Y-%m-%d" if step >= _DAY else "%Y-%m-%d %H:%M" if step >= _MINUTE else "%Y-%m-%d %H:%M:%S")


def _multiples(low: float, high: float, most: int) -> Iterator[float]:
    """The multiples of 1, 2 or 5 times a power of ten between the two, at most so many, and at least one."""
    size = (high - low) / max(1, most)
    power = 10.0 ** math.floor(math.log10(size)) if size > 0 else 1.0
    step = next(factor * power for factor in (1, 2, 5, 10, 20) if factor * power >= size)
    first, last = math.ceil(low / step), math.floor(high / step)
    yield from (number * step for number in range(first, min(last, first + most - 1) + 1))
