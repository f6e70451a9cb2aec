import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest

from qops.stats import binomial
from qops.stats.sequential import anytime, looks, mixture, symmetry


@pytest.mark.parametrize(
    ("number", "pocock", "obrien"),
    [(1, 1.960, 1.960), (2, 2.178, 1.977), (3, 2.289, 2.004), (4, 2.361, 2.024), (5, 2.413, 2.040), (10, 2.555, 2.087)],
)
def test_the_published_constants(number: int, pocock: float, obrien: float) -> None:
    """Jennison and Turnbull, Group Sequential Methods (2000), tables 2.1 and 2.3."""
    assert looks.pocock(number)[0] == pytest.approx(pocock, abs=6e-4)
    assert looks.obrien_fleming(number)[-1] == pytest.approx(obrien, abs=6e-4)


@pytest.mark.parametrize("schedule", looks.SCHEDULES.values())
def test_the_level_is_spent(schedule: Callable[[int, float], tuple[float, ...]]) -> None:
    for number, alpha in itertools.product((1, 4, 25), (0.01, 0.1)):
        bounds = schedule(number, alpha)
        assert looks.crossing(bounds) == pytest.approx(alpha, rel=1e-6)
        assert all(a >= b for a, b in itertools.pairwise(bounds))


def test_symmetric_evidence_has_the_mean_one() -> None:
    """Over all signs of any sizes the evidence is 1 on average: it is a martingale."""
    sizes = [0.3, 2.0, 0.0, 1.1, 5.0]
    signs = itertools.product((1, -1), repeat=len(sizes))
    ends = [math.exp(symmetry.path([s * d for s, d in zip(row, sizes, strict=True)], 0.7)[-1]) for row in signs]
    assert math.fsum(ends) / len(ends) == pytest.approx(1)


def test_exchanged_arms_are_the_same_evidence() -> None:
    values = [0.3, -2.0, 0.1]
    assert symmetry.path(values, 1.0) == pytest.approx(symmetry.path([-v for v in values], 1.0))
    assert symmetry.path(values, 1.0, "less") == pytest.approx(symmetry.path([-v for v in values], 1.0, "greater"))


def test_huge_differences_stay_finite() -> None:
    assert np.isfinite(symmetry.path([1e300, -1e300, 1e5], 1e-3)).all()


def test_looking_after_every_block_keeps_the_level() -> None:
    """Blocks whose jobs drift on their own, far beyond the planned scale: at most 5 % ever reach 20."""
    chance = np.random.default_rng(5)
    runs = chance.standard_t(3, (2000, 60)) * 4
    alarms = sum(anytime.p_value(symmetry.path(run, 1.0)) <= 0.05 for run in runs)
    assert binomial.interval(alarms, 2000, 0.999)[0] <= 0.05


def test_a_batch_of_equal_rates_has_mean_evidence_of_at_most_one() -> None:
    """Exactly, over all counts of a batch, for many true rates."""
    shots = 6
    combine = [math.comb(shots, k) for k in range(shots + 1)]
    for rate in np.linspace(0, 1, 21):
        weights = [c * rate**k * (1 - rate) ** (shots - k) for k, c in enumerate(combine)]
        mean = math.fsum(
            weights[a] * weights[b] * math.exp(mixture.path([a], [b], shots, 0.2, 0.4)[-1])
            for a, b in itertools.product(range(shots + 1), repeat=2)
        )
        assert mean <= 1 + 1e-9


def test_the_mixture_finds_what_it_was_planned_for() -> None:
    chance = np.random.default_rng(6)
    found = [
        anytime.p_value(
            mixture.path(chance.binomial(100, 0.5, 40).tolist(), chance.binomial(100, b, 40).tolist(), 100, 0.05, 0.5)
        )
        for b in [0.5] * 300 + [0.58] * 30
    ]
    assert binomial.interval(sum(p <= 0.05 for p in found[:300]), 300, 0.999)[0] <= 0.05
    assert sum(p <= 0.05 for p in found[300:]) >= 25


def test_p_values_only_fall() -> None:
    assert anytime.p_value([1e6]) > 0
    assert anytime.p_value([-3.0]) == 1
    assert anytime.p_value([3.0, -5.0]) == pytest.approx(math.exp(-3))
