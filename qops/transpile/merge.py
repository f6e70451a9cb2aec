"""Shards of a matrix put together again."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from qops.errors import InputError
from qops.formats import matrix_file
from qops.model.baseline import Answer, Baseline
from qops.model.examination import Sameness
from qops.model.manifest import MatrixEntry
from qops.model.matrix import Comparable, Compiled, Lost, Matrix, Outcome, Row
from qops.model.ports import AnyFile
from qops.model.where import Where
from qops.transpile.pairing import Key, key
from qops.transpile.selection import select

_WEIGHT = {Sameness.UNDECIDED: 0, Sameness.SAME: 1, Sameness.DIFFERENT: 2}
MISSING = Lost("missing", "no shard has it")


def read(anywhere: AnyFile, files: Sequence[str], entry: MatrixEntry) -> Baseline:
    """The matrix of all shards and their answers, in whatever order they are named; cells that no shard has are lost.

    Raises:
        InputError: a file is no shard, or two of them are not of one matrix.
    """
    parts = {file: matrix_file.read(_data(anywhere, file), file) for file in files}
    shards = [(file, part.matrix) for file, part in parts.items()]
    name, first = shards[0]
    for other, shard in shards[1:]:
        if _alike(shard.comparable) != _alike(first.comparable):
            cause = f"{other} and {name} are not parts of one matrix: circuits, targets or versions differ"
            raise InputError(
                cause, where=Where(other), hint="compile all shards from the same commit, with the same versions"
            )
    found: dict[Key, dict[int, Outcome]] = {}
    for other, shard in shards:
        for row in shard.rows:
            _put(found.setdefault(key(row), {}), row, other)
    selection = select(entry, (), None)
    for wanted in selection.rows:
        row_outcomes = found.setdefault(wanted, {})
        for seed in selection.seeds:
            row_outcomes.setdefault(seed, MISSING)
    rows = tuple(Row(*name, dict(sorted(outcomes.items()))) for name, outcomes in sorted(found.items()))
    answers = [answer for part in parts.values() for answer in part.answers]
    return Baseline(Matrix(first.comparable, rows), answers=_each_once(answers))


def _each_once(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """One answer for each cell, the most telling where there are several."""
    ordered = sorted(answers, key=lambda each: (_WEIGHT[each.check.sameness], repr(each.check)))
    last = {(each.circuit, each.backend, each.level, each.seed): each for each in ordered}
    return tuple(last[place] for place in sorted(last))


def _data(anywhere: AnyFile, file: str) -> bytes:
    data = anywhere.read(Path(file))
    if data is None:
        raise InputError(f"there is no file {file}", hint="`qops transpile-matrix --shard I/N --to FILE` writes one")
    return data


def _alike(comparable: Comparable) -> tuple[Mapping[str, str], ...]:
    return comparable.circuits, comparable.targets, comparable.options, comparable.surroundings


def _put(outcomes: dict[int, Outcome], row: Row, file: str) -> None:
    for seed, outcome in row.outcomes.items():
        there = outcomes.setdefault(seed, outcome)
        if isinstance(there, Compiled) and isinstance(outcome, Compiled) and there.digest != outcome.digest:
            cause = (
                f"two shards have compiled {row.circuit}@{row.backend}:{row.level}, seed {seed}, to different circuits"
            )
            raise InputError(cause, where=Where(file), hint="`qops transpile-matrix --recheck 100%` looks into that")
        if isinstance(there, Lost):
            outcomes[seed] = outcome
