"""Evidence from ranks is an e-value while order tells nothing, exactly, and grows when it tells something."""

from itertools import permutations
from statistics import fmean

import numpy as np
import pytest

from qops.stats.sequential import ranks


@pytest.mark.parametrize("number", [1, 2, 3, 5, 7])
def test_over_all_orders_the_mean_is_1(number: int) -> None:
    found = [ranks.evidence([float(each) for each in order]) for order in permutations(range(number))]
    assert fmean(each.falling for each in found) == pytest.approx(0.5)
    assert fmean(each.rising for each in found) == pytest.approx(0.5)


def test_over_all_orders_of_equal_values_the_mean_is_at_most_1() -> None:
    for values in ([1.0, 1.0, 2.0, 3.0], [1.0, 1.0, 1.0, 2.0], [1.0, 1.0, 2.0, 2.0, 3.0]):
        assert fmean(ranks.evidence(order).e_value for order in permutations(values)) <= 1


def test_it_grows_with_a_trend_of_any_form() -> None:
    falling = [100.0 / (1 + each) for each in range(12)]
    assert ranks.evidence(falling).falling > 100
    assert ranks.evidence(falling).rising < 0.5
    assert ranks.evidence([-each for each in falling]).rising == pytest.approx(ranks.evidence(falling).falling)


def test_a_change_late_is_seen_too() -> None:
    chance = np.random.default_rng(2)
    values = [*chance.normal(0, 1, 30), *chance.normal(3, 1, 30)]
    assert ranks.evidence(list(map(float, values))).rising > 20
