"""`qops transpile-matrix`: gather, judge, describe, keep."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from qops.errors import InputError
from qops.formats import matrix_file
from qops.model.baseline import Answer, Baseline
from qops.model.manifest import Manifest, MatrixEntry
from qops.model.matrix import Matrix
from qops.model.report import Report
from qops.model.verdict import Verdict
from qops.recorded import repository
from qops.transpile import baselines, equivalence, gate, recheck
from qops.transpile import merge as shards
from qops.transpile.baselines import Found
from qops.transpile.describe import describe, describe_shard
from qops.transpile.equivalence import Compared
from qops.transpile.gather import Workshop, workshop
from qops.transpile.plan import Plan
from qops.transpile.ports import MatrixPorts
from qops.transpile.selection import select


class Asked(msgspec.Struct, frozen=True):
    """What is wanted of a matrix.

    `only` names rows, `seeds` how many in place of the manifest's; `baseline` is a file or a revision. `shard` is the
    part to compile and of how many, `to` a file for the outcomes. `recheck` is the share of cells to compile twice;
    `verify` says which compiled circuits are compared with their sources: the best for each backend (`auto`), the best
    of each row (`all`), or none (`off`); with shards, each looks at the best that it has.
    `accept` is the reason why the outcome is to be the baseline, whatever it is. `limit` are the most rows to show.
    """

    only: tuple[str, ...] = ()
    seeds: int | None = None
    baseline: str | None = None
    shard: tuple[int, int] | None = None
    to: str | None = None
    recheck: float = 0.0
    verify: str = "auto"
    accept: str | None = None
    limit: int = 40


def plan_hash(ports: MatrixPorts, asked: Asked) -> str:
    """The digest of all that the outcomes depend on; nothing is compiled."""
    _, plan = planned(ports, *repository.with_matrix(ports.base.tree), asked)
    return plan.digest


def run(ports: MatrixPorts, asked: Asked) -> Report:
    """Compile the matrix, and say whether compilation became worse.

    Raises:
        InputError: the manifest has no matrix, or what was asked for is not in it.
    """
    if asked.accept is not None and not asked.accept.strip():
        raise InputError("the reason is empty", hint='say why: --accept "the new device has fewer couplings"')
    manifest, entry = repository.with_matrix(ports.base.tree)
    found = baselines.find(ports.base, asked.baseline)
    shop, plan = planned(ports, manifest, entry, asked)
    part = plan.shard(*asked.shard) if asked.shard else plan
    matrix = part.matrix(shop.outcomes(part))
    answers: tuple[Answer, ...] = ()
    if asked.verify != "off":
        answers = equivalence.look(shop, part.cells, matrix, every=asked.verify == "all")
    if asked.to:
        ports.base.anywhere.write(Path(asked.to), matrix_file.write(Baseline(matrix, answers=answers)))
    if asked.shard:
        return describe_shard(matrix, asked.shard, asked.to)
    again = recheck.run(shop, part, matrix, asked.recheck) if asked.recheck else ()
    return conclude(ports, entry, Baseline(matrix, answers=answers), found, asked, again)


def conclude(
    ports: MatrixPorts,
    entry: MatrixEntry,
    made: Baseline,
    found: Found | None,
    asked: Asked,
    besides: Sequence[Verdict] = (),
) -> Report:
    """Judge a matrix that was compiled, here or elsewhere, and keep it as the baseline if that was asked for."""
    matrix, compared = made.matrix, Compared()
    if asked.verify != "off":
        compared = equivalence.judge(matrix, made.answers, every=asked.verify == "all")
    old = (
        _same_rows(found.baseline.matrix, matrix) if found and asked.only else found.baseline.matrix if found else None
    )
    if asked.accept is not None:
        _accept(ports, entry, matrix, found, asked.accept)
        verdicts: tuple[Verdict, ...] = ()
    else:
        verdicts = gate.judge(old or _nothing(matrix), matrix, entry.rules, found.baseline.best if found else ())
    label, found_all = found.label if found else None, (*besides, *compared.verdicts, *verdicts)
    report = describe(matrix, old, label, found_all, asked.limit, asked.accept, compared.undecided)
    time = gate.compile_time(old, matrix) if old and asked.accept is None else ""
    return msgspec.structs.replace(report, asides=(("compile time", time),)) if time else report


def planned(ports: MatrixPorts, manifest: Manifest, entry: MatrixEntry, asked: Asked) -> tuple[Workshop, Plan]:
    """What compiles what was asked for, and its cells."""
    selection = select(entry, asked.only, asked.seeds)
    shop = workshop(ports, manifest, entry, selection)
    return shop, shop.plan(selection)


def merge(ports: MatrixPorts, files: Sequence[str], asked: Asked) -> Report:
    """Judge the matrix whose shards are in `files`; nothing is compiled."""
    _, entry = repository.with_matrix(ports.base.tree)
    made = shards.read(ports.base.anywhere, files, entry)
    if asked.to:
        ports.base.anywhere.write(Path(asked.to), matrix_file.write(made))
    return conclude(ports, entry, made, baselines.find(ports.base, asked.baseline), asked)


def _same_rows(old: Matrix, new: Matrix) -> Matrix:
    """The rows of a baseline that were asked for."""
    names = {(row.circuit, row.backend, row.level) for row in new.rows}
    rows = tuple(row for row in old.rows if (row.circuit, row.backend, row.level) in names)
    return Matrix(old.comparable, rows)


def _nothing(beside: Matrix) -> Matrix:
    return Matrix(beside.comparable, ())


def _accept(ports: MatrixPorts, entry: MatrixEntry, matrix: Matrix, found: Found | None, reason: str) -> None:
    with ports.base.exclusive():
        kept = baselines.successor(found.baseline if found else None, matrix, entry.rules, reason)
        ports.base.tree.write(baselines.FILE, matrix_file.write(kept))
        ports.base.history.stage([baselines.FILE])
