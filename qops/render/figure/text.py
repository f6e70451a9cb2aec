"""A plot in characters, for terminals and wherever else text is all there is."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qops.model.report import Mark, Plot
from qops.model.wording import counted
from qops.render.figure.points import Frame, frame, strokes
from qops.render.figure.raster import Cell, braille, cells, column_of, row_of
from qops.render.visible import visible

WIDTH = 72
_ROWS = 10
_FEWEST_COLUMNS = 8
_MOST_NAMED = 8
_SCALE_STEP = 14
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CURVES = "*o+x#"
_ORDER = {"event": 0, "onset": 1, "alarm": 2}


class Piece(NamedTuple):
    """Characters of one role: `curve`, `limit`, `axis`, `event`, `onset`, `alarm`, or none."""

    text: str
    role: str = ""


class Glyphs(NamedTuple):
    """What lines are made of."""

    side: str
    tick: str
    corner: str
    floor: str
    foot: str
    limit: str
    marks: dict[str, str]


_DRAWN = Glyphs("│", "┤", "└", "─", "┴", "╌", {"event": "┆", "onset": "╎", "alarm": "┃"})
_TYPED = Glyphs("|", "+", "+", "-", "+", "-", {"event": ":", "onset": "!", "alarm": "|"})

Row = list[Piece]
Grid = dict[Cell, Piece]


def rows(plot: Plot, width: int | None = None, *, ascii_only: bool = False) -> list[Row]:
    """The plot under its title, its legend below; no row but those of the legend is wider than `width`."""
    axes = frame(plot)
    glyphs = _TYPED if ascii_only else _DRAWN
    names = {row_of(place, _ROWS): name for place, name in axes.y.ticks(4) if 0 <= place <= 1}
    gutter = max(map(len, names.values()), default=0)
    columns = max(_FEWEST_COLUMNS, (width or WIDTH) - gutter - 1)
    named = _named(plot.marks)
    title = visible((" - " if ascii_only else " · ").join(filter(None, (plot.title, plot.y_name))))
    return [
        *([[Piece(title, "title")]] if title else []),
        *_body(_grid(plot, axes, columns, glyphs), names, gutter, columns, glyphs),
        _floor(plot.marks, named, axes, gutter, columns, glyphs),
        *_scale(axes, gutter, columns),
        *_legend(plot, named, axes, glyphs, ascii_only=ascii_only),
    ]


def typed(row: Row) -> str:
    """A row without its roles."""
    return "".join(piece.text for piece in row).rstrip()


def _grid(plot: Plot, axes: Frame, columns: int, glyphs: Glyphs) -> Grid:
    """What is where: marks behind limits, and those behind the curves."""
    grid: Grid = {}
    for mark in sorted(plot.marks, key=lambda mark: _ORDER[mark.kind]):
        if (place := axes.x.place(mark.at)) is not None:
            column = column_of(place, columns)
            grid |= {(column, row): Piece(glyphs.marks[mark.kind], mark.kind) for row in range(_ROWS)}
    for limit in plot.limits:
        if (place := axes.y.place(limit.value)) is not None:
            row = row_of(place, _ROWS)
            grid |= {(column, row): Piece(glyphs.limit, "limit") for column in range(columns)}
    for number, curve in enumerate(plot.curves):
        parts = strokes(plot, axes, curve.values, columns * 2)
        if _in_dots(plot, glyphs):
            grid |= {cell: Piece(dots, "curve") for cell, dots in braille(parts, columns, _ROWS).items()}
        else:
            grid |= dict.fromkeys(cells(parts, columns, _ROWS), Piece(_letter(number), "curve"))
    return grid


def _in_dots(plot: Plot, glyphs: Glyphs) -> bool:
    """Whether a curve is drawn in braille, in which one cannot be told from another."""
    return len(plot.curves) == 1 and glyphs is _DRAWN


def _letter(number: int) -> str:
    return _CURVES[number % len(_CURVES)]


def _body(grid: Grid, names: dict[int, str], gutter: int, columns: int, glyphs: Glyphs) -> Iterator[Row]:
    blank = Piece(" ")
    for row in range(_ROWS):
        side = Piece(f"{names.get(row, ''):>{gutter}}{glyphs.tick if row in names else glyphs.side}", "axis")
        yield [side, *(grid.get((column, row), blank) for column in range(columns))]


def _floor(marks: Sequence[Mark], named: Sequence[Mark], axes: Frame, gutter: int, columns: int, glyphs: Glyphs) -> Row:
    """The x axis, with the letters of the marks that the legend explains."""
    line = [Piece(glyphs.floor, "axis")] * columns
    for mark in (*(mark for mark in marks if mark not in named), *named):
        if (place := axes.x.place(mark.at)) is not None:
            letter = _LETTERS[named.index(mark)] if mark in named else glyphs.foot
            line[column_of(place, columns)] = Piece(letter, mark.kind)
    return [Piece(f"{'':{gutter}}{glyphs.corner}", "axis"), *line]


def _scale(axes: Frame, gutter: int, columns: int) -> Iterator[Row]:
    """A row with the names of values below the x axis, as many as there is room for."""
    text = " " * gutter
    for place, name in axes.x.ticks(max(1, columns // _SCALE_STEP)):
        start = min(gutter + 1 + column_of(place, columns) - len(name) // 2, gutter + 1 + columns - len(name))
        if start >= len(text) + (len(text) > gutter) * 2:
            text = text.ljust(start) + name
    if text.strip():
        yield [Piece(text, "axis")]


def _legend(plot: Plot, named: Sequence[Mark], axes: Frame, glyphs: Glyphs, *, ascii_only: bool) -> Iterator[Row]:
    if plot.x_name:
        yield [Piece(f"  x  {visible(plot.x_name)}")]
    for number, curve in enumerate(plot.curves):
        yield from _entry("⠒" if _in_dots(plot, glyphs) else _letter(number), "curve", curve.name)
    for limit in plot.limits:
        yield from _entry(glyphs.limit, "limit", f"{limit.name} {limit.value:.6g}".strip())
    for letter, mark in zip(_LETTERS, named, strict=False):
        yield from _entry(letter, mark.kind, " ".join(filter(None, (mark.kind, axes.x.name(mark.at), mark.text))))
    if more := len(plot.marks) - len(named):
        yield [Piece(f"  {'...' if ascii_only else '…'} {counted(more, 'more event')}")]


def _entry(sign: str, role: str, text: str) -> Iterator[Row]:
    if text:
        yield [Piece(f"  {sign}", role), Piece(f"  {visible(text)}")]


def _named(marks: Sequence[Mark]) -> list[Mark]:
    """The marks that there is room to explain: alarms before onsets before the latest events, in their order."""
    latest = sorted(marks, key=lambda mark: (_ORDER[mark.kind], mark.at))[-_MOST_NAMED:]
    return sorted(latest, key=lambda mark: mark.at)
