"""Gates by tomography: found as they are, and a change of them told."""

import math
from pathlib import Path

import numpy as np
import pytest

from qops.stats import gate_sets
from qops.stats.binomial import interval
from qops.stats.gate_sets import Counts, Layers

LENGTH = 4


def upright(layers: Layers, overturn: float, shrink: float) -> float:
    """How high a state ends on Bloch's sphere, whose every turn is too far and too weak."""
    state = np.array([0.0, 0.0, 1.0])
    cos, sin = math.cos(math.pi / 2 + overturn), math.sin(math.pi / 2 + overturn)
    turns = {"x": [[1, 0, 0], [0, cos, -sin], [0, sin, cos]], "y": [[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]]}
    for layer in layers:
        state = (1 - shrink) * np.array(turns[layer]) @ state
    return float(state[2])


def counted(seed: int, overturn: float = 0.0, shrink: float = 0.002, shots: int = 2000) -> Counts:
    chance = np.random.default_rng(seed)
    zeros = {
        each: chance.binomial(shots, (1 + upright(each, overturn, shrink)) / 2) for each in gate_sets.design(LENGTH)
    }
    return {layers: (int(hits), shots - int(hits)) for layers, hits in zeros.items()}


def test_the_design_grows_with_its_length() -> None:
    short, long = gate_sets.design(1), gate_sets.design(8)
    assert {*short} <= {*long}
    assert () in short
    assert {letter for layers in long for letter in layers} == {"x", "y"}
    assert len({*long}) == len(long)


@pytest.mark.parametrize("overturn", [-0.03, 0.0, 0.03])
def test_a_rotation_that_is_too_far_is_measured(overturn: float) -> None:
    found = gate_sets.fit(counted(1, overturn, shrink=0.02, shots=20_000), LENGTH)
    for gate in found.gates:
        assert gate.overturn == pytest.approx(overturn, abs=0.004)
        assert gate.infidelity == pytest.approx(0.01 + overturn**2 / 6, abs=0.003)  # 1 - F, averaged over states
    assert abs(found.excess) < 4


def test_one_model_is_refused_as_often_as_is_stated() -> None:
    seeds, level = range(12), 0.2
    values = []
    for seed in seeds:
        one, other = counted(2 * seed), counted(2 * seed + 1)
        values.append(
            gate_sets.together(one, other, (gate_sets.fit(one, LENGTH), gate_sets.fit(other, LENGTH)), LENGTH)
        )
    low, high = interval(sum(value <= level for value in values), len(values), 1 - 1e-4)
    assert low <= level <= high
    assert all(0 < value <= 1 for value in values)


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    gate_sets.fit(counted(1), LENGTH)
    assert not [*tmp_path.iterdir()]


def test_a_change_is_told() -> None:
    one, other = counted(1), counted(2, 0.03)
    assert gate_sets.together(one, other, (gate_sets.fit(one, LENGTH), gate_sets.fit(other, LENGTH)), LENGTH) < 1e-6
