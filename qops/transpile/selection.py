"""Which part of the matrix is wanted. Pure."""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

import msgspec

from qops.errors import InputError
from qops.model.manifest import MatrixEntry

_WANTED = re.compile(r"(?P<circuit>[^@:]+)(@(?P<backend>[^@:]+))?(:(?P<level>[0-3]))?")


class Selection(msgspec.Struct, frozen=True):
    """Rows as (circuit, backend, level), in order, and the seeds of each."""

    rows: tuple[tuple[str, str, int], ...]
    seeds: tuple[int, ...]


def select(matrix: MatrixEntry, only: Sequence[str], seeds: int | None) -> Selection:
    """The rows that one of `only` names, all of them for none; `seeds` go before those of the manifest.

    A row is named `CIRCUIT`, `CIRCUIT@BACKEND` or `CIRCUIT@BACKEND:LEVEL`, where `*` stands for anything.

    Raises:
        InputError: a name is no such thing, or names no row.
    """
    rows = [
        (circuit, backend, level)
        for circuit in sorted(matrix.circuits)
        for backend in sorted(matrix.backends)
        for level in matrix.levels
    ]
    wanted = [_matching(text, rows) for text in only]
    chosen = [row for row in rows if not wanted or any(row in found for found in wanted)]
    return Selection(tuple(chosen), matrix.seeds if seeds is None else tuple(range(seeds)))


def _matching(text: str, rows: Sequence[tuple[str, str, int]]) -> set[tuple[str, str, int]]:
    wanted = _WANTED.fullmatch(text)
    if wanted is None:
        raise InputError(f"`{text}` names no row", hint="write CIRCUIT, CIRCUIT@BACKEND or CIRCUIT@BACKEND:LEVEL")
    circuit, backend, level = wanted["circuit"], wanted["backend"] or "*", wanted["level"]
    found = {
        row
        for row in rows
        if fnmatchcase(row[0], circuit) and fnmatchcase(row[1], backend) and level in (None, str(row[2]))
    }
    if not found:
        raise InputError(f"`{text}` names no row of the matrix", hint=f"its circuits are {_few(rows)}")
    return found


def _few(rows: Sequence[tuple[str, str, int]]) -> str:
    names = list(dict.fromkeys(circuit for circuit, _, _ in rows))
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
