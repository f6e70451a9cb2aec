"""How a failure is told: to a person on standard error, to a program as one JSON document."""

import typer

from qops.errors import ManyErrors, QopsError
from qops.render.json import document
from qops.render.visible import visible


def told(error: QopsError, *, colour: bool = False) -> str:
    """`error: file:line:column: cause`, the excerpt with a caret, and `hint: …`, for each problem."""
    return "".join(_paragraph(problem, colour=colour) for problem in problems(error))


def as_json(error: QopsError) -> str:
    """The document that `--json` prints in the report's place, every problem in its `error` object."""
    return document({"error": {**_fields(error), "problems": [_fields(problem) for problem in problems(error)]}})


def problems(error: QopsError) -> list[QopsError]:
    """The single problems of an error, in the order of their places."""
    if isinstance(error, ManyErrors):
        return [single for problem in error.problems for single in problems(problem)]
    return [error]


def _paragraph(error: QopsError, *, colour: bool) -> str:
    place = f"{error.where}: " if error.where else ""
    lines = [f"{typer.style('error:', fg='red') if colour else 'error:'} {visible(place + error.cause)}"]
    if error.excerpt:
        lines += _excerpt(error.excerpt, error.where.column if error.where else 0)
    if error.hint:
        lines.append(f"{typer.style('hint:', bold=True) if colour else 'hint:'} {visible(error.hint)}")
    return "\n".join(lines) + "\n"


def _excerpt(text: str, column: int) -> list[str]:
    """The lines as they stand, tabs as spaces, and under a single one a caret at its `column` (0 where unknown)."""
    lines = [line.replace("\t", " ").rstrip() for line in text.splitlines()]
    shown = [f"    {visible(line)}" for line in lines]
    if len(lines) != 1 or not 1 <= column <= len(lines[0]) + 1:
        return shown
    from rich.cells import cell_len

    return [*shown, " " * (4 + cell_len(visible(lines[0][: column - 1]))) + "^"]


def _fields(error: QopsError) -> dict[str, object]:
    where = error.where
    return {
        "cause": error.cause,
        "file": where.file if where else None,
        "line": where.line or None if where else None,
        "column": where.column or None if where else None,
        "excerpt": error.excerpt,
        "hint": error.hint,
        "exit_code": int(error.exit_code),
    }
