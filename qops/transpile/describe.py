"""A matrix and its verdicts as a `Report`. Pure.

What is in it is the same whoever compiled the cells, when, in how many parts and how fast.
"""

from collections.abc import Sequence

import msgspec

from qops.model.matrix import Compiled, Matrix, Row
from qops.model.report import Cell, Report
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.transpile.table import table

_OF_THE_RUN = ("cpu_s", "peak_bytes", "initial_layout", "final_layout")


def describe(
    new: Matrix,
    old: Matrix | None,
    label: str | None,
    verdicts: Sequence[Verdict],
    limit: int,
    accepted: str | None,
    unexamined: str = "",
) -> Report:
    """The report on a matrix beside its baseline, `label` being what that is called.

    Args:
        new: the matrix.
        old: the baseline, None where there is none.
        label: what the baseline is called.
        verdicts: what was found.
        limit: the most rows to show.
        accepted: the reason why the matrix is the baseline from now on, if it is.
        unexamined: which compiled circuits could not be compared with their sources, and why.
    """
    shown, left = table(old, new, limit)
    facts: list[tuple[str, Cell]] = [("compiler", _compiler(new)), ("baseline", label or "none")]
    if accepted is not None:
        facts.append(("accepted", accepted))
    if unexamined:
        facts.append(("not examined", unexamined))
    if left:
        facts.append(("rows", f"the worst {limit:,} of {len(new.rows):,}"))
    return Report(
        command="transpile-matrix",
        title="Transpile matrix",
        facts=tuple(facts),
        tables=(shown,) if new.rows else (),
        verdicts=tuple(verdicts),
        summary=f"{_size(new)}; {_told(verdicts, accepted)}",
        data={"baseline": label, "accepted": accepted, **_data(new)},
    )


def describe_shard(matrix: Matrix, shard: tuple[int, int], to: str | None) -> Report:
    """The report on a part of a matrix, which nobody can judge yet."""
    number, of = shard
    facts: list[tuple[str, Cell]] = [("compiler", _compiler(matrix)), ("outcomes in", to or "the cache alone")]
    return Report(
        command="transpile-matrix",
        title=f"Transpile matrix, shard {number} of {of}",
        facts=tuple(facts),
        summary=f"{_size(matrix)}; `qops transpile merge` judges all shards together",
        data={"shard": number, "of": of, **_data(matrix)},
    )


def _data(matrix: Matrix) -> dict[str, object]:
    return {"comparable": msgspec.to_builtins(matrix.comparable), "rows": [_row(row) for row in matrix.rows]}


def _row(row: Row) -> dict[str, object]:
    cells = {str(seed): msgspec.to_builtins(outcome) for seed, outcome in row.outcomes.items()}
    return {
        "circuit": row.circuit,
        "backend": row.backend,
        "level": row.level,
        "cells": {seed: {k: v for k, v in cell.items() if k not in _OF_THE_RUN} for seed, cell in cells.items()},
    }


def _compiler(matrix: Matrix) -> str:
    known = sorted(matrix.comparable.surroundings.items(), key=lambda item: (item[0] != "qiskit", item))
    return ", ".join(f"{name.removeprefix('plugin ')} {value}" for name, value in known if name != "machine")


def _size(matrix: Matrix) -> str:
    cells = [outcome for row in matrix.rows for outcome in row.outcomes.values()]
    lost = sum(not isinstance(outcome, Compiled) for outcome in cells)
    return f"{counted(len(matrix.rows), 'row')}, {counted(len(cells), 'cell')}" + (f", {lost:,} lost" if lost else "")


def _told(verdicts: Sequence[Verdict], accepted: str | None) -> str:
    if accepted is not None:
        return "the baseline from now on"
    failed = sum(verdict.outcome is Outcome.FAIL for verdict in verdicts)
    if failed:
        return counted(failed, "finding")
    return "inconclusive" if any(v.outcome is Outcome.INCONCLUSIVE for v in verdicts) else "no worse than the baseline"
