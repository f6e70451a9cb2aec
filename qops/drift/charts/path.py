"""The way of a chart through a series."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

DIRECTIONS = ("down", "up")


class Path(NamedTuple):
    """`statistic` after each epoch, one row a direction, shape (2, T); over `limit` is an alarm, below `rest` calm.

    `promise` says what the run length rests on.
    """

    statistic: Numbers
    limit: float
    rest: float
    promise: str

    def alarms(self) -> dict[str, int]:
        """The epoch of the alarm that lasts, by direction: the first over the limit since the chart last was calm."""
        found = {direction: self._lasting(row) for direction, row in zip(DIRECTIONS, self.statistic, strict=True)}
        return {direction: at for direction, at in found.items() if at is not None}

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
