"""How small a difference so many blocks can find, and how many blocks a difference needs.

The mean difference of J blocks of m shots an arm has the variance [p_A q_A/m + p_B q_B/m + 2σ²]/J, and Student's
approximation to power [1]_ adds the quantiles of the level and of the power with J - 1 degrees of freedom. σ is how
far jobs differ within a block: what both arms of a block share has dropped out. Flips have a little less power than
Student's t with fewer than twenty blocks.

References:
    [1] G. W. Snedecor and W. G. Cochran, Statistical Methods, 8th edition (1989), section 6.14.
"""

import math
from typing import NamedTuple

from qops.stats import student
from qops.stats.blocks.flips import FEWEST

MOST = 1_000_000
_STEP = 8


class Design(NamedTuple):
    """Rates of both arms, σ of jobs, shots of an arm in a block, and the test's level, of one side or both."""

    first: float
    second: float
    sigma: float
    shots: int
    alpha: float = 0.05
    sides: int = 2

    @property
    def of_block(self) -> float:
        """The variance of one block's difference."""
        shot = self.first * (1 - self.first) + self.second * (1 - self.second)
        return shot / self.shots + 2 * self.sigma**2


def detectable(design: Design, blocks: int, power: float = 0.8) -> float:
    """The least difference that is found with this power; at least two blocks.

    >>> round(detectable(Design(0.5, 0.5, 0.01, 1000), 20), 4)
    0.0175
    """
    freedom = blocks - 1
    reach = student.quantile(1 - design.alpha / design.sides, freedom) + student.quantile(power, freedom)
    return reach * math.sqrt(design.of_block / blocks)


def power(design: Design, blocks: int, difference: float) -> float:
    """The probability of finding a difference of this size, on the side where it is; at least two blocks."""
    freedom = blocks - 1
    error = math.sqrt(design.of_block / blocks)
    if error <= 0:
        return 1.0 if difference else design.alpha
    return student.tail(student.quantile(1 - design.alpha / design.sides, freedom) - abs(difference) / error, freedom)


def blocks_needed(design: Design, difference: float, power: float = 0.8) -> int | None:
    """The fewest blocks, not below `FEWEST`, that find this difference; None beyond `MOST`.

    >>> blocks_needed(Design(0.5, 0.5, 0.01, 1000), 0.0178)
    20
    """
    if detectable(design, FEWEST, power) <= abs(difference):
        return FEWEST
    high = _as_if_normal(design, difference, power)
    low = high - 1
    while detectable(design, high, power) > abs(difference):
        low, high = high, high + _STEP
        if high > MOST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if detectable(design, middle, power) <= abs(difference) else (middle, high)
    return high


def _as_if_normal(design: Design, difference: float, power: float) -> int:
    """The blocks that would do if the deviation were known: one fewer is too few without. More than `FEWEST`."""
    reach = student.quantile(1 - design.alpha / design.sides, math.inf) + student.quantile(power, math.inf)
    wanted = reach**2 * design.of_block / difference**2 if difference else math.inf
    return max(FEWEST + 1, math.ceil(min(wanted, float(MOST))))


def shots_needed(design: Design, blocks: int, difference: float, power: float = 0.8) -> int | None:
    """The fewest shots an arm in each of these blocks; None where σ alone hides the difference.

    >>> shots_needed(Design(0.5, 0.5, 0.0, 1), 20, 0.02), shots_needed(Design(0.5, 0.5, 0.1, 1), 20, 0.02)
    (546, None)
    """
    one = detectable(design._replace(shots=1, sigma=0.0), blocks, power) ** 2
    jobs = detectable(design._replace(first=0.0, second=0.0, shots=1), blocks, power) ** 2
    left = difference**2 - jobs
    return max(1, math.ceil(one / left)) if left > 0 else None
