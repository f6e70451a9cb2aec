"""Small dense matrices as lists of rows, in plain Python.

The matrix of n qubits has 2ⁿ rows; bit k of a row's or column's number is the state of qubit k, as in Qiskit. Rows are
never changed in place, so they may be shared.
"""

import math
from collections.abc import Sequence
from itertools import product

Row = Sequence[complex]
Matrix = Sequence[Row]


def identity(size: int) -> Matrix:
    """The identity of `size` rows."""
    return [[complex(i == j) for j in range(size)] for i in range(size)]


def transposed(matrix: Matrix) -> Matrix:
    """Rows and columns exchanged."""
    return list(zip(*matrix, strict=True))


def conjugated(matrix: Matrix) -> Matrix:
    """Every entry conjugated."""
    return [[entry.conjugate() for entry in row] for row in matrix]


def dagger(matrix: Matrix) -> Matrix:
    """The conjugate transpose: the inverse of a unitary."""
    return transposed(conjugated(matrix))


def times(factor: complex, row: Row) -> Row:
    """A row times a number."""
    return row if factor == 1 else [factor * entry for entry in row]


def applied(gate: Matrix, places: Sequence[int], matrix: Matrix) -> Matrix:
    """The product of a gate on the qubits `places` and a matrix of more qubits, or of as many."""
    rows = list(matrix)
    offsets = [sum(1 << place for bit, place in enumerate(places) if i >> bit & 1) for i in range(len(gate))]
    terms = [[(entry, offset) for entry, offset in zip(row, offsets, strict=True) if entry] for row in gate]
    for base in range(len(matrix)):
        if not base & offsets[-1]:
            for offset, sums in zip(offsets, terms, strict=True):
                rows[base + offset] = _sum([times(entry, matrix[base + other]) for entry, other in sums])
    return rows


def _sum(rows: Sequence[Row]) -> Row:
    if len(rows) == 1:
        return rows[0]
    if len(rows) == 2:
        return [x + y for x, y in zip(*rows, strict=True)]
    return [sum(column) for column in zip(*rows, strict=True)]


def multiplied(left: Matrix, right: Matrix) -> Matrix:
    """The product of two matrices of one size."""
    return applied(left, range(len(left).bit_length() - 1), right)


def extended(matrix: Matrix) -> Matrix:
    """The same on one more, idle, qubit: the last."""
    idle = [0j] * len(matrix)
    return [[*row, *idle] for row in matrix] + [[*idle, *row] for row in matrix]


def without(matrix: Matrix, place: int) -> tuple[Matrix, float]:
    """The matrix on all qubits but one, and how far it is from doing nothing to that one.

    The distance is the Frobenius norm of what is left out, and so at least the operator norm.
    """
    bit = 1 << place
    kept = [i for i in range(len(matrix)) if not i & bit]
    block = [[(matrix[i][j] + matrix[i | bit][j | bit]) / 2 for j in kept] for i in kept]
    squares = 0.0
    for i, row in zip(kept, block, strict=True):
        zero, one = matrix[i], matrix[i | bit]
        for j, entry in zip(kept, row, strict=True):
            squares += abs(zero[j] - entry) ** 2 + abs(one[j | bit] - entry) ** 2
            squares += abs(zero[j | bit]) ** 2 + abs(one[j]) ** 2
    return block, math.sqrt(squares)


def controlled(matrix: Matrix, pattern: str) -> Matrix:
    """The matrix under controls, which come before its own qubits; `1` in `pattern` is a closed control."""
    count, state = len(pattern), int(pattern[::-1], 2)
    rows = [list(row) for row in identity(len(matrix) << count)]
    for i, j in product(range(len(matrix)), repeat=2):
        rows[i << count | state][j << count | state] = matrix[i][j]
    return rows
