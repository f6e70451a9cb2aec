"""One experiment on similarities, from the manifest's words to what is told."""

from collections.abc import Mapping
from typing import NamedTuple

from qops.abtest.kernels.describe import cost_ratio, data, section
from qops.abtest.kernels.gather import gather
from qops.abtest.kernels.judge import Judged, judge
from qops.abtest.kernels.prepared import prepare
from qops.abtest.kernels.verdict import concern, verdict
from qops.abtest.kernels.windows import pool
from qops.model.kernels import SimilarityEntry
from qops.model.manifest import CircuitEntry
from qops.model.ports import CircuitSources, WorkTree
from qops.model.report import Section
from qops.model.verdict import Verdict
from qops.stats.kernels.installed import test


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


def run(tree: WorkTree, sources: CircuitSources, circuits: Mapping[str, CircuitEntry], entry: SimilarityEntry) -> Found:
    """Draw windows, test each with both similarities, and compare how often either tells the samples apart.

    Args:
        tree: where the tables are.
        sources: reads the feature maps that are circuits.
        circuits: those of the manifest.
        entry: the experiment.

    Raises:
        InputError: a table, a feature map or a window is wrong.
    """
    arms, samples = (entry.a, entry.b), entry.samples
    gathered = gather(tree, sources, circuits, samples, arms)
    pooled = pool(gathered.first, gathered.second, samples)
    prepared = prepare(entry.a, pooled.rows, gathered.circuits), prepare(entry.b, pooled.rows, gathered.circuits)
    judged = judge(pooled, prepared, samples, test(samples.test, samples.where), entry.alpha)
    told = data(judged, samples, prepared) | {"cost_ratio": cost_ratio(prepared)}
    return Found(entry, judged, concern(prepared), section(entry.name, judged, samples, arms, prepared), told)
