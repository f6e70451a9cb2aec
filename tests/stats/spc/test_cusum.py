"""Run lengths beside the published ones."""

from math import erf

import numpy as np
import pytest

from qops.stats import binomial
from qops.stats.spc.cusum import Cusum, limit_for

SHIFTS = (0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5)
STANDARD = (168, 74.2, 26.6, 13.3, 8.38, 4.75, 3.34, 2.62, 2.19, 1.71, 1.31)
"""Lucas and Crosier (1982), table 1: k = 0.5, h = 4, looking both ways."""

HEADSTART = (149, 62.7, 20.1, 8.97, 5.29, 2.86, 2.01, 1.59, 1.32, 1.07, 1.01)
"""The same with both sides beginning at h/2."""

SIX_DIGITS = {
    (4.0, 0.0): 167.684,
    (4.0, 1.0): 8.38313,
    (4.77, 0.0): 368.561,
    (4.77, 0.25): 121.313,
    (5.0, 0.0): 465.444,
    (5.0, 0.5): 37.9961,
    (5.0, 3.0): 2.57325,
    (5.0707, 0.0): 499.998,
    (5.0707, 4.0): 2.02896,
}


STEADY = (163, 71.6, 25.2, 12.3, 7.68, 4.31, 3.03, 2.38, 2.00, 1.55, 1.22)
"""Crosier (1986), table 5: the same long after the start, by an approximation that is off by up to 0.6 %."""


def digits(number: float) -> int:
    """How many decimals a published number was given with."""
    return len(f"{number:g}".partition(".")[2])


@pytest.mark.parametrize(("shift", "published"), list(zip(SHIFTS, STANDARD, strict=True)))
def test_the_published_table(shift: float, published: float) -> None:
    assert Cusum(0.5, 4.0).two_sided(shift) == pytest.approx(published, abs=0.55 * 10.0 ** -digits(published))


@pytest.mark.parametrize(("shift", "published"), list(zip(SHIFTS, HEADSTART, strict=True)))
def test_the_published_table_with_a_headstart(shift: float, published: float) -> None:
    assert Cusum(0.5, 4.0, 2.0).two_sided(shift) == pytest.approx(published, abs=0.55 * 10.0 ** -digits(published))


@pytest.mark.parametrize(("chart", "published"), list(SIX_DIGITS.items()))
def test_six_digits(chart: tuple[float, float], published: float) -> None:
    limit, shift = chart
    assert Cusum(0.5, limit).two_sided(shift) == pytest.approx(published, rel=3e-6)


@pytest.mark.parametrize(("shift", "published"), list(zip(SHIFTS, STEADY, strict=True)))
def test_long_after_the_start(shift: float, published: float) -> None:
    assert Cusum(0.5, 4.0).steady_state(shift) == pytest.approx(published, rel=0.007)


def both_sums(h: float, k: float, steps: int) -> dict[float, float]:
    """The steady state with the law of both sums together, on a lattice of width 1/`steps`: run lengths by shift."""
    chances = np.diff([0.5 * (1 + erf((z - 0.5) / steps / 2**0.5)) for z in range(-7 * steps, 7 * steps + 2)])
    size, reference = int(h * steps) + 1, int(k * steps)
    law = np.zeros((size, size))
    law[0, 0] = 1
    for _ in range(80):
        places = np.argwhere(law > 1e-18)
        after = np.zeros_like(law)
        for z, chance in zip(range(-7 * steps, 7 * steps + 1), chances, strict=True):
            up, down = np.maximum(0, places[:, 0] + z - reference), np.maximum(0, places[:, 1] - z - reference)
            inside = (up < size) & (down < size)
            np.add.at(after, (up[inside], down[inside]), chance * law[*places[inside].T])
        law = after / after.sum()
    found = {}
    for shift in (0.0, 0.5, 1.0):
        ups, downs = (
            np.array([Cusum(k, h, at / steps).one_sided(sign * shift) for at in range(size)]) for sign in (1, -1)
        )
        lengths = (ups[:, None] * downs[0] + downs[None, :] * ups[0] - ups[0] * downs[0]) / (ups[0] + downs[0])
        found[shift] = float((law * lengths).sum())
    return found


def test_the_sides_may_be_taken_one_by_one() -> None:
    for shift, joint in both_sums(4.0, 0.5, 20).items():
        assert Cusum(0.5, 4.0).steady_state(shift) == pytest.approx(joint, rel=1.5e-3)


def test_quantiles() -> None:
    """Of the side that looks for greater values, by R's spc; and within its mean at 63 %, as near to exponential."""
    assert [Cusum(0.5, 5.0).quantile(share) for share in (0.1, 0.5, 0.9)] == [104, 647, 2135]
    assert Cusum(0.5, 5.0).quantile(0.6321) == pytest.approx(930.9, rel=0.01)


@pytest.mark.parametrize("both", [True, False])
def test_a_limit_with_a_head_start(*, both: bool) -> None:
    h = limit_for(500.0, 0.5, 0.5, both=both)
    chart = Cusum(0.5, h, h / 2)
    assert (chart.two_sided() if both else chart.one_sided()) == pytest.approx(500.0)


def brook_evans(k: float, h: float, states: int) -> float:
    """The same by a Markov chain whose states are slices of the interval: another method altogether."""
    width = 2 * h / (2 * states - 1)
    centres = np.arange(states) * width
    edges = (np.arange(states) + 0.5) * width

    below = np.array([[0.5 * (1 + erf((edge - centre + k) / 2**0.5)) for edge in edges] for centre in centres])
    moves = np.diff(below, axis=1, prepend=0.0)
    return float(np.linalg.solve(np.eye(states) - moves, np.ones(states))[0])


@pytest.mark.parametrize(("k", "h"), [(0.25, 8.0), (0.5, 4.0), (0.5, 5.0), (1.0, 2.5), (1.45, 1.5)])
def test_another_method_agrees_where_it_converges(k: float, h: float) -> None:
    coarse, fine = brook_evans(k, h, 150), brook_evans(k, h, 300)
    assert Cusum(k, h).one_sided() == pytest.approx((4 * fine - coarse) / 3, rel=2e-6)


def test_a_limit_is_found_for_a_run_length() -> None:
    for length in (20.0, 370.0, 500.0, 5000.0):
        assert Cusum(0.5, limit_for(length)).two_sided() == pytest.approx(length, rel=1e-9)


def test_by_simulation() -> None:
    """The share of charts in alarm within 50 epochs, between an early and a late bound of the exponential law."""
    chance, h = np.random.default_rng(5), limit_for(100.0)
    up, down, alarms = np.zeros(4000), np.zeros(4000), np.zeros(4000, dtype=bool)
    lengths = np.zeros(4000)
    for epoch in range(1, 2001):
        values = chance.normal(size=4000)
        up, down = np.maximum(0, up + values - 0.5), np.maximum(0, down - values - 0.5)
        new = ~alarms & ((up > h) | (down > h))
        lengths[new] = epoch
        alarms |= new
    assert alarms.all()
    error = lengths.std() / 4000**0.5
    assert abs(lengths.mean() - 100) < 3.5 * error
    assert binomial.interval(int((lengths <= 100).sum()), 4000, 0.999)[1] > 0.5
