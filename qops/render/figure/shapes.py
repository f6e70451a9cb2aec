"""A plot as lines and labels on a sheet, from which SVG and PNG are written."""

from collections.abc import Iterator

import msgspec

from qops.model.report import Mark, Plot
from qops.render.figure.points import Frame, Point, frame, strokes
from qops.render.visible import visible

WIDTH, HEIGHT = 720, 300
FONT = 12
"""All in pixels."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 58, 44
_BASE = HEIGHT - _BOTTOM
_CURVES = 4
_LETTER = 6.2
_MOST_NAMED = 8


class Stroke(msgspec.Struct, frozen=True):
    """A line through points; `role` names its colour."""

    points: tuple[Point, ...]
    role: str
    dashed: bool = False
    width: float = 1.0


class Label(msgspec.Struct, frozen=True):
    """Words with their base line at `y`; `anchor` says which part of them is at `x`."""

    x: float
    y: float
    text: str
    role: str = "text"
    anchor: str = "start"
    bold: bool = False


Shape = Stroke | Label


def shapes(plot: Plot) -> Iterator[Shape]:
    """Grid, marks, limits, curves and words, in the order in which they cover each other."""
    axes = frame(plot)
    yield Label(_LEFT, 20, visible(plot.title), bold=True)
    yield from _grid(plot, axes)
    yield from _marks(plot, axes)
    for limit in plot.limits:
        if (place := axes.y.place(limit.value)) is not None:
            y = _down(place)
            yield Stroke(((_LEFT, y), (WIDTH - _RIGHT, y)), "limit", dashed=True, width=1.5)
            yield Label(_LEFT + 4, y - 4, visible(f"{limit.name} {limit.value:.6g}".strip()), "limit")
    for number, curve in enumerate(plot.curves):
        for part in strokes(plot, axes, curve.values, WIDTH):
            points = tuple((_across(x), _down(y)) for x, y in part)
            yield Stroke(points if len(points) > 1 else _dot(points[0]), f"curve{number % _CURVES}", width=1.5)
    yield from _legend(plot)


def _grid(plot: Plot, axes: Frame) -> Iterator[Shape]:
    for place, name in axes.y.ticks(5):
        y = _down(place)
        yield Stroke(((_LEFT, y), (WIDTH - _RIGHT, y)), "grid")
        yield Label(_LEFT - 6, y + 4, name, anchor="end")
    for place, name in axes.x.ticks(6):
        x = _across(place)
        yield Stroke(((x, _BASE), (x, _BASE + 4)), "text")
        yield Label(x, _BASE + 18, name, anchor="middle")
    yield Stroke(((_LEFT, _BASE), (WIDTH - _RIGHT, _BASE)), "text")
    yield Label(_LEFT, _TOP - 8 if not plot.marks else 36, visible(plot.y_name), "event")
    yield Label(WIDTH - _RIGHT, HEIGHT - 8, visible(plot.x_name), "event", "end")


def _marks(plot: Plot, axes: Frame) -> Iterator[Shape]:
    """A line each; alarms and onsets have their words, and events where there are few."""
    events = sum(mark.kind == "event" for mark in plot.marks)
    named = [mark for mark in plot.marks if mark.kind != "event" or events <= _MOST_NAMED]
    for mark in plot.marks:
        if (place := axes.x.place(mark.at)) is None:
            continue
        x = _across(place)
        width = 2.0 if mark.kind == "alarm" else 1.0
        yield Stroke(((x, _TOP - 4), (x, _BASE)), mark.kind, dashed=mark.kind != "alarm", width=width)
        if mark in named:
            yield _words(mark, x, named.index(mark))


def _words(mark: Mark, x: float, number: int) -> Label:
    """Beside the line, towards the middle of the sheet; neighbours one above the other."""
    left = x < WIDTH / 2
    y = _TOP + FONT + (number % 4) * (FONT + 4)
    words = visible(": ".join(filter(None, (mark.kind if mark.kind != "event" else "", mark.text))))
    return Label(x + 5 if left else x - 5, y, words, mark.kind, "start" if left else "end")


def _legend(plot: Plot) -> Iterator[Shape]:
    """The names of the curves, in their colours, below them."""
    x = float(_LEFT)
    for number, curve in enumerate(plot.curves):
        name = visible(curve.name)
        if name:
            yield Stroke(((x, HEIGHT - 12), (x + 16, HEIGHT - 12)), f"curve{number % _CURVES}", width=2.0)
            yield Label(x + 21, HEIGHT - 8, name)
            x += 36 + len(name) * _LETTER


def _dot(point: Point) -> tuple[Point, Point]:
    x, y = point
    return (x - 1.5, y), (x + 1.5, y)


def _across(place: float) -> float:
    return round(_LEFT + place * (WIDTH - _LEFT - _RIGHT), 1)


def _down(place: float) -> float:
    return round(_BASE - place * (_BASE - _TOP), 1)
