"""What ages: every shape at every time, and a random walk that has the law of one."""

import math
from itertools import pairwise
from statistics import fmean, pvariance

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.targets import PLAIN, targets

from qops.model.noise_path import QUANTITIES, SHAPES, Motion, NoisePath, aged, walk
from qops.model.target import Target

MOTIONS = st.builds(
    Motion,
    st.sampled_from(QUANTITIES),
    st.sampled_from(SHAPES),
    st.floats(0.01, 0.99),
    st.floats(0, 1e6),
    st.floats(1, 1e6),
    st.just(()) | st.just((0,)),
)


def factor(motion: Motion, time_s: float) -> float:
    return NoisePath((motion,)).factor("t1", (0,), time_s)


@pytest.mark.parametrize(
    ("motion", "values"),
    [
        (Motion("t1", "step", 0.5, at_s=10), {9.99: 1.0, 10: 0.5, 1e9: 0.5}),
        (Motion("t1", "ramp", 0.5, at_s=10, over_s=20), {0: 1.0, 10: 1.0, 20: 0.75, 30: 0.5, 99: 0.5}),
        (Motion("t1", "oscillation", 0.5, at_s=10, over_s=4), {9: 1.0, 10: 1.0, 11: 1.5, 13: 0.5, 4_000_011: 1.5}),
        (Motion("t1", "walk", 0.5, at_s=10, over_s=4), {9: 1.0, 13.9: 1.0}),
        (Motion("t1", "step", 0.5, qubits=(1,)), {5: 1.0}),
        (Motion("t2", "step", 0.5), {5: 1.0}),
    ],
)
def test_every_shape_is_where_it_is_said_to_be(motion: Motion, values: dict[float, float]) -> None:
    assert {time_s: round(factor(motion, time_s), 9) for time_s in values} == values


def test_a_walk_that_goes_on_for_ever_stays_a_number() -> None:
    walks = (Motion("gate", "walk", 0.9, over_s=1e-6),)
    found = [NoisePath(walks, seed).factor("gate", (0,), 1e9) for seed in range(20)]
    assert all(0 <= each < math.inf for each in found)
    assert max(found) > 1e40


def test_motions_of_one_quantity_are_multiplied_and_detunings_added() -> None:
    path = NoisePath((Motion("t1", "step", 0.5), Motion("t1", "step", 0.5), *(Motion("detuning", "step", 7.0),) * 2))
    assert (path.factor("t1", (0,), 1.0), path.detuning_hz(0, 1.0)) == (0.25, 14.0)


def test_a_gate_is_affected_where_one_of_its_qubits_is() -> None:
    path = NoisePath((Motion("gate", "step", 2.0, qubits=(1,)),))
    cz = next(each for each in aged(PLAIN, path, 0.0).instructions if each.name == "cz")
    sx = next(each for each in aged(PLAIN, path, 0.0).instructions if each.name == "sx")
    assert [place.error for place in cz.places or ()] == [0.02, 0.04]
    assert [place.error for place in sx.places or ()] == [0.0003, 0.0006, 0.0003]


def test_the_steps_of_a_walk_are_standard_normal_and_apart() -> None:
    """5,000 steps: the mean within 5/√n, the variance within 5·√(2/n), and so the correlation of neighbours."""
    places = [walk(steps, "seed") for steps in range(5001)]
    steps = [after - before for before, after in pairwise(places)]
    assert abs(fmean(steps)) < 5 / math.sqrt(5000)
    assert abs(pvariance(steps) - 1) < 5 * math.sqrt(2 / 5000)
    assert abs(fmean(one * other for one, other in pairwise(steps))) < 5 / math.sqrt(5000)


def test_a_walk_is_wide_as_the_root_of_its_steps() -> None:
    ends = [walk(700, str(seed)) for seed in range(400)]
    assert abs(pvariance(ends) / 700 - 1) < 5 * math.sqrt(2 / 400)


def test_another_seed_is_another_walk() -> None:
    motion = Motion("t1", "walk", 0.1, over_s=1.0)
    assert NoisePath((motion,), 1).factor("t1", (0,), 9.0) != NoisePath((motion,), 2).factor("t1", (0,), 9.0)


@given(targets(), st.lists(MOTIONS, max_size=3), st.floats(0, 1e7))
def test_what_has_aged_is_still_a_target(target: Target, motions: list[Motion], time_s: float) -> None:
    old = aged(target, NoisePath(tuple(motions), 3), time_s)
    assert [each.name for each in old.instructions] == [each.name for each in target.instructions]
    errors = [place.error for each in old.instructions for place in each.places or () if place.error is not None]
    assert all(0 <= error <= 1 for error in errors)
    times = [(each.t1_s, each.t2_s) for each in old.qualities if None not in (each.t1_s, each.t2_s)]
    assert all(t2 <= 2 * t1 for t1, t2 in times if t1 is not None and t2 is not None)


@given(targets(), st.floats(0, 1e7))
def test_nothing_ages_without_a_motion(target: Target, time_s: float) -> None:
    clamped = [
        msgspec.structs.replace(each, t2_s=min(each.t2_s, 2 * each.t1_s))
        if each.t1_s is not None and each.t2_s is not None
        else each
        for each in target.qualities
    ]
    assert aged(target, NoisePath(), time_s) == msgspec.structs.replace(target, qualities=tuple(clamped))
