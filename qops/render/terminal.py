"""A report for a person: calm, aligned, coloured only where colour means something. Rich draws it.

Text reaches Rich as `Text`, in which nothing is markup. It is folded to the width of the surface and never cut: what
no folding can make fit is left to the terminal to wrap.
"""

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Literal

from rich.console import Console, RenderableType
from rich.table import Column
from rich.table import Table as Grid
from rich.text import Text

from qops.model.report import Cell, Line, Plot, Report, Section, Table
from qops.model.verdict import Outcome, Verdict
from qops.render.figure import text as drawn
from qops.render.surface import Surface
from qops.render.visible import cell_text, visible

_MARKS = {"+": "green", "-": "red", "~": "yellow", "?": "yellow"}
_OUTCOMES = {Outcome.PASS: "green", Outcome.FAIL: "red", Outcome.INCONCLUSIVE: "yellow"}
_ROLES = {"title": "bold", "axis": "dim", "limit": "yellow", "onset": "yellow", "alarm": "red", "event": "dim"}
_NARROWEST_SURFACE = 20
_NARROWEST_COLUMN = 8
_ENDLESS = 10**9


def render(report: Report, surface: Surface) -> str:
    """Title, facts, sections, tables, verdicts, and the summary as the last line, a blank line between them."""
    paper = StringIO()
    console = _console(paper, colour=surface.colour)
    width = _ENDLESS if surface.width is None else max(surface.width, _NARROWEST_SURFACE)
    for number, block in enumerate(_blocks(report, surface)):
        if number:
            console.line()
        for part in block:
            console.width = max(width, part.min_width or 0) if isinstance(part, Grid) else width
            console.print(part, crop=False)
    lines = paper.getvalue().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _console(paper: StringIO, *, colour: bool) -> Console:
    """A console that asks neither the environment nor the terminal: the surface says all there is to know."""
    return Console(
        file=paper,
        height=1,
        color_system="standard" if colour else None,
        force_terminal=colour,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def _blocks(report: Report, surface: Surface) -> Iterator[list[RenderableType]]:
    if report.title:
        yield [_heading(report.title)]
    if report.told:
        yield [_facts(report.told)]
    yield from (_section(section, surface) for section in report.sections)
    yield from (_plot(plot, surface) for plot in report.plots)
    yield from (_table(table) for table in report.tables)
    if report.verdicts:
        yield [_verdicts(report.verdicts)]
    if report.summary:
        yield [Text(visible(report.summary))]


def _heading(title: str) -> Text:
    return Text(visible(title), "bold")


def _facts(facts: Sequence[tuple[str, Cell]]) -> Grid:
    rows = [(Text(visible(name), "dim"), Text(cell_text(value))) for name, value in facts]
    return _grid([_firm(), _folding()], rows, indented=True)


def _section(section: Section, surface: Surface) -> list[RenderableType]:
    parts: list[RenderableType] = [_heading(section.title)] if section.title else []
    if section.lines:
        parts.append(_grid([_firm(), _folding()], [_line(line) for line in section.lines], gap=1))
    for block in (*(_plot(plot, surface) for plot in section.plots), *map(_table, section.tables)):
        parts += [""] * bool(parts) + block
    return parts


def _plot(plot: Plot, surface: Surface) -> list[RenderableType]:
    width = surface.width and max(surface.width, _NARROWEST_SURFACE)
    rows = drawn.rows(plot, width, ascii_only=surface.ascii_only)
    return [Text.assemble(*((piece.text, _ROLES.get(piece.role, "")) for piece in row)) for row in rows]


def _line(line: Line) -> tuple[Text, Text]:
    style = _MARKS.get(line.mark, "")
    return Text(f"  {line.mark}", style), Text(visible(line.text), style)


def _table(table: Table) -> list[RenderableType]:
    columns = [_firm("right") if name in table.numeric else _folding() for name in table.columns]
    head = [Text(visible(name), "dim") for name in table.columns]
    rows = [head, *([Text(cell_text(cell)) for cell in row] for row in table.rows)]
    return [*([_heading(table.title)] if table.title else []), _grid(columns, rows, indented=True)]


def _verdicts(verdicts: Sequence[Verdict]) -> Grid:
    return _grid([_firm(), _folding(), _folding()], [_verdict(verdict) for verdict in verdicts])


def _verdict(verdict: Verdict) -> tuple[Text, Text, Text]:
    because = Text(visible(verdict.because))
    if verdict.hint:
        because.append(f"\nhint: {visible(verdict.hint)}", "dim")
    return Text(verdict.outcome.name, _OUTCOMES[verdict.outcome]), Text(visible(verdict.name)), because


def _firm(justify: Literal["default", "right"] = "default") -> Column:
    """A column of words and numbers that would be hard to read in pieces."""
    return Column(no_wrap=True, justify=justify)


def _folding() -> Column:
    return Column(overflow="fold", justify="default")


def _grid(columns: list[Column], rows: Sequence[Sequence[Text]], *, gap: int = 2, indented: bool = False) -> Grid:
    """Rows of cells in columns, with the least width in which Rich folds them; in less it would cut them."""
    least = gap * (len(columns) - 1 + indented)
    for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
        widest = max(cell.cell_len for cell in cells)
        least += widest if column.no_wrap else min(widest, _NARROWEST_COLUMN)
    grid = Grid(*columns, box=None, show_header=False, padding=(0, 0, 0, gap), pad_edge=indented, min_width=least)
    for row in rows:
        grid.add_row(*row)
    return grid
