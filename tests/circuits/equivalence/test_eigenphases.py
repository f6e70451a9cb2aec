import numpy as np
import pytest
from qiskit.quantum_info import random_unitary

from qops.circuits.equivalence.eigenphases import distance, power


def exact(unitary: np.ndarray) -> float:
    phases = np.sort(np.angle(np.linalg.eigvals(unitary)))
    arc = 2 * np.pi - np.diff(np.append(phases, phases[0] + 2 * np.pi)).max()
    return 2 * np.sin(arc / 4)


@pytest.mark.parametrize("size", [1, 2, 4, 8, 32])
def test_the_distance_from_a_phase(size: int) -> None:
    unitary = random_unitary(size, seed=size).data
    assert distance(unitary.tolist()) == pytest.approx(exact(unitary), abs=1e-11)


@pytest.mark.parametrize("size", [4, 16])
def test_small_and_repeated_phases(size: int) -> None:
    vectors = random_unitary(size, seed=1).data
    phases = np.array([0.0, 1e-6] * (size // 2))
    unitary = vectors @ np.diag(np.exp(1j * (0.4 + phases))) @ vectors.conj().T
    assert distance(unitary.tolist()) == pytest.approx(5e-7, abs=1e-12)


def test_powers_multiply() -> None:
    unitary = random_unitary(8, seed=3).data
    third = np.array(power(unitary.tolist(), 1 / 3))
    assert np.allclose(third @ third @ third, unitary)
