"""How concentrated a kernel is, against entries that are all known and against measured figures."""

import numpy as np
import pytest

from qops.circuits.simulation.encoding import zz_states
from qops.stats.kernels import concentration as module
from qops.stats.kernels import fidelity
from qops.stats.kernels.concentration import concentration, shots_needed


def test_mean_and_deviation_are_those_of_all_pairs() -> None:
    states = zz_states(np.random.default_rng(1).uniform(0, np.pi, (30, 3)), 2)
    gram = fidelity.prepare(states)
    above = gram.block(slice(0, 30), slice(0, 30))[np.triu_indices(30, 1)]
    found = concentration(gram)
    assert (found.mean, found.deviation) == pytest.approx((above.mean(), above.std()))


def test_many_rows_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    gram = fidelity.prepare(zz_states(np.random.default_rng(1).uniform(0, np.pi, (200, 3)), 2))
    whole = concentration(gram)
    monkeypatch.setattr(module, "MOST_PAIRS", 5000)
    sampled = concentration(gram)
    assert sampled.mean == pytest.approx(whole.mean, rel=0.1)
    assert sampled != whole


def test_more_qubits_need_more_shots() -> None:
    needed = [
        concentration(
            fidelity.prepare(zz_states(np.random.default_rng(q).uniform(0, np.pi, (100, q)), 2, "linear"))
        ).shots
        for q in (2, 4, 8)
    ]
    assert needed == sorted(needed, key=lambda shots: shots or 0)
    assert 20 < (needed[1] or 0) < 80
    assert 120 < (needed[2] or 0) < 480


def test_the_standard_error_is_half_the_deviation() -> None:
    shots = shots_needed(0.1, 0.021)
    assert shots is not None
    assert np.sqrt(0.1 * 0.9 / shots) <= 0.0105 < np.sqrt(0.1 * 0.9 / (shots - 1))
