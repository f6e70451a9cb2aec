"""Kernels and comparisons of two samples in the manifest: what their keys may say together."""

from collections.abc import Iterator, Mapping

from msgspec import UNSET

from qops.formats.located_tree import Mapping as Tree
from qops.formats.located_tree import Node, Sequence
from qops.formats.manifest_circuits import Fault
from qops.formats.manifest_kernels_schema import Kernels, KernelSection, TwoSampleSection
from qops.formats.problems import Problems
from qops.model.kernels import MAPS, ClassicalKernel, Kernel, KernelArm, QuantumKernel, TwoSample
from qops.model.manifest import CircuitEntry
from qops.model.spelling import did_you_mean

QUANTUM = ("map", "qubits", "repetitions", "scale", "pairs", "shots")
CLASSICAL = ("kind", "bandwidth", "factor")


def kernel_arm(
    node: Node, section: Kernels, circuits: Mapping[str, CircuitEntry], problems: Problems
) -> KernelArm | None:
    """The variant that the key `kernel` declares; None, and what is wrong in `problems`, where it declares none.

    Args:
        node: the value of the key, for places.
        section: the same value, converted.
        circuits: those of the manifest.
        problems: what is wrong goes there.
    """
    several = isinstance(section, list)
    sections = section if isinstance(section, list) else [section]
    nodes = node.items if several and isinstance(node, Sequence) else [node]
    found = [(each, place) for each, place in zip(sections, nodes, strict=False) if isinstance(each, KernelSection)]
    faults = [fault for each, place in found if isinstance(place, Tree) for fault in _faults(each, place, circuits)]
    if several and not sections:
        faults.append(("`kernel` is an empty list", node.where, "write `kernel: {map: zz}`"))
    for cause, where, hint in faults:
        problems.add(cause, where, hint)
    if faults or any(each.map is UNSET and each.kind is UNSET for each, _ in found) or not found:
        return None
    return KernelArm(tuple(_kernel(each) for each, _ in found), node.where)


def two_sample(node: Node, section: TwoSampleSection, problems: Problems) -> TwoSample | None:
    """The comparison that the metric `two-sample` declares; None where it is not right enough to say more."""
    paths = (section.first, section.second)
    if not isinstance(node, Tree) or not all(isinstance(path, str) for path in paths):
        return None
    if section.purge >= section.block and section.purge:
        cause = f"`purge` leaves nothing of a block of {section.block}"
        problems.add(cause, node.values["purge"].where, "a block has to be longer than what is left out of it")
    if len(set(section.columns)) < len(section.columns):
        problems.add("a column is named twice", node.values["columns"].where, "keep one of them")
    kept = {name: getattr(section, name) for name in TwoSampleSection.__struct_fields__}
    return TwoSample(where=node.where, **{**kept, "columns": tuple(section.columns)})


def _faults(section: KernelSection, node: Tree, circuits: Mapping[str, CircuitEntry]) -> Iterator[Fault]:
    if "map" in node.values and "kind" in node.values:
        yield "a kernel has both `map` and `kind`", node.values["kind"].where, "keep one of them"
        return
    if "map" not in node.values and "kind" not in node.values:
        yield "a kernel has neither `map` nor `kind`", node.where, "write `map: zz`, or `kind: rbf`"
        return
    takes, what = (QUANTUM, "a quantum") if "map" in node.values else (CLASSICAL, "a classical")
    for key in node.values:
        if key not in takes and key in KernelSection.__struct_fields__:
            yield f"`{key}` is not for {what} kernel", node.keys[key], f"it takes {', '.join(takes)}"
    if section.kind in {"linear", "cosine"}:
        for key in ("bandwidth", "factor"):
            if key in node.values:
                yield f"a {section.kind} kernel has no bandwidth", node.keys[key], f"remove `{key}`"
    yield from _map_faults(section, node, circuits)


def _map_faults(section: KernelSection, node: Tree, circuits: Mapping[str, CircuitEntry]) -> Iterator[Fault]:
    name = section.map
    if not isinstance(name, str) or name in MAPS:
        return
    if name not in circuits:
        hint = did_you_mean(name, (*MAPS, *circuits)) or f"it may be {', '.join(MAPS)}, or a circuit of this manifest"
        yield f"no feature map is called `{name}`", node.values["map"].where, hint
    for key in ("qubits", "repetitions", "pairs"):
        if key in node.values:
            yield f"`{key}` is for the maps {' and '.join(MAPS)}", node.keys[key], "the circuit says it itself"


def _kernel(section: KernelSection) -> Kernel:
    known = {key: value for key in KernelSection.__struct_fields__ if (value := getattr(section, key)) is not UNSET}
    if "map" in known:
        return QuantumKernel(feature_map=known.pop("map"), **known)
    return ClassicalKernel(**known)
