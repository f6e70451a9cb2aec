"""The way of a chart through a series, and what a chart is told of the baseline."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qops.model.drift import Frozen

Numbers = npt.NDArray[np.float64]

DIRECTIONS = ("down", "up")


class Usual(NamedTuple):
    """What a series is like while nothing has changed.

    `rate`, `between`, `low`, `high` as in a baseline, `shots` a usual number of them; of several series together, each
    is an array that broadcasts with theirs, shape (K, 1). `confidence` is 0 where the band is the rate itself.
    """

    rate: float | Numbers
    between: float | Numbers
    low: float | Numbers
    high: float | Numbers
    shots: float | Numbers
    confidence: float = 0.0

    @classmethod
    def of(cls, baseline: Frozen) -> "Usual":
        """As one baseline has it."""
        confidence = baseline.confidence if baseline.guarded else 0.0
        return cls(baseline.rate, baseline.between, baseline.low, baseline.high, baseline.shots, confidence)

    @classmethod
    def together(cls, baselines: list[Frozen]) -> "Usual":
        """As many baselines have it, one a row."""
        rows = np.array([cls.of(each) for each in baselines], dtype=float)
        rate, between, low, high, shots, confidence = (column[:, None] for column in rows.T)
        return cls(rate, between, low, high, shots, float(confidence.max()))


class Limit(NamedTuple):
    """At `limit` or more a chart is in alarm, below `rest` it is calm; `promise` says what the run length rests on."""

    limit: float
    rest: float
    promise: str


class Path(NamedTuple):
    """`statistic` after each epoch, one row a direction, shape (2, T); the rest as in `Limit`."""

    statistic: Numbers
    limit: float
    rest: float
    promise: str

    def alarms(self) -> dict[str, int]:
        """The epoch of the alarm that lasts, by direction: the first over the limit since the chart last was calm."""
        found = {direction: self._lasting(row) for direction, row in zip(DIRECTIONS, self.statistic, strict=True)}
        return {direction: at for direction, at in found.items() if at is not None}

    def first_over(self) -> int | None:
        """The first epoch over the limit, whether that alarm lasts or not."""
        over = np.flatnonzero((self.statistic >= self.limit).any(axis=0))
        return int(over[0]) if len(over) else None

    def calm(self) -> tuple[str, ...]:
        """The directions in which the evidence is gone."""
        ends = zip(DIRECTIONS, self.statistic, strict=True)
        return tuple(direction for direction, row in ends if not len(row) or row[-1] < self.rest)

    def _lasting(self, row: Numbers) -> int | None:
        over = np.flatnonzero(row >= self.limit)
        if not len(over):
            return None
        calm = np.flatnonzero(row < self.rest)
        ended = calm[calm > over[0]]
        begun = over[over > ended[-1]] if len(ended) else over
        return int(begun[0]) if len(begun) else None
