"""What every kernel keeps, and what each of them is."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist, pdist

from qops.circuits.simulation.encoding import z_states, zz_states
from qops.stats.kernels import KERNELS, fidelity, kernel, median
from qops.stats.kernels.definite import indefinite, least_eigenvalue
from qops.stats.kernels.gram import Gram, taken

DATA = np.random.default_rng(5).normal(size=(25, 3))
EVERYTHING = slice(0, 25)


def prepared(name: str) -> Gram:
    if name in KERNELS:
        return kernel(name).prepare(DATA, None)
    return fidelity.prepare(zz_states(DATA, 2) if name == "zz" else z_states(DATA, 1))


@pytest.mark.parametrize("name", [*KERNELS, "zz", "z"])
class TestEveryKernel:
    def test_blocks_pairs_and_features_tell_the_same(self, name: str) -> None:
        gram = prepared(name)
        matrix = gram.block(EVERYTHING, EVERYTHING)
        assert matrix.shape == (gram.size, gram.size)
        left, right = np.array([0, 3, 24]), np.array([1, 3, 2])
        assert gram.pairs(left, right) == pytest.approx(matrix[left, right], abs=1e-12)
        assert gram.block(left, slice(4, 9)) == pytest.approx(matrix[left, 4:9], abs=1e-12)
        if gram.features:
            features = gram.features(EVERYTHING)
            assert features.shape == (25, gram.width)
            assert features @ features.T == pytest.approx(matrix, abs=1e-12)

    def test_it_is_symmetric_and_positive(self, name: str) -> None:
        matrix = prepared(name).block(EVERYTHING, EVERYTHING)
        assert matrix == pytest.approx(matrix.T, abs=1e-12)
        assert not indefinite(matrix)

    def test_some_rows_of_it(self, name: str) -> None:
        gram = prepared(name)
        chosen = np.array([7, 2, 11])
        part = taken(gram, chosen)
        assert part.block(slice(0, 3), slice(0, 3)) == pytest.approx(gram.block(chosen, chosen), abs=1e-12)
        assert part.pairs(np.array([0]), np.array([2])) == pytest.approx(gram.pairs(chosen[:1], chosen[2:]))


def test_rbf() -> None:
    expected = np.exp(-cdist(DATA, DATA, "sqeuclidean") / (2 * 0.7**2))
    assert kernel("rbf").prepare(DATA, 0.7).block(EVERYTHING, EVERYTHING) == pytest.approx(expected, abs=1e-12)


def test_laplace() -> None:
    expected = np.exp(-cdist(DATA, DATA, "cityblock") / 0.7)
    assert kernel("laplace").prepare(DATA, 0.7).block(EVERYTHING, EVERYTHING) == pytest.approx(expected, abs=1e-12)


def test_cosine() -> None:
    expected = 1 - cdist(DATA, DATA, "cosine")
    assert kernel("cosine").prepare(DATA, None).block(EVERYTHING, EVERYTHING) == pytest.approx(expected, abs=1e-12)


def test_linear_is_around_the_common_mean() -> None:
    centred = DATA - DATA.mean(axis=0)
    found = kernel("linear").prepare(DATA + 100, None).block(EVERYTHING, EVERYTHING)
    assert found == pytest.approx(centred @ centred.T, abs=1e-9)


def test_medians() -> None:
    assert median.euclidean(DATA) == pytest.approx(np.median(pdist(DATA)))
    assert median.manhattan(DATA) == pytest.approx(np.median(pdist(DATA, "cityblock")))


def test_the_median_knows_no_order() -> None:
    data = np.random.default_rng(1).normal(size=(median.MOST + 500, 2))
    shuffled = np.random.default_rng(2).permutation(data)
    assert median.euclidean(data) == pytest.approx(median.euclidean(shuffled))
    assert median.euclidean(data) == pytest.approx(np.median(pdist(data)), rel=0.03)


def test_a_median_among_many_that_are_the_same() -> None:
    assert median.euclidean(np.array([[0.0]] * 9 + [[2.0]])) == 2.0
    with pytest.raises(ValueError, match="all rows are the same"):
        median.euclidean(np.ones((5, 2)))


def test_noise_makes_a_matrix_indefinite() -> None:
    matrix = fidelity.prepare(zz_states(DATA, 2)).block(EVERYTHING, EVERYTHING)
    noise = np.random.default_rng(3).normal(scale=0.2, size=matrix.shape)
    noisy = matrix + (noise + noise.T) / 2
    assert indefinite(noisy)
    assert least_eigenvalue(noisy) == pytest.approx(np.linalg.eigvalsh(noisy).min())
