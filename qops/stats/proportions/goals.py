"""What an interval of the difference B - A says about a goal with a margin, and the shots that this takes.

Superiority is a lower end above 0, non-inferiority a lower end above -margin, equivalence an interval inside ±margin:
two one-sided tests [1]_. An interval of confidence 1 - 2α gives each of these the level α.

References:
    [1] D. J. Schuirmann, A comparison of the two one-sided tests procedure and the power approach, Journal of
        Pharmacokinetics and Biopharmaceutics 15 (1987) 657-680.
    [2] S.-C. Chow, J. Shao and H. Wang, Sample Size Calculations in Clinical Research, 2nd edition (2008), section 4.2.
"""

import math

from scipy import special


def superior(interval: tuple[float, float]) -> bool:
    """Whether B is better."""
    return interval[0] > 0


def non_inferior(interval: tuple[float, float], margin: float) -> bool:
    """Whether B is not worse by the margin, which is above 0."""
    return interval[0] > -margin


def equivalent(interval: tuple[float, float], margin: float) -> bool:
    """Whether the arms differ by less than the margin, which is above 0."""
    return -margin < interval[0] and interval[1] < margin


def shots_non_inferior(rate: float, margin: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Independent shots of each arm for non-inferiority of equal arms [2]_; times the design effect where jobs vary.

    >>> shots_non_inferior(0.9, 0.02)
    2783
    """
    return _shots(rate, margin, float(special.ndtri(1 - alpha) + special.ndtri(power)))


def shots_equivalent(rate: float, margin: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Independent shots of each arm for equivalence of equal arms [2]_.

    >>> shots_equivalent(0.9, 0.02)
    3854
    """
    return _shots(rate, margin, float(special.ndtri(1 - alpha) + special.ndtri((1 + power) / 2)))


def _shots(rate: float, margin: float, reach: float) -> int:
    return math.ceil(2 * rate * (1 - rate) * (reach / margin) ** 2)
