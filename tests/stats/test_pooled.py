import math
from collections.abc import Sequence

import numpy as np
import pytest

from qops.stats import binomial, welch
from qops.stats.pooled import Series, compare
from qops.stats.welch import Difference, summary

OLD, NEW = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4], [1.9, 0.8, 1.1, 0.1, -0.1]


def series(block: str, old: Sequence[float], new: Sequence[float], least: float = 0.0) -> Series:
    return Series(block, dict(enumerate(old)), dict(enumerate(new)), least)


def found(rows: Sequence[Series], number: int = 0) -> Difference:
    difference = compare(rows, number or len(rows))
    assert difference is not None
    return difference


def test_one_row_is_welchs_test() -> None:
    alone = welch.compare(summary(OLD), summary(NEW))
    assert alone is not None
    assert tuple(found([series("a", OLD, NEW)])) == pytest.approx(tuple(alone))


def test_rows_that_did_not_move_change_the_size_and_not_the_evidence() -> None:
    alone, among = found([series("a", OLD, NEW)]), found([series("a", OLD, NEW)], 4)
    assert among.size == pytest.approx(alone.size / 4)
    assert among.p_value == pytest.approx(alone.p_value)


def test_blocks_of_their_own_add_up() -> None:
    """20 alike rows, independent: the error is √20 times smaller, and the freedom 20 times greater."""
    alone, all_of_them = found([series("a", OLD, NEW)]), found([series(str(k), OLD, NEW) for k in range(20)])
    assert all_of_them.size == pytest.approx(alone.size)
    assert all_of_them.error == pytest.approx(alone.error / math.sqrt(20))
    assert all_of_them.freedom == pytest.approx(20 * alone.freedom)


def test_rows_that_share_all_their_luck_are_one_row() -> None:
    assert tuple(found([series("a", OLD, NEW)] * 20)) == pytest.approx(tuple(found([series("a", OLD, NEW)])))


def test_a_quiet_row_is_heard_over_a_noisy_one() -> None:
    """Weights by hand: variances 1 and 100, a tenth of the mean added, 5.05."""
    quiet, noisy = [-1.0, 0.0, 1.0], [-10.0, 0.0, 10.0]
    one = found([series("a", quiet, [value + 1 for value in quiet]), series("b", noisy, noisy)])
    weights = 1 / math.sqrt(6.05), 1 / math.sqrt(105.05)
    assert one.size == pytest.approx(weights[0] / sum(weights))


def test_draws_that_are_missing_part_a_block() -> None:
    """With two draws in common the block stays one; with fewer each row stands for itself."""
    first = Series("a", {0: 0.0, 1: 1.0, 2: 2.0}, {0: 1.0, 1: 2.0, 2: 4.0})
    two, none = (Series("a", {k: 0.5 + k for k in draws}, {k: 1.0 + k for k in draws}) for draws in ((1, 2, 3), (7, 8)))
    assert found([first, two]).freedom < 4
    assert found([first, none]).freedom == found([first, none._replace(block="b")]).freedom


def test_what_is_no_sample() -> None:
    assert compare([series("a", [1.0], [2.0, 3.0])], 1) is None
    assert compare([], 3) is None


def test_rows_that_do_not_vary() -> None:
    grown, same = series("a", [0.0] * 5, [1.0] * 5), series("b", [0.0] * 5, [0.0] * 5)
    assert found([grown, grown._replace(block="c"), same]).p_value == 2 / 1024
    assert found([same]).p_value == 1


def test_the_least_variance_stands_in_for_none() -> None:
    assert found([series("a", [0.0] * 5, [1.0] * 5, least=0.5)]).error == pytest.approx(math.sqrt(2 * 0.5 / 5))


@pytest.mark.parametrize("shared", [0.0, 0.9])
def test_false_alarms_are_as_rare_as_promised(shared: float) -> None:
    """2,000 pairs of 5 blocks of 3 rows, noise of all sizes, independent or mostly shared: 1 in 100 alarms."""
    chance = np.random.default_rng(2)
    alarms = 0
    for _ in range(2000):
        rows = []
        for block in "abcde":
            widths = chance.uniform(0.01, 0.1, 3)[:, None]
            sides = [chance.normal(0, 1, (1, 5)) * shared + chance.normal(0, 1, (3, 5)) for _ in "on"]
            rows += [series(block, *pair) for pair in zip(*(list(widths * side) for side in sides), strict=True)]
        alarms += found(rows).p_value <= 0.01
    low, _ = binomial.interval(alarms, 2000, 0.999)
    assert low <= 0.01
