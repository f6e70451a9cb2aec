"""What every two-sample test keeps: its level under exchangeability, whatever the kernel is, and some power."""

import itertools
import math

import numpy as np
import pytest

from qops.errors import InputError
from qops.stats import binomial
from qops.stats.kernels import TESTS, built_in, kernel
from qops.stats.kernels.design import labels, rows_apart, runs, signs
from qops.stats.kernels.fused import fuse, p_value
from qops.stats.kernels.gram import given
from qops.stats.kernels.installed import test as find
from qops.stats.kernels.permutation import squared

DRAWS, RUNS = 19, 400


def rejections(name: str, shift: float, seed: int, runs_of: int = 1) -> int:
    """How often of `RUNS` samples of 12 and 14 units p ≤ 0.05; the rows of a unit are all but copies of each other."""
    chance, rejected = np.random.default_rng(seed), 0
    design = runs([runs_of] * 12, [runs_of] * 14)
    for run in range(RUNS):
        units = chance.normal(size=(26, 2))
        units[:12] += shift
        rows = np.repeat(units, runs_of, axis=0) + 0.01 * chance.normal(size=(26 * runs_of, 2))
        rejected += p_value(built_in(name).statistics(kernel("rbf").prepare(rows, None), design, DRAWS, run)) <= 0.05
    return rejected


@pytest.mark.parametrize("name", TESTS)
class TestEveryTest:
    def test_it_keeps_its_level(self, name: str) -> None:
        low, _ = binomial.interval(rejections(name, 0.0, 1), RUNS, 0.999)
        assert low <= 0.05

    def test_it_keeps_its_level_with_runs_that_depend(self, name: str) -> None:
        low, _ = binomial.interval(rejections(name, 0.0, 2, runs_of=3), RUNS, 0.999)
        assert low <= 0.05

    def test_it_finds_what_is_large(self, name: str) -> None:
        _, high = binomial.interval(rejections(name, 1.5, 3), RUNS, 0.999)
        assert high >= 0.3
        assert rejections(name, 1.5, 3) > 2 * rejections(name, 0.0, 3)

    def test_it_is_repeatable(self, name: str) -> None:
        gram = kernel("rbf").prepare(np.random.default_rng(1).normal(size=(20, 2)), None)
        first, again = (built_in(name).statistics(gram, rows_apart(10, 10), 30, 5) for _ in range(2))
        assert np.array_equal(first, again)
        assert len(first) == 31
        assert not np.array_equal(first[1:], built_in(name).statistics(gram, rows_apart(10, 10), 30, 6)[1:])

    def test_an_indefinite_kernel_changes_no_level(self, name: str) -> None:
        chance, rejected = np.random.default_rng(4), 0
        for run in range(RUNS):
            noise = chance.normal(size=(24, 24))
            rejected += (
                p_value(built_in(name).statistics(given(noise + noise.T), rows_apart(12, 12), DRAWS, run)) <= 0.05
            )
        low, high = binomial.interval(rejected, RUNS, 0.999)
        assert low <= 0.05 <= high


def test_rows_that_depend_break_single_permutations() -> None:
    """Why units are exchanged: the same rows, as if each were independent, reject far too often."""
    chance, rejected = np.random.default_rng(2), 0
    for run in range(100):
        rows = np.repeat(chance.normal(size=(26, 2)), 4, axis=0) + 0.01 * chance.normal(size=(104, 2))
        statistics = built_in("permutation").statistics(
            kernel("rbf").prepare(rows, None), rows_apart(48, 56), DRAWS, run
        )
        rejected += p_value(statistics) <= 0.05
    low, _ = binomial.interval(rejected, 100, 0.999)
    assert low > 0.3


def test_permutations_are_all_of_them() -> None:
    """With three rows against three, the distribution over draws is that over all twenty choices."""
    gram = kernel("rbf").prepare(np.random.default_rng(8).normal(size=(6, 1)), None)
    chosen = np.array([[row in pick for row in range(6)] for pick in itertools.combinations(range(6), 3)]).T
    exact = squared(gram, chosen)
    drawn = built_in("permutation").statistics(gram, rows_apart(3, 3), 4000, 1)
    exact_p = float((exact >= drawn[0] - 1e-12).mean())
    hits = int((drawn[1:] >= drawn[0] - 1e-12).sum())
    low, high = binomial.interval(hits, 4000, 0.999)
    assert low <= exact_p <= high


def test_every_choice_of_units_is_as_likely() -> None:
    drawn = labels(runs([2, 2], [2, 2, 2]), 20_000, 3)[:, 1:]
    assert (drawn.sum(axis=0) == 4).all()
    assert (drawn[::2] == drawn[1::2]).all()
    codes = (drawn[::2] * (1 << np.arange(5))[:, None]).sum(axis=0)
    _, times = np.unique(codes, return_counts=True)
    assert len(times) == math.comb(5, 2)
    for count in times:
        low, high = binomial.interval(int(count), 20_000, 0.9999)
        assert low <= 0.1 <= high


def test_labels_as_observed_come_first() -> None:
    assert labels(runs([2, 1], [3]), 2, 1)[:, 0].tolist() == [True, True, True, False, False, False]
    assert signs(3, 5, 1)[:, 0].tolist() == [1, 1, 1]
    assert set(np.unique(signs(40, 40, 1))) == {-1, 1}


def test_p_values_are_never_nought_and_ties_count() -> None:
    assert p_value(np.array([9.0, *np.zeros(99)])) == 0.01
    assert p_value(np.array([1.0, 1.0 - 1e-14, 0.5])) == 2 / 3
    assert p_value(np.zeros(20)) == 1.0


def test_fusing_keeps_the_level_and_the_power_of_the_better() -> None:
    """Linear and RBF kernels on samples that differ in spread alone, which the linear one cannot see."""
    chance = np.random.default_rng(6)
    found = {"null": 0, "fused": 0, "linear": 0}
    for run in range(300):
        for name, spread in (("null", 1.0), ("fused", 4.0)):
            rows = chance.normal(size=(30, 1)) * np.repeat([1.0, spread], 15)[:, None]
            each = [
                built_in("permutation").statistics(kernel(kind).prepare(rows, None), rows_apart(15, 15), 39, run)
                for kind in ("linear", "rbf")
            ]
            found[name] += p_value(fuse(each)) <= 0.05
            found["linear"] += name == "fused" and p_value(each[0]) <= 0.05
    assert binomial.interval(found["null"], 300, 0.999)[0] <= 0.05
    assert found["fused"] > 2 * found["linear"]


def test_a_test_that_nobody_offers() -> None:
    with pytest.raises(InputError, match="no two-sample test `permutations`") as caught:
        find("permutations", None)
    assert "permutation" in str(caught.value.hint)
    assert find("wild", None) is built_in("wild")
