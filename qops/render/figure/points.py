"""What is drawn of a plot: its axes, and its curves as lines through the unit square, with no more points than show."""

from collections.abc import Iterator, Sequence

import msgspec

from qops.model.report import Plot
from qops.render.figure.axis import Axis, spanning

Point = tuple[float, float]


class Frame(msgspec.Struct, frozen=True):
    """The axes of a plot."""

    x: Axis
    y: Axis


def frame(plot: Plot) -> Frame:
    """Axes that span all the curves, limits and marks."""
    values = (value for curve in plot.curves for value in curve.values)
    limits = (limit.value for limit in plot.limits)
    places = (*plot.x, *(mark.at for mark in plot.marks))
    return Frame(
        spanning(places, times=plot.times, margin=False),
        spanning((*values, *limits), logarithmic=plot.logarithmic),
    )


def strokes(plot: Plot, axes: Frame, values: Sequence[float | None], columns: int) -> list[list[Point]]:
    """The unbroken parts of a curve, each of at most four points a column: the first, the extremes and the last.

    Of a million epochs, that is all that the eye could see.
    """
    parts: list[list[Point]] = [[]]
    for at, value in zip(plot.x, values, strict=False):
        x, y = axes.x.place(at), axes.y.place(value)
        if x is not None and y is not None:
            parts[-1].append((x, y))
        elif parts[-1]:
            parts.append([])
    return [list(_thinned(part, columns)) for part in parts if part]


def _thinned(part: list[Point], columns: int) -> Iterator[Point]:
    """Per column the first, the lowest, the highest and the last point, in their order."""
    if len(part) <= 4 * columns:
        yield from part
        return
    start = 0
    while start < len(part):
        column = int(part[start][0] * columns)
        end = start
        while end < len(part) and int(part[end][0] * columns) == column:
            end += 1
        places = range(start, end)
        lowest = min(places, key=lambda index: part[index][1])
        highest = max(places, key=lambda index: part[index][1])
        yield from (part[index] for index in sorted({start, lowest, highest, end - 1}))
        start = end
