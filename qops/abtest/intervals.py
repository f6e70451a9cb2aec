"""What an interval of B - A says of a goal."""

from qops.model.verdict import Outcome


def outcome(goal: str, margin: float, low: float, high: float) -> Outcome:
    """Whether the goal is reached, refuted, or open, by an interval from `low` to `high`.

    >>> outcome("non-inferior", 0.01, -0.005, 0.02), outcome("different", 0.0, -0.02, -0.01)
    (<Outcome.PASS: 'pass'>, <Outcome.FAIL: 'fail'>)
    """
    if goal == "equivalent":
        good, bad = -margin < low and high < margin, low > margin or high < -margin
    else:
        least = -margin if goal == "non-inferior" else margin
        good, bad = low > least, high < least
    return Outcome.PASS if good else Outcome.FAIL if bad else Outcome.INCONCLUSIVE
