"""Both ways to the forms, and the statistic, against their definitions."""

import numpy as np
import pytest

from qops.circuits.simulation.encoding import zz_states
from qops.stats.kernels import KERNELS, fidelity, kernel
from qops.stats.kernels.design import labels, rows_apart
from qops.stats.kernels.gram import Gram, given, taken
from qops.stats.kernels.permutation import discrepancy, squared
from qops.stats.kernels.products import ROWS, by_blocks, by_features, forms

SIZES = [2, 3, 40, ROWS, ROWS + 1, 2 * ROWS + 7]


def rows(size: int, seed: int = 1, columns: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(size, columns))


def whole(gram: Gram) -> np.ndarray:
    return np.array(gram.block(slice(0, gram.size), slice(0, gram.size)))


def by_definition(matrix: np.ndarray, first: np.ndarray) -> float:
    """Gretton's equation 3, sum by sum."""
    x, y = np.flatnonzero(first), np.flatnonzero(~first)
    within = [
        sum(matrix[i, j] for i in side for j in side if i != j) / (len(side) * (len(side) - 1)) for side in (x, y)
    ]
    return float(sum(within) - 2 * matrix[np.ix_(x, y)].mean())


@pytest.mark.parametrize("size", SIZES)
def test_forms_are_those_of_the_stored_matrix(size: int) -> None:
    gram = kernel("rbf").prepare(rows(size), 1.5)
    vectors = rows(size, 2, 5)
    matrix = whole(gram)
    np.fill_diagonal(matrix, 0)
    found = by_blocks(gram, vectors)
    assert found.quadratic == pytest.approx(np.einsum("ir,ij,jr->r", vectors, matrix, vectors), abs=1e-9)
    assert found.linear == pytest.approx(vectors.T @ matrix.sum(axis=1), abs=1e-9)
    assert found.total == pytest.approx(matrix.sum())


@pytest.mark.parametrize("size", SIZES)
def test_the_linear_way_is_the_quadratic_one(size: int) -> None:
    gram = fidelity.prepare(zz_states(rows(size), 2))
    vectors = labels(rows_apart(size // 2 or 1, size - (size // 2 or 1)), 9, 3)
    quadratic, linear = by_blocks(gram, vectors), by_features(gram, vectors)
    assert linear.quadratic / size**2 == pytest.approx(quadratic.quadratic / size**2, abs=1e-13)
    assert linear.linear / size**2 == pytest.approx(quadratic.linear / size**2, abs=1e-13)
    assert linear.total / size**2 == pytest.approx(quadratic.total / size**2, abs=1e-13)


def test_the_statistic_is_its_definition() -> None:
    gram = kernel("laplace").prepare(rows(17), None)
    chosen = labels(rows_apart(6, 11), 5, 4)
    expected = [by_definition(whole(gram), column) for column in chosen.T]
    assert squared(gram, chosen) == pytest.approx(expected, abs=1e-12)


def test_mean_fidelities_are_a_distance_of_mean_states() -> None:
    """The biased MMD² under the fidelity is the squared Hilbert-Schmidt distance of the mean states."""
    states = zz_states(rows(20), 1)
    chosen = labels(rows_apart(8, 12), 0, 1)[:, 0]
    mean = [np.einsum("ni,nj->ij", side, side.conj()) / len(side) for side in (states[chosen], states[~chosen])]
    matrix = whole(fidelity.prepare(states))
    weights = np.where(chosen, 1 / 8, -1 / 12)
    assert weights @ matrix @ weights == pytest.approx(np.linalg.norm(mean[0] - mean[1]) ** 2, abs=1e-14)


@pytest.mark.parametrize("name", KERNELS)
def test_single_precision_agrees(name: str) -> None:
    data = rows(300)
    chosen = labels(rows_apart(150, 150), 20, 5)
    double = squared(kernel(name).prepare(data, None), chosen)
    single = squared(kernel(name).prepare(data.astype(np.float32), None), chosen)
    assert single == pytest.approx(double, abs=2e-6)


def test_the_shorter_way_is_taken() -> None:
    narrow = fidelity.prepare(zz_states(rows(40, columns=2), 1))
    chosen = labels(rows_apart(20, 20), 3, 1)
    assert np.array_equal(forms(narrow, chosen).quadratic, by_features(narrow, chosen).quadratic)
    wide = taken(narrow, np.arange(31))
    assert np.array_equal(forms(wide, chosen[:31]).quadratic, by_blocks(wide, chosen[:31]).quadratic)


def test_a_kernel_without_features_has_no_linear_way() -> None:
    with pytest.raises(ValueError, match="no features"):
        by_features(given(np.eye(3)), np.ones((3, 1)))


def test_labels_of_unequal_sizes() -> None:
    matrix = whole(kernel("rbf").prepare(rows(9), 1.0))
    chosen = np.zeros((9, 2), dtype=bool)
    chosen[:2, 0] = chosen[:7, 1] = True
    found = discrepancy(by_blocks(given(matrix), chosen), chosen)
    assert found == pytest.approx([by_definition(matrix, column) for column in chosen.T])
