import math

import numpy as np
import pytest

from qops.stats import binomial
from qops.stats.blocks import dispersion, paired, planning
from qops.stats.blocks.planning import Design


def test_power_is_reached_where_it_was_planned() -> None:
    design = Design(0.5, 0.5, 0.01, 1000)
    for blocks in (6, 20, 100):
        assert planning.power(design, blocks, planning.detectable(design, blocks, 0.8)) == pytest.approx(0.8)


def test_planned_power_is_seen() -> None:
    """Student's t on 2000 simulated experiments finds the detectable difference about as often as planned."""
    design = Design(0.5, 0.5, 0.01, 1000)
    size = planning.detectable(design, 20)
    chance = np.random.default_rng(1)
    runs = chance.normal(size, math.sqrt(design.of_block), (2000, 20))
    found = sum(one is not None and one.p_value <= 0.05 for one in map(paired.compare, runs.tolist()))
    low, high = binomial.interval(found, 2000, 0.9999)
    assert low - 0.01 <= 0.8 <= high + 0.01


def test_fewest_blocks_and_shots() -> None:
    design = Design(0.9, 0.88, 0.005, 800)
    blocks = planning.blocks_needed(design, 0.01)
    assert blocks is not None
    assert planning.detectable(design, blocks) <= 0.01 < planning.detectable(design, blocks - 1)
    shots = planning.shots_needed(design, 40, 0.01)
    assert shots is not None
    assert planning.detectable(design._replace(shots=shots), 40) <= 0.01
    assert planning.detectable(design._replace(shots=shots - 1), 40) > 0.01
    assert planning.blocks_needed(design, 1e-9) is None


def test_what_varies_beyond_shots_is_found() -> None:
    chance = np.random.default_rng(2)
    hits = chance.binomial(5000, chance.normal(0.5, 0.02, 4000))
    found = dispersion.of_jobs(hits.tolist(), [5000] * 4000)
    assert found is not None
    assert found.sigma == pytest.approx(0.02, rel=0.04)
    assert found.effect == pytest.approx(1 + 4999 * 0.02**2 / 0.25, rel=0.08)


@pytest.mark.parametrize(("hits", "shots"), [([5], [10]), ([0, 0], [10, 10]), ([10, 10], [10, 10]), ([], [])])
def test_nothing_to_estimate_from(hits: list[int], shots: list[int]) -> None:
    assert dispersion.of_jobs(hits, shots) is None


def test_t_needs_variance() -> None:
    assert paired.compare([1.0]) is None
    assert paired.compare([1.0, 1.0]) is None
