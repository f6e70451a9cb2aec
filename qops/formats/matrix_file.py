"""A matrix as text: a JSON object a line, sorted, so that two branches that changed different rows merge by themselves.

The same file is the baseline in git (`qops.matrix`) and what one shard of a matrix hands to the others, with what it
found about the circuits that it looked at. Layouts are not in it: compiled circuits carry theirs.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from qops.errors import InputError
from qops.model.baseline import Acceptance, Answer, Baseline
from qops.model.gate import Watermark
from qops.model.matrix import Comparable, Compiled, Lost, Matrix, Metrics, Outcome, Row
from qops.model.where import Where

VERSION = 1
_MOST_BYTES = 256_000_000


class _Head(msgspec.Struct, frozen=True, tag="matrix", tag_field="is", forbid_unknown_fields=True):
    version: int


class _Fact(msgspec.Struct, frozen=True, tag="fact", tag_field="is", forbid_unknown_fields=True):
    of: str
    name: str
    value: str


class _RowLine(msgspec.Struct, frozen=True, tag="row", tag_field="is", forbid_unknown_fields=True):
    """The cells of a row, field by field, in the order of `seeds`; `lost` are kind and reason by seed."""

    circuit: str
    backend: str
    level: int
    seeds: tuple[int, ...]
    digests: tuple[str, ...]
    two_qubit: tuple[int, ...]
    two_qubit_depth: tuple[int, ...]
    depth: tuple[int, ...]
    size: tuple[int, ...]
    log_success: tuple[float | None, ...]
    faulty: tuple[int, ...]
    duration_s: tuple[float | None, ...]
    cpu_s: tuple[float, ...]
    lost: dict[str, tuple[str, str]] = {}


class _Best(msgspec.Struct, frozen=True, tag="best", tag_field="is", forbid_unknown_fields=True):
    mark: Watermark


class _Accepted(msgspec.Struct, frozen=True, tag="accepted", tag_field="is", forbid_unknown_fields=True):
    at: str
    reason: str


class _Answered(msgspec.Struct, frozen=True, tag="answer", tag_field="is", forbid_unknown_fields=True):
    answer: Answer


_Line = _Head | _Fact | _RowLine | _Best | _Accepted | _Answered
_COLUMNS = ("two_qubit", "two_qubit_depth", "depth", "size", "log_success", "faulty", "duration_s")
_FACTS = ("circuits", "options", "surroundings", "targets")


def write(baseline: Baseline) -> bytes:
    """The file of a baseline, or of a matrix that has no more than itself."""
    matrix = baseline.matrix
    lines: list[_Line] = [_Head(VERSION), *_facts(matrix.comparable), *map(_row_line, matrix.rows)]
    lines += [_Best(mark) for mark in baseline.best]
    lines += [_Accepted(each.at, each.reason) for each in baseline.accepted]
    lines += map(_Answered, baseline.answers)
    encoder = msgspec.json.Encoder(order="deterministic")
    return b"".join(encoder.encode(line) + b"\n" for line in lines)


def read(data: bytes, file: str) -> Baseline:
    """The baseline in a file called `file`.

    Raises:
        InputError: it is not one; the place is the first line that is wrong.
    """
    if len(data) > _MOST_BYTES:
        raise InputError(f"a matrix of more than {_MOST_BYTES:,} bytes is not read", where=Where(file))
    lines = list(_lines(data, file))
    if not lines or not isinstance(lines[0], _Head):
        raise InputError(
            "this is not a matrix", where=Where(file, 1, 1), hint="`qops transpile-matrix --to` writes one"
        )
    if lines[0].version != VERSION:
        cause = f"the matrix is of version {lines[0].version}; this qops reads version {VERSION}"
        raise InputError(cause, where=Where(file, 1, 1), hint="use the qops that wrote it")
    facts = {
        of: {line.name: line.value for line in lines if isinstance(line, _Fact) and line.of == of} for of in _FACTS
    }
    rows = sorted(
        (_row(line) for line in lines if isinstance(line, _RowLine)),
        key=lambda row: (row.circuit, row.backend, row.level),
    )
    return Baseline(
        matrix=Matrix(Comparable(**facts), tuple(rows)),
        best=tuple(line.mark for line in lines if isinstance(line, _Best)),
        accepted=tuple(Acceptance(line.at, line.reason) for line in lines if isinstance(line, _Accepted)),
        answers=tuple(line.answer for line in lines if isinstance(line, _Answered)),
    )


def _lines(data: bytes, file: str) -> Iterator[_Line]:
    decoder = msgspec.json.Decoder(_Line)
    for number, text in enumerate(data.splitlines(), 1):
        where = Where(file, number, 1)
        if text.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
            raise InputError("this matrix has a merge conflict", where=where, hint="keep one side, or compile it anew")
        try:
            line = decoder.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            hint = "take the file from git again, or compile the matrix anew"
            raise InputError(f"this line is no part of a matrix: {problem}", where=where, hint=hint) from None
        if isinstance(line, _RowLine) and (cause := _unequal(line)):
            raise InputError(cause, where=where, hint="take the file from git again, or compile the matrix anew")
        yield line


def _unequal(line: _RowLine) -> str | None:
    """What is wrong with a row whose columns do not fit each other, or whose numbers are none."""
    columns: dict[str, Sequence[object]] = {name: getattr(line, name) for name in ("digests", "cpu_s", *_COLUMNS)}
    for name, values in columns.items():
        if len(values) != len(line.seeds):
            return f"`{name}` has {len(values)} values for {len(line.seeds)} seeds"
    if not all(re.fullmatch("0|[1-9][0-9]{0,9}", seed) for seed in line.lost):
        return "a lost seed is no number"
    seeds = [*line.seeds, *map(int, line.lost)]
    return "a seed is there twice" if len(set(seeds)) != len(seeds) else None


def _facts(comparable: Comparable) -> Iterator[_Fact]:
    for of in _FACTS:
        for name, value in sorted(getattr(comparable, of).items()):
            yield _Fact(of, name, value)


def _row_line(row: Row) -> _RowLine:
    compiled = {seed: outcome for seed, outcome in sorted(row.outcomes.items()) if isinstance(outcome, Compiled)}
    columns = {name: tuple(getattr(each.metrics, name) for each in compiled.values()) for name in _COLUMNS}
    return _RowLine(
        circuit=row.circuit,
        backend=row.backend,
        level=row.level,
        seeds=tuple(compiled),
        digests=tuple(each.digest for each in compiled.values()),
        cpu_s=tuple(each.cpu_s for each in compiled.values()),
        lost={str(seed): (each.kind, each.because) for seed, each in sorted(row.lost.items())},
        **columns,
    )


def _row(line: _RowLine) -> Row:
    outcomes: dict[int, Outcome] = {int(seed): Lost(*words) for seed, words in line.lost.items()}
    for place, seed in enumerate(line.seeds):
        metrics = Metrics(**{name: getattr(line, name)[place] for name in _COLUMNS})
        outcomes[seed] = Compiled(line.digests[place], metrics, (), (), line.cpu_s[place], 0)
    return Row(line.circuit, line.backend, line.level, dict(sorted(outcomes.items())))
