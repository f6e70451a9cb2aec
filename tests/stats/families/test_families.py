import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.stats import binomial
from qops.stats.blocks.flips import flips, p_value
from qops.stats.families import FAMILIES, evidence, grouped, max_t

ANY = st.lists(st.floats(1e-12, 1), max_size=8)
PUBLISHED = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


@pytest.mark.parametrize(("method", "found"), [("holm", 3), ("hochberg", 3), ("bh", 4), ("by", 3)])
def test_the_published_example(method: str, found: int) -> None:
    """Section 3.2 of Benjamini and Hochberg (1995): by Hochberg's method three are found, by theirs four."""
    assert sum(value <= 0.05 for value in FAMILIES[method](PUBLISHED)) == found


@pytest.mark.parametrize("method", FAMILIES)
@given(p_values=ANY)
def test_what_every_method_keeps(method: str, p_values: list[float]) -> None:
    found = FAMILIES[method](p_values)
    assert all(p <= value <= 1 for p, value in zip(p_values, found, strict=True))
    assert list(FAMILIES[method](p_values[::-1])) == list(found[::-1])
    ranked = [value for _, value in sorted(zip(p_values, found, strict=True))]
    assert ranked == sorted(ranked)


@given(ANY)
def test_holm_is_the_closure_of_bonferroni(p_values: list[float]) -> None:
    places = range(len(p_values))
    for place, value in zip(places, FAMILIES["holm"](p_values), strict=True):
        subsets = (set(s) | {place} for size in places for s in itertools.combinations(places, size))
        worst = max(min(1.0, len(s) * min(p_values[at] for at in s)) for s in subsets)
        assert value == pytest.approx(worst)


@given(ANY)
def test_hochberg_never_finds_less_than_holm(p_values: list[float]) -> None:
    for less, more in zip(FAMILIES["hochberg"](p_values), FAMILIES["holm"](p_values), strict=True):
        assert less <= more + 1e-15


def test_families_are_corrected_apart() -> None:
    labels = {"a/x": 0.01, "b/x": 0.02, "a/y": 0.04}
    assert grouped("holm", labels, lambda label: label) == labels
    assert grouped("holm", labels, lambda _: "all") == dict(
        zip(labels, FAMILIES["holm"]([*labels.values()]), strict=True)
    )


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=8), st.floats(1e-3, 1))
def test_evidence_by_its_rule(e_values: list[float], level: float) -> None:
    """Wang and Ramdas: the k largest, for the greatest k whose k-th largest is at least K/(kα)."""
    number = len(e_values)
    ranked = sorted(e_values, reverse=True)
    passed = [e for k, e in enumerate(ranked, 1) if e > 0 and e >= 1 and number / k * (1 / e) <= level]
    least = min(passed, default=np.inf)
    expected = [e >= least if level < 1 else True for e in e_values]
    if level < 1:
        assert [value <= level for value in evidence.adjusted(e_values)] == expected


def test_one_pair_is_the_test_itself() -> None:
    values = [0.3, -0.1, 0.4, 0.8, 0.2, 0.5, -0.2]
    among = flips(7, 0)
    assert max_t.adjusted([values], among) == (p_value(values, among),)


def test_equal_pairs_cost_nothing() -> None:
    values = [0.3, -0.1, 0.4, 0.8, 0.2, 0.5, -0.2]
    among = flips(7, 0)
    assert max_t.adjusted([values, values], among) == (p_value(values, among),) * 2


def test_max_t_keeps_the_level_of_the_family() -> None:
    """Ten pairs with one control: any false finding at 5 % in at most about a twentieth of 1000 families."""
    chance = np.random.default_rng(4)
    among = flips(20, 1, 499)
    alarms = 0
    for _ in range(1000):
        pairs = chance.normal(size=(10, 20)) - chance.normal(size=20)
        alarms += min(max_t.adjusted(pairs, among)) <= 0.05
    assert binomial.interval(alarms, 1000, 0.9999)[0] <= 0.05 <= binomial.interval(alarms, 1000, 0.9999)[1]
