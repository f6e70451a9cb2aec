"""The A/B tests of the manifest whose metric is `two-sample`: two similarities on windows of two tables."""

from collections.abc import Iterator, Mapping

from qops.formats.located_tree import Mapping as Tree
from qops.formats.located_tree import Node, Sequence
from qops.formats.manifest_abtests_schema import AbTestSection, ArmSection
from qops.formats.manifest_circuits import Fault
from qops.formats.manifest_kernels import kernel_arm, two_sample
from qops.formats.manifest_kernels_schema import TwoSampleSection
from qops.formats.problems import Problems
from qops.model.kernels import KernelArm, SimilarityEntry, TwoSample
from qops.model.manifest import BackendEntry, CircuitEntry
from qops.model.spelling import did_you_mean

KEYS = ("a", "b", "backend", "metric", "goal", "margin", "alpha")
METRIC = "two-sample"


def on_similarities(node: Node) -> bool:
    """Whether an entry compares similarities."""
    metric = node.values.get("metric") if isinstance(node, Tree) else None
    return isinstance(metric, Tree) and METRIC in metric.values


def similarities(
    tree: Node,
    sections: Mapping[str, AbTestSection] | None,
    circuits: Mapping[str, CircuitEntry],
    backends: Mapping[str, BackendEntry],
    problems: Problems,
) -> dict[str, SimilarityEntry]:
    """Every experiment on similarities by its name, in the order of the file; what is wrong goes to `problems`."""
    nodes = tree.values.get("abtests") if isinstance(tree, Tree) else None
    found: dict[str, SimilarityEntry] = {}
    for name, section in (sections or {}).items():
        node = nodes.values[name] if isinstance(nodes, Tree) else None
        if not isinstance(node, Tree) or not isinstance(section, AbTestSection) or not on_similarities(node):
            continue
        for cause, where, hint in _faults(node, section, backends):
            problems.add(cause, where, hint)
        arms = [_arm(node.values.get(key), getattr(section, key), circuits, problems) for key in ("a", "b")]
        entry = _entry(name, node, section, arms, _samples(node, section, problems))
        if entry:
            found[name] = entry
    return found


def _faults(node: Tree, section: AbTestSection, backends: Mapping[str, BackendEntry]) -> Iterator[Fault]:
    backend = node.values.get("backend")
    if isinstance(section.backend, str) and backend is not None and section.backend not in backends:
        cause = f"no backend is called `{section.backend}`"
        yield cause, backend.where, did_you_mean(section.backend, backends)
    for key in node.values:
        if key not in KEYS and key in AbTestSection.__struct_fields__:
            what = "a comparison of similarities"
            yield f"`{key}` is not for {what}", node.keys[key], f"it takes {', '.join(KEYS)}"
    metric = node.values["metric"]
    for key in metric.values if isinstance(metric, Tree) else ():
        if key != METRIC:
            yield f"the metric has `{key}` besides `{METRIC}`", metric.where, "keep one of them"
    if section.goal in ("non-inferior", "equivalent") and not section.margin and "margin" not in node.values:
        hint = "say how much does not matter, as a difference of rates: `margin: 0.05`"
        yield f"the goal `{section.goal}` needs a `margin`", node.where, hint


def _arm(
    node: Node | None, section: object, circuits: Mapping[str, CircuitEntry], problems: Problems
) -> KernelArm | None:
    if node is None:
        return None
    if isinstance(node, Sequence):
        hint = "write one `abtests` entry for each; `qops abtest matrix` judges them together"
        problems.add("a similarity is compared with one other", node.where, hint)
    elif not isinstance(node, Tree) or "kernel" not in node.values:
        problems.add("the arm names no kernel", node.where, "write `{kernel: {map: zz}}` or `{kernel: {kind: rbf}}`")
    elif len(node.values) > 1:
        problems.add("an arm has more than a `kernel`", node.where, "circuits are compared by their outcomes")
    elif isinstance(section, ArmSection):
        return kernel_arm(node.values["kernel"], section.kernel, circuits, problems)
    return None


def _samples(node: Tree, section: AbTestSection, problems: Problems) -> TwoSample | None:
    metric, wanted = node.values["metric"], getattr(section.metric, "two_sample", None)
    if not isinstance(metric, Tree) or not isinstance(wanted, TwoSampleSection):
        return None
    return two_sample(metric.values[METRIC], wanted, problems)


def _entry(
    name: str, node: Tree, section: AbTestSection, arms: list[KernelArm | None], samples: TwoSample | None
) -> SimilarityEntry | None:
    a, b = arms
    if a is None or b is None or samples is None:
        return None
    margin = section.margin if isinstance(section.margin, int | float) else 0.0
    backend = section.backend if isinstance(section.backend, str) else ""
    return SimilarityEntry(name, a, b, samples, node.where, section.goal, float(margin), section.alpha, backend)
