import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.stats.bures import fewest_shots, largest_total_variation, least_fidelity


def test_the_published_example() -> None:
    """S = 1e-3 at an error of 5 % needs 1.66 million shots."""
    assert fewest_shots(1e-3, 0.05) == pytest.approx(1.66e6, rel=1e-3)


@given(st.floats(0, math.pi / 2), st.integers(0, 2**32 - 1))
def test_no_measurement_of_two_states_beats_the_bounds(angle: float, seed: int) -> None:
    chance = np.random.default_rng(seed)
    left = np.array([1, 0], dtype=complex)
    right = np.array([math.cos(angle), math.sin(angle)], dtype=complex)
    basis, _ = np.linalg.qr(chance.normal(size=(2, 2)) + 1j * chance.normal(size=(2, 2)))
    p, q = (np.abs(basis.conj().T @ state) ** 2 for state in (left, right))
    assert abs(np.vdot(left, right)) ** 2 >= least_fidelity(angle) - 1e-12
    assert np.abs(p - q).sum() / 2 <= largest_total_variation(angle) + 1e-12


@pytest.mark.parametrize(("angle", "error"), [(0.3, 0.05), (0.1, 0.2), (0.5, 0.01)])
def test_the_best_test_fails_below_the_threshold(angle: float, error: float) -> None:
    """Two coins whose distance is the largest that the angle allows; the likelihood-ratio test, exactly."""
    p, q = (math.cos(math.pi / 4 - angle / 2) ** 2, math.cos(math.pi / 4 + angle / 2) ** 2)
    shots = fewest_shots(angle, error)
    assert shots is not None
    below = shots - 1
    likelihoods = [[math.comb(below, k) * c**k * (1 - c) ** (below - k) for k in range(below + 1)] for c in (p, q)]
    distance = sum(abs(a - b) for a, b in zip(*likelihoods, strict=True)) / 2
    assert 1 - distance > 2 * error


def test_the_ends() -> None:
    assert fewest_shots(0, 0.05) is None
    assert fewest_shots(1e-200, 0.05) is None
    assert fewest_shots(1e-9, 0.05) == pytest.approx(1.66e18, rel=1e-3)
    assert fewest_shots(2, 0.05) == 1
    assert least_fidelity(2) == pytest.approx(0, abs=1e-30)
    with pytest.raises(ValueError, match="between 0 and 1/2"):
        fewest_shots(0.1, 0.5)
