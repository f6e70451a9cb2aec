"""Both estimators against oracles that pass exactly as theory says, and against noise that they are to refuse."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from qops.stats import binomial
from qops.stats.amplitude import iterative, likelihood
from qops.stats.amplitude.estimate import Estimate, plain_shots
from qops.stats.amplitude.noise import TOLERATED, loss

RUNS = 100


class Oracle:
    """Passes with sin²((2k + 1)θ), less a share of contrast for every call; counts its calls."""

    def __init__(self, probability: float, seed: int, gamma: float = 0.0) -> None:
        self.theta = math.asin(math.sqrt(probability))
        self.chance = np.random.default_rng(seed)
        self.gamma = gamma
        self.calls = 0

    def __call__(self, k: int, shots: int) -> int:
        self.calls += shots * (2 * k + 1)
        contrast = math.exp(-self.gamma * (2 * k + 1))
        share = 0.5 + (math.sin((2 * k + 1) * self.theta) ** 2 - 0.5) * contrast
        return int(self.chance.binomial(shots, min(max(share, 0.0), 1.0)))


ESTIMATORS: dict[str, Callable[[Oracle], Estimate]] = {
    "iterative": lambda oracle: iterative.estimate(oracle, 0.005),
    "limited": lambda oracle: iterative.estimate(oracle, 0.01, most_iterations=5),
    "likelihood": lambda oracle: likelihood.estimate(oracle, likelihood.schedule(6), 200),
}


@pytest.mark.parametrize("name", ESTIMATORS)
@pytest.mark.parametrize("probability", [0.0, 0.1, 0.3, 0.5, 0.8, 0.99, 1.0])
class TestEveryEstimator:
    def test_its_interval_holds_the_truth(self, name: str, probability: float) -> None:
        covered = 0
        for seed in range(RUNS if name == "iterative" else RUNS // 2):
            found = ESTIMATORS[name](Oracle(probability, seed))
            covered += found.low <= probability <= found.high
        runs = RUNS if name == "iterative" else RUNS // 2
        assert binomial.interval(covered, runs, 0.999)[1] >= 0.95

    def test_it_tells_its_calls_and_stays_inside(self, name: str, probability: float) -> None:
        oracle = Oracle(probability, 7)
        found = ESTIMATORS[name](oracle)
        assert found.calls == oracle.calls
        assert 0 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize("half_width", [0.05, 0.01, 0.001])
@pytest.mark.parametrize("probability", [0.1, 0.5, 0.99])
def test_the_width_that_was_asked_for_is_reached(half_width: float, probability: float) -> None:
    for seed in range(10):
        assert iterative.estimate(Oracle(probability, seed), half_width).half_width <= half_width


def test_it_is_cheaper_than_sampling_where_it_is_narrow_and_dearer_where_it_is_wide() -> None:
    narrow = [iterative.estimate(Oracle(0.5, seed), 0.001) for seed in range(10)]
    assert np.mean([found.calls for found in narrow]) < plain_shots(0.5, 0.001) / 5
    wide = [iterative.estimate(Oracle(0.99, seed), 0.02) for seed in range(10)]
    assert np.mean([found.calls for found in wide]) > plain_shots(0.99, 0.02)


def test_a_limit_of_iterations_is_kept() -> None:
    assert (
        max(iterative.estimate(Oracle(0.3, seed), 0.002, most_iterations=9).most_iterations for seed in range(5)) <= 9
    )
    assert iterative.estimate(Oracle(0.3, 1), 0.02, most_iterations=0).most_iterations == 0


@pytest.mark.parametrize(("probability", "half_width", "shots"), [(0.5, 0.01, 9702), (0.1, 0.005, 14_024)])
def test_plain_sampling(probability: float, half_width: float, shots: int) -> None:
    assert plain_shots(probability, half_width) == pytest.approx(shots, rel=0.01)
    with pytest.raises(ValueError, match="width above 0"):
        plain_shots(probability, 0)


def test_noise_beyond_what_is_tolerated_makes_intervals_that_lie() -> None:
    """Half a per cent for each call, and as many iterations as ε = 0.002 wants: coverage is far below 95 %."""
    found = [iterative.estimate(Oracle(0.3, seed, 0.005), 0.002) for seed in range(60)]
    covered = sum(each.low <= 0.3 <= each.high for each in found)
    assert binomial.interval(covered, 60, 0.999)[1] < 0.95


def test_half_hides_the_noise() -> None:
    found = [iterative.estimate(Oracle(0.5, seed, 0.005), 0.002) for seed in range(40)]
    assert sum(each.low <= 0.5 <= each.high for each in found) >= 36


@pytest.mark.parametrize("probability", [0.05, 0.3, 0.99])
@pytest.mark.parametrize(("gamma", "half_width"), [(0.001, 0.002), (0.005, 0.004), (0.02, 0.015)])
def test_intervals_that_allow_for_the_loss_hold(probability: float, gamma: float, half_width: float) -> None:
    limit = math.floor((TOLERATED / gamma - 1) / 2)
    found = [
        iterative.estimate(Oracle(probability, seed, gamma), half_width, most_iterations=limit, loss=1.2 * gamma)
        for seed in range(60)
    ]
    covered = sum(each.low <= probability <= each.high for each in found)
    assert binomial.interval(covered, 60, 0.999)[1] >= 0.95


def test_a_limit_of_iterations_alone_does_not_help_where_shots_are_many() -> None:
    """The loss moves a share of 0.3 by 0.004 at every k: an interval that is narrower misses it."""
    found = [iterative.estimate(Oracle(0.3, seed, 0.02), 0.002, most_iterations=0) for seed in range(40)]
    assert binomial.interval(sum(each.low <= 0.3 <= each.high for each in found), 40, 0.999)[1] < 0.95


def test_the_loss_is_found_on_a_known_probability() -> None:
    held = 0
    for seed in range(100):
        measured = loss(0.9, 2, Oracle(0.9, seed, 0.01)(2, 4000), 4000)
        held += measured.high >= 0.01
        assert measured.value == pytest.approx(0.01, abs=0.012)
    assert binomial.interval(held, 100, 0.999)[1] >= 0.95
    assert loss(0.9, 0, 900, 1000).most_iterations == -1
    assert loss(0.99, 0, 100, 1000).high == math.inf


@pytest.mark.parametrize(("known", "iterations"), [(0.5, 0), (0.5, 4), (0.6, 0)])
def test_half_shows_no_loss(known: float, iterations: int) -> None:
    with pytest.raises(ValueError, match="too near to 1/2"):
        loss(known, iterations, 500, 1000)
