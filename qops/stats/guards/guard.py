"""What every guard returns."""

from typing import NamedTuple


class Guard(NamedTuple):
    """A statistic, the probability of one as great or greater in a sound experiment, and the level of alarm."""

    statistic: float
    p_value: float
    level: float

    @property
    def passed(self) -> bool:
        """Whether there is no reason to doubt the experiment."""
        return self.p_value > self.level
