"""Strokes on a grid: dots in braille, eight to a character, or one letter a cell."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from qops.render.figure.points import Point

Cell = tuple[int, int]
"""A column from the left and a row from the top."""

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_ACROSS, _DOWN = 2, 4


def cells(parts: Iterable[Sequence[Point]], columns: int, rows: int) -> set[Cell]:
    """The cells of a grid that lines through the unit square touch."""
    return {cell for part in parts for cell in _touched(part, columns, rows)}


def braille(parts: Iterable[Sequence[Point]], columns: int, rows: int) -> dict[Cell, str]:
    """The same lines as characters of braille.

    >>> braille([[(0.0, 0.0), (1.0, 1.0)]], 2, 1)
    {(0, 0): '⡠', (1, 0): '⠊'}
    """
    found: dict[Cell, int] = {}
    for x, y in sorted(cells(parts, columns * _ACROSS, rows * _DOWN)):
        cell = (x // _ACROSS, y // _DOWN)
        found[cell] = found.get(cell, 0) | _DOTS[y % _DOWN][x % _ACROSS]
    return {cell: chr(0x2800 + dots) for cell, dots in found.items()}


def column_of(place: float, columns: int) -> int:
    """The column in which a place of the x axis is."""
    return round(place * (columns - 1))


def row_of(place: float, rows: int) -> int:
    """The row in which a place of the y axis is."""
    return rows - 1 - round(place * (rows - 1))


def _touched(part: Sequence[Point], columns: int, rows: int) -> Iterator[Cell]:
    spots = [(column_of(x, columns), row_of(y, rows)) for x, y in part]
    yield spots[0]
    for (x, y), (to_x, to_y) in pairwise(spots):
        steps = max(abs(to_x - x), abs(to_y - y), 1)
        for step in range(1, steps + 1):
            yield x + round((to_x - x) * step / steps), y + round((to_y - y) * step / steps)
