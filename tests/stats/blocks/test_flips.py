import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qops.stats import binomial
from qops.stats.blocks.flips import Side, bounds, flips, interval, p_value

SMALL = st.lists(st.integers(-20, 20).map(float), min_size=1, max_size=8)
MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
"""Darwin's fifteen pairs of crossed and self-fertilised maize, in eighths of an inch: Fisher, section 21."""


def brute(differences: list[float], side: Side) -> float:
    def of(total: float) -> float:
        return {"two-sided": abs(total), "greater": total, "less": -total}[side]

    weighted = [w * d for w, d in zip(flips(len(differences), 0).weights.tolist(), differences, strict=True)]
    sums = [math.fsum(map(math.prod, zip(signs, weighted, strict=True))) for signs in signs_of(len(differences))]
    return sum(of(total) >= of(math.fsum(weighted)) - 1e-10 for total in sums) / len(sums)


def signs_of(number: int) -> list[tuple[int, ...]]:
    return list(itertools.product((1, -1), repeat=number))


@given(SMALL, st.sampled_from(["two-sided", "greater", "less"]))
def test_every_flip_is_counted(differences: list[float], side: Side) -> None:
    assert p_value(differences, flips(len(differences), 0), side=side) == brute(differences, side)


def test_the_published_example() -> None:
    """Fisher counts 863 of 32,768 sums as great on one side: 2.634 % one-sided, 5.267 % on both sides.

    Here fifteen pairs are one too many to enumerate: the drawn p-value lies around it.
    """
    totals = np.array([0.0])
    for value in MAIZE:
        totals = np.concatenate([totals + value, totals - value])
    exact = float((np.abs(totals) >= abs(sum(MAIZE))).mean())
    assert exact == 1726 / 32768
    low, high = binomial.interval(round(p_value(MAIZE, flips(15, 7)) * 10_000) - 1, 9999, 0.9999)
    assert low <= exact <= high


@given(SMALL)
def test_exchanged_arms_change_the_sign_alone(differences: list[float]) -> None:
    among = flips(len(differences), 0)
    other = [-value for value in differences]
    assert p_value(differences, among) == p_value(other, among)
    assert p_value(differences, among, side="greater") == p_value(other, among, side="less")
    low, high = interval(differences, among, 0.8)
    assert interval(other, among, 0.8) == pytest.approx((-high, -low))


@settings(deadline=None)
@given(st.lists(st.integers(-50, 50).map(float), min_size=4, max_size=16), st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_the_interval_is_what_the_test_does_not_reject(differences: list[float], confidence: float) -> None:
    among = flips(len(differences), 3, 499)
    low, high = interval(differences, among, confidence)
    assert low <= high
    for end, out in ((low, -1e-4), (high, 1e-4)):
        if math.isfinite(end):
            if high - low > 1e-4:
                assert p_value(differences, among, centre=end - out * 1e-4) > 1 - confidence
            assert p_value(differences, among, centre=end + out) <= 1 - confidence + 1e-12
    lower, upper = bounds(differences, among, confidence)
    if math.isfinite(lower):
        assert p_value(differences, among, centre=lower + 1e-6, side="greater") > 1 - confidence
        assert p_value(differences, among, centre=lower - 1e-4, side="greater") <= 1 - confidence + 1e-12
    if math.isfinite(upper):
        assert p_value(differences, among, centre=upper + 1e-4, side="less") <= 1 - confidence + 1e-12


@given(st.lists(st.floats(-1, 1), min_size=6, max_size=14))
def test_more_confidence_needs_more_room(differences: list[float]) -> None:
    among = flips(len(differences), 0)
    ends = [interval(differences, among, confidence) for confidence in (0.5, 0.8, 0.95)]
    assert all(wide[0] <= near[0] and near[1] <= wide[1] for near, wide in itertools.pairwise(ends))


def test_too_few_blocks_say_nothing() -> None:
    assert p_value([1.0] * 5, flips(5, 0)) == 0.0625
    assert interval([1.0] * 5, flips(5, 0)) == (-math.inf, math.inf)


def test_a_draw_depends_on_its_seed_alone() -> None:
    first, again, other = flips(20, 5), flips(20, 5), flips(20, 6)
    assert np.array_equal(first.signs, again.signs)
    assert not np.array_equal(first.signs, other.signs)
    assert p_value([1.0] * 40, flips(40, 1)) == 1 / 10_000


@pytest.mark.parametrize("blocks", [12, 20])
def test_the_level_is_kept_and_spent(blocks: int) -> None:
    """2000 nulls whose blocks vary by a factor of ten: rejections at 5 % are binomial around it."""
    chance = np.random.default_rng(blocks)
    among = flips(blocks, 1, 999)
    scale = np.linspace(0.1, 1, blocks)
    found = sum(p_value((chance.normal(size=blocks) * scale).tolist(), among) <= 0.05 for _ in range(2000))
    low, high = binomial.interval(found, 2000, 0.9999)
    assert low <= 0.05 <= high


def test_weights_break_ties_and_nothing_else() -> None:
    """Sums of small whole numbers tie; the weights only decide among those, and nothing moves by more than 1e-6."""
    among = flips(14, 0)
    assert np.ptp(among.weights) <= 1e-6
    assert len(np.unique(among.signs.sum(axis=1).round(12))) > 10_000
    assert p_value([0.0] * 14, among) == 1
