"""One experiment on similarities, from the manifest's words to what is told."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from qops.abtest.kernels.describe import cost_ratio, data, section
from qops.abtest.kernels.device import with_measured
from qops.abtest.kernels.gather import gather
from qops.abtest.kernels.judge import Judged, judge
from qops.abtest.kernels.prepared import Prepared, prepare
from qops.abtest.kernels.verdict import concern, verdict
from qops.abtest.kernels.windows import Pool, pool
from qops.model.circuit import Circuit
from qops.model.kernels import SimilarityEntry
from qops.model.manifest import CircuitEntry
from qops.model.ports import CircuitSources, WorkTree
from qops.model.report import Section
from qops.model.verdict import Verdict
from qops.stats.kernels.installed import test


class Ready(NamedTuple):
    """What an experiment is about, read and prepared: the rows, the kernels of both arms, circuits by name."""

    pooled: Pool
    arms: tuple[tuple[Prepared, ...], tuple[Prepared, ...]]
    circuits: dict[str, Circuit]


class Found(NamedTuple):
    """What came out of an experiment, and how it is told; `concern` says why an arm is not to be trusted."""

    entry: SimilarityEntry
    judged: Judged
    concern: str
    section: Section
    data: dict[str, object]

    @property
    def verdict(self) -> Verdict:
        """What is decided, this experiment alone."""
        return verdict(self.entry, self.judged, self.concern)


def run(
    tree: WorkTree,
    sources: CircuitSources,
    circuits: Mapping[str, CircuitEntry],
    entry: SimilarityEntry,
    measured: Callable[[str], bytes | None] = lambda _: None,
) -> Found:
    """Draw windows, test each with both similarities, and compare how often either tells the samples apart.

    Args:
        tree: where the tables are.
        sources: reads the feature maps that are circuits.
        circuits: those of the manifest.
        entry: the experiment.
        measured: a file of the series, for an experiment on a backend.

    Raises:
        InputError: a table, a feature map or a window is wrong.
        InconclusiveError: not all fidelities have been measured.
    """
    samples = entry.samples
    pooled, prepared, named = ready(tree, sources, circuits, entry)
    if entry.backend:
        prepared = with_measured(measured, entry, pooled, prepared, named)
    judged = judge(pooled, prepared, samples, test(samples.test, samples.where), entry.alpha)
    told = data(judged, samples, prepared) | {"cost_ratio": cost_ratio(prepared)}
    shown = section(entry.name, judged, samples, (entry.a, entry.b), prepared)
    return Found(entry, judged, concern(prepared), shown, told)


def ready(
    tree: WorkTree, sources: CircuitSources, circuits: Mapping[str, CircuitEntry], entry: SimilarityEntry
) -> Ready:
    """Read the tables and circuits of an experiment, and prepare its kernels.

    Raises:
        InputError: a table or a feature map is wrong.
    """
    gathered = gather(tree, sources, circuits, entry.samples, (entry.a, entry.b))
    pooled = pool(gathered.first, gathered.second, entry.samples)
    a, b = (prepare(arm, pooled.rows, gathered.circuits) for arm in (entry.a, entry.b))
    return Ready(pooled, (a, b), gathered.circuits)
