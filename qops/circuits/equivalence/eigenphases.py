r"""The eigenvalues of small unitaries, and with them how far a unitary is from a global phase.

min_φ ‖W - e^{iφ}‖ = 2 sin(Θ/4), Θ the length of the shortest arc that holds all eigenphases of W: the best φ is the
arc's middle, and its ends are Θ/2 away. A unitary is diagonalised by Jacobi rotations [1]_ of a Hermitian matrix with
the same eigenvectors; what is left beside the diagonal bounds the error of each eigenvalue [2]_ and widens the arc.

References:
    [1] G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition (2013), section 8.5.
    [2] F. L. Bauer and C. T. Fike, Norms and exclusion theorems, Numerische Mathematik 2 (1960) 137-141: for a normal
        matrix every eigenvalue is within the norm of the perturbation; its phase, then, within twice that.
"""

import cmath
import math
from typing import NamedTuple

from qops.circuits.arcs import shortest_arc
from qops.circuits.equivalence.dense import Matrix, dagger, identity, multiplied

_MIXTURES = (1.0, 2.3, 0.4)
_SWEEPS = 30
_SMALL = 1e-15
_GOOD = 1e-11
_USELESS = 0.25


class Diagonal(NamedTuple):
    """Eigenvectors as columns, eigenvalues, and a bound of the eigenvalues' error."""

    vectors: Matrix
    values: list[complex]
    error: float


def distance(unitary: Matrix) -> float:
    """The operator norm of W - e^{iφ} for the best φ, from above: between 0 and 2.

    >>> round(distance([[1, 0], [0, -1]]), 9) == round(math.sqrt(2), 9)
    True
    """
    found = _diagonal(unitary)
    if found.error > _USELESS:
        return 2.0
    arc = shortest_arc([cmath.phase(value) for value in found.values]) + 4 * found.error
    return 2 * math.sin(min(arc, math.tau) / 4)


def power(unitary: Matrix, exponent: float) -> Matrix:
    """The principal power: eigenphases in (-π, π] times the exponent."""
    vectors, values, _ = _diagonal(unitary)
    turned = [cmath.exp(1j * exponent * _principal(cmath.phase(value))) for value in values]
    scaled = [[entry * turn for entry, turn in zip(row, turned, strict=True)] for row in vectors]
    return multiplied(scaled, dagger(vectors))


def _principal(phase: float) -> float:
    return math.pi if phase < -math.pi + _GOOD else phase


def _diagonal(unitary: Matrix) -> Diagonal:
    """The best of a few attempts, the first of which is nearly always good."""
    attempts: list[Diagonal] = []
    for mixture in _MIXTURES:
        attempts.append(_attempt(unitary, _eigenvectors(_hermitian(unitary, mixture))))
        if attempts[-1].error < _GOOD:
            break
    return min(attempts, key=lambda attempt: attempt.error)


def _attempt(unitary: Matrix, vectors: Matrix) -> Diagonal:
    turned = multiplied(dagger(vectors), multiplied(unitary, vectors))
    rest = math.sqrt(sum(abs(x) ** 2 for i, row in enumerate(turned) for j, x in enumerate(row) if i != j))
    return Diagonal(vectors, [row[i] for i, row in enumerate(turned)], rest)


def _hermitian(unitary: Matrix, mixture: float) -> list[list[complex]]:
    """The Hermitian part of the unitary, turned; two of its eigenvalues agree by accident only."""
    turn = cmath.exp(-1j * mixture) / 2
    back = dagger(unitary)
    return [
        [turn * x + turn.conjugate() * y for x, y in zip(row, other, strict=True)]
        for row, other in zip(unitary, back, strict=True)
    ]


def _eigenvectors(hermitian: list[list[complex]]) -> Matrix:
    size = len(hermitian)
    columns = [list(row) for row in identity(size)]
    for _ in range(_SWEEPS):
        if max((abs(hermitian[p][q]) for p in range(size) for q in range(p)), default=0.0) < _SMALL:
            break
        for p in range(size):
            for q in range(p + 1, size):
                if abs(hermitian[p][q]) >= _SMALL / size:
                    _rotate(hermitian, columns, p, q)
    return list(zip(*columns, strict=True))


def _rotate(hermitian: list[list[complex]], columns: list[list[complex]], p: int, q: int) -> None:
    """Zero the entry (p, q) by a rotation of rows and columns p and q."""
    entry = hermitian[p][q]
    size = abs(entry)
    slope = (hermitian[q][q].real - hermitian[p][p].real) / (2 * size)
    tangent = math.copysign(1.0, slope) / (abs(slope) + math.hypot(1.0, slope))
    cosine = 1 / math.hypot(1.0, tangent)
    sine = tangent * cosine * entry / size
    back = sine.conjugate()
    for row in hermitian:
        row[p], row[q] = cosine * row[p] - back * row[q], sine * row[p] + cosine * row[q]
    above, below = hermitian[p], hermitian[q]
    hermitian[p] = [cosine * x - sine * y for x, y in zip(above, below, strict=True)]
    hermitian[q] = [back * x + cosine * y for x, y in zip(above, below, strict=True)]
    left, right = columns[p], columns[q]
    columns[p] = [cosine * x - back * y for x, y in zip(left, right, strict=True)]
    columns[q] = [sine * x + cosine * y for x, y in zip(left, right, strict=True)]
