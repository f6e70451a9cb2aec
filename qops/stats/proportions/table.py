"""Two arms' hits and trials."""

import math
from typing import NamedTuple


class Table(NamedTuple):
    """Hits and trials of A, then of B: hits between 0 and the trials, trials at least 1."""

    first: int
    first_trials: int
    second: int
    second_trials: int

    @property
    def rates(self) -> tuple[float, float]:
        """Of A and of B."""
        return self.first / self.first_trials, self.second / self.second_trials

    @property
    def difference(self) -> float:
        """How much greater the rate of B is."""
        first, second = self.rates
        return second - first

    @property
    def exchanged(self) -> "Table":
        """B before A."""
        return Table(self.second, self.second_trials, self.first, self.first_trials)

    @property
    def z(self) -> float:
        """The difference over its standard error with one common rate; 0 where every trial had the same outcome."""
        hits, trials = self.first + self.second, self.first_trials + self.second_trials
        if hits in {0, trials}:
            return 0.0
        rate = hits / trials
        return self.difference / math.sqrt(rate * (1 - rate) * (1 / self.first_trials + 1 / self.second_trials))
