"""Amplitude estimation beside plain sampling: calls of the circuit, and what noise does to the interval."""

import math
from collections.abc import Iterator

import numpy as np

from benchmarks import outcome
from benchmarks.outcome import Row
from qops.stats.amplitude import iterative, likelihood
from qops.stats.amplitude.estimate import plain_shots
from qops.stats.amplitude.noise import TOLERATED

WIDTHS = ((0.5, 0.05), (0.5, 0.01), (0.5, 0.001), (0.1, 0.005), (0.99, 0.02), (0.99, 0.001))


class Oracle:
    """Passes with sin²((2k + 1)θ), less a share of contrast for every call."""

    def __init__(self, probability: float, seed: int, gamma: float = 0.0) -> None:
        self._theta = math.asin(math.sqrt(probability))
        self._chance = np.random.default_rng(seed)
        self._gamma = gamma

    def __call__(self, k: int, shots: int) -> int:
        """How many shots passed."""
        contrast = math.exp(-self._gamma * (2 * k + 1))
        share = 0.5 + (math.sin((2 * k + 1) * self._theta) ** 2 - 0.5) * contrast
        return int(self._chance.binomial(shots, min(max(share, 0.0), 1.0)))


def rows(*, small: bool) -> Iterator[Row]:
    """Calls at an equal width, then coverage without noise, with noise, and within what is tolerated."""
    runs = 5 if small else 1000
    for probability, width in WIDTHS:
        yield _calls(probability, width, runs // 5)
    for probability in (0.1, 0.3, 0.99):
        what = f"intervals that hold {probability} at 95 %, half width 0.005"
        yield Row(f"holds_{probability}", what, _coverage(probability, 0.005, runs), "%", bar=93.4, at_least=True)
    likely = sum(_holds_likely(seed) for seed in range(runs))
    yield Row("holds_likelihood", "the same by maximum likelihood, 0.3, k to 32", 100 * likely / runs, "%")
    for gamma in (0.001, 0.005, 0.02):
        lost = f"{100 * gamma:g} % of contrast lost a call"
        limit = math.floor((TOLERATED / gamma - 1) / 2)
        free = _coverage(0.3, 0.002, runs, gamma)
        yield Row(f"noise_{gamma}", f"{lost}, half width 0.002: as many iterations as it likes", free, "%")
        limited = _coverage(0.3, 0.002, runs, gamma, limit)
        yield Row(f"limited_{gamma}", f"{lost}, half width 0.002: (2k + 1)γ ≤ {TOLERATED}", limited, "%")
        width = max(0.002, gamma)
        held = _coverage(0.3, width, runs, gamma, limit, loss=1.2 * gamma)
        what = f"{lost}, half width {width}: the same, and the loss allowed for"
        yield Row(f"allowed_{gamma}", what, held, "%", bar=93.4, at_least=True)


def _calls(probability: float, width: float, runs: int) -> Row:
    calls = np.mean([iterative.estimate(Oracle(probability, seed), width).calls for seed in range(max(1, runs))])
    ratio = plain_shots(probability, width) / float(calls)
    what = f"shots of plain sampling by calls of the estimator, {probability} ± {width}"
    return Row(f"calls_{probability}_{width}", what, ratio, "x")


def _coverage(
    probability: float, width: float, runs: int, gamma: float = 0.0, limit: int | None = None, loss: float = 0.0
) -> float:
    found = [
        iterative.estimate(Oracle(probability, seed, gamma), width, most_iterations=limit, loss=loss)
        for seed in range(runs)
    ]
    return 100 * sum(each.low <= probability <= each.high for each in found) / runs


def _holds_likely(seed: int) -> bool:
    found = likelihood.estimate(Oracle(0.3, seed), likelihood.schedule(6), 200)
    return found.low <= 0.3 <= found.high


if __name__ == "__main__":
    outcome.run("amplitude", rows)
