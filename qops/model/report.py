"""A report: all that the renderers know."""

from typing import Literal

import msgspec

from qops.model.verdict import Verdict

Cell = str | int | float | None


class Table(msgspec.Struct, frozen=True):
    """Rows under a title. `numeric` names the columns that are set flush right."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """A line of a section. `mark` is `+`, `-`, `~` (changed), `?` (not examined) or a blank."""

    text: str
    mark: str = " "


class Curve(msgspec.Struct, frozen=True):
    """Values over the x of a plot, as many; None where there is none, and the curve is broken there."""

    name: str
    values: tuple[float | None, ...]


class Limit(msgspec.Struct, frozen=True):
    """A value that a curve is held against, drawn from side to side."""

    name: str
    value: float


class Mark(msgspec.Struct, frozen=True):
    """A place on the x axis, drawn from top to bottom: where something happened, an alarm began, or a change did."""

    at: float
    text: str
    kind: Literal["event", "alarm", "onset"] = "event"


class Plot(msgspec.Struct, frozen=True):
    """Curves over a common `x`, which ascends; with `times` it is seconds since 1970, UTC.

    Where a number is not finite there is no point, and none on a `logarithmic` axis where it is not positive. `x_name`
    and `y_name` say what the axes are and in which unit.
    """

    title: str
    x: tuple[float, ...]
    curves: tuple[Curve, ...]
    limits: tuple[Limit, ...] = ()
    marks: tuple[Mark, ...] = ()
    x_name: str = ""
    y_name: str = ""
    times: bool = False
    logarithmic: bool = False


class Section(msgspec.Struct, frozen=True):
    """A heading with lines, then plots and tables below it: one circuit of a diff, one snapshot of a log."""

    title: str
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """What a command found.

    `facts` are (name, value) pairs; `summary` is the one line that ends the report; `data` is what `--json` carries
    besides, exact and for machines, under `schema_version` 1. `asides` are more facts, of this run and not of what was
    found, as how long it took: people are told, and JSON, which is the same for the same findings, has none of them.
    """

    command: str
    title: str
    facts: tuple[tuple[str, Cell], ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    summary: str = ""
    data: dict[str, object] = {}
    plots: tuple[Plot, ...] = ()
    asides: tuple[tuple[str, Cell], ...] = ()

    @property
    def told(self) -> tuple[tuple[str, Cell], ...]:
        """All that people are told as facts."""
        return self.facts + self.asides
