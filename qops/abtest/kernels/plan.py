"""What an experiment on similarities will take, before anything is spent."""

from collections.abc import Mapping

from qops.abtest.kernels import device
from qops.abtest.kernels.measure import PAIRS_A_JOB
from qops.abtest.kernels.run import ready
from qops.abtest.kernels.windows import size
from qops.model.kernels import SimilarityEntry
from qops.model.manifest import CircuitEntry
from qops.model.ports import CircuitSources, WorkTree
from qops.model.report import Cell, Report, Table
from qops.stats.mcnemar import detectable

DIFFERING = (0.1, 0.2, 0.4)
"""Shares of windows that one arm alone tells apart, for which the least difference is told."""


def plan(
    tree: WorkTree, sources: CircuitSources, circuits: Mapping[str, CircuitEntry], entry: SimilarityEntry
) -> Report:
    """How many windows of how many rows, which difference they can show, and what is measured on a device for them.

    Raises:
        InputError: a table, a feature map or a window is wrong.
        InconclusiveError: so many shots cannot tell entries apart.
    """
    here, samples = ready(tree, sources, circuits, entry), entry.samples
    blocks = size(here.pooled, samples, entry.alpha)
    facts: tuple[tuple[str, Cell], ...] = (
        ("windows", samples.windows),
        ("blocks of either side", blocks),
        ("rows of a block", samples.block - samples.purge),
        ("test", f"{samples.test}, {samples.permutations} permutations"),
        ("α", entry.alpha),
    )
    found = [(share, detectable(samples.windows, share, entry.alpha)) for share in DIFFERING]
    rows = tuple((f"{share:.0%}", "none" if least is None else f"{least:.1%}") for share, least in found)
    columns = ("windows in which the arms differ", "least difference found 4 times in 5")
    tables = [Table("What it can show", columns, rows, columns)]
    if entry.backend:
        tables.append(
            _measured(entry, [each for _, _, each in device.wanted(entry, here.pooled, here.arms, here.circuits)])
        )
    return Report(
        command="abtest plan",
        title=f"{entry.name}: {entry.a.name} against {entry.b.name}",
        facts=facts,
        tables=tuple(tables),
        data={"name": entry.name, "windows": samples.windows, "blocks": blocks, "detectable": dict(found)},
    )


def _measured(entry: SimilarityEntry, wanted: list[device.Wanted]) -> Table:
    rows = []
    for each in wanted:
        pairs = len(each.measurement.plan.left)
        concentration = each.prepared.concentration
        needed = concentration.shots if concentration else None
        jobs = -(-pairs // PAIRS_A_JOB)
        rows.append(
            (each.prepared.kernel.name, pairs, jobs, each.measurement.shots, needed, pairs * each.measurement.shots)
        )
    columns = ("kernel", "entries", "jobs", "shots an entry", "shots needed", "shots")
    return Table(f"Measured on {entry.backend}", columns, tuple(rows), columns[1:])
