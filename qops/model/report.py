"""A report: all that the renderers know."""

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


class Section(msgspec.Struct, frozen=True):
    """A heading with lines, then tables below it: one circuit of a diff, one snapshot of a log."""

    title: str
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """What a command found.

    `facts` are (name, value) pairs; `summary` is the one line that ends the report; `data` is what `--json` carries
    besides, exact and for machines, under `schema_version` 1.
    """

    command: str
    title: str
    facts: tuple[tuple[str, Cell], ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    summary: str = ""
    data: dict[str, object] = {}
