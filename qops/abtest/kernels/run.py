"""One experiment on similarities, from the manifest's words to what is told."""

from collections.abc import Mapping
from typing import NamedTuple

from qops.abtest.kernels.describe import cost_ratio, data, section
from qops.abtest.kernels.gather import gather
from qops.abtest.kernels.judge import Judged, judge
from qops.abtest.kernels.prepared import prepare
from qops.abtest.kernels.verdict import concern, verdict
from qops.abtest.kernels.windows import pool
from qops.model.kernels import KernelArm, TwoSample
from qops.model.manifest import CircuitEntry
from qops.model.ports import CircuitSources, WorkTree
from qops.model.report import Section
from qops.model.verdict import Verdict
from qops.stats.kernels.installed import test


class Asked(NamedTuple):
    """An experiment as the manifest declares it; `goal` is one of `verdict.GOALS`, `margin` a difference of rates."""

    name: str
    a: KernelArm
    b: KernelArm
    samples: TwoSample
    goal: str = "superior"
    margin: float = 0.0
    alpha: float = 0.05


class Found(NamedTuple):
    """What came out, and how it is told."""

    judged: Judged
    verdict: Verdict
    section: Section
    data: dict[str, object]


def run(tree: WorkTree, sources: CircuitSources, circuits: Mapping[str, CircuitEntry], asked: Asked) -> Found:
    """Draw windows, test each with both similarities, and compare how often either tells the samples apart.

    Args:
        tree: where the tables are.
        sources: reads the feature maps that are circuits.
        circuits: those of the manifest.
        asked: the experiment.

    Raises:
        InputError: a table, a feature map or a window is wrong.
    """
    arms, samples = (asked.a, asked.b), asked.samples
    gathered = gather(tree, sources, circuits, samples, arms)
    pooled = pool(gathered.first, gathered.second, samples)
    prepared = prepare(asked.a, pooled.rows, gathered.circuits), prepare(asked.b, pooled.rows, gathered.circuits)
    judged = judge(pooled, prepared, samples, test(samples.test, samples.where), asked.alpha)
    decided = verdict(asked.name, judged, samples, asked.goal, asked.margin, concern(prepared))
    told = data(judged, samples, prepared) | {"cost_ratio": cost_ratio(prepared)}
    return Found(judged, decided, section(asked.name, judged, samples, arms, prepared), told)
