"""The matrix of the manifest: what its names stand for, and what they may say together."""

from collections.abc import Iterator, Mapping

from qops.formats.located_tree import Mapping as Tree
from qops.formats.located_tree import Node, Scalar, Sequence
from qops.formats.manifest_circuits import Fault
from qops.formats.manifest_gate import rules
from qops.formats.manifest_matrix_schema import MatrixSection
from qops.formats.problems import Problems
from qops.model.manifest import BackendEntry, CircuitEntry, MatrixEntry
from qops.model.spelling import did_you_mean


def matrix(
    tree: Node,
    section: MatrixSection | None,
    circuits: Mapping[str, CircuitEntry],
    backends: Mapping[str, BackendEntry],
    problems: Problems,
) -> MatrixEntry | None:
    """The matrix, None where there is none; whatever is wrong goes to `problems`."""
    node = tree.values.get("matrix") if isinstance(tree, Tree) else None
    if not isinstance(section, MatrixSection) or not isinstance(node, Tree):
        return None
    for cause, where, hint in _faults(node, section, circuits, backends):
        problems.add(cause, where, hint)
    seeds = range(section.seeds) if isinstance(section.seeds, int) else sorted(set(section.seeds))
    return MatrixEntry(
        circuits=tuple(dict.fromkeys(circuits if section.circuits is None else section.circuits)),
        backends=tuple(dict.fromkeys(_all(backends) if section.backends is None else section.backends)),
        levels=tuple(sorted(set(section.levels))),
        seeds=tuple(seeds),
        options=dict(section.options),
        layouts={name: tuple(layout) for name, layout in section.layouts.items()},
        rules=rules(section.gate),
        limit_s=float(section.time_limit),
        where=node.where,
    )


def _all(backends: Mapping[str, BackendEntry]) -> list[str]:
    return [name for name, entry in backends.items() if not entry.stands_in]


def _faults(
    node: Tree, section: MatrixSection, circuits: Mapping[str, CircuitEntry], backends: Mapping[str, BackendEntry]
) -> Iterator[Fault]:
    yield from _unknown(node.values.get("circuits"), "circuit", circuits)
    yield from _unknown(node.values.get("backends"), "backend", backends)
    if not backends:
        yield (
            "the matrix has no backend",
            node.where,
            "name one under `backends:`, for example `line: {kind: generic, …}`",
        )
    for key, empty in (("levels", section.levels == []), ("seeds", section.seeds == [])):
        if empty and key in node.values:
            yield f"`{key}` is an empty list", node.values[key].where, f"leave `{key}` out for the usual ones"
    yield from _layout_faults(node.values.get("layouts"), section, circuits)


def _layout_faults(node: Node | None, section: MatrixSection, circuits: Mapping[str, CircuitEntry]) -> Iterator[Fault]:
    if not isinstance(node, Tree):
        return
    for name, layout in section.layouts.items():
        if name not in circuits:
            yield f"no circuit is called `{name}`", node.keys[name], did_you_mean(name, circuits)
        if len(set(layout)) != len(layout):
            cause = f"the layout of `{name}` names a qubit twice"
            yield cause, node.values[name].where, "every qubit begins on its own"


def _unknown(names: Node | None, what: str, known: Mapping[str, object]) -> Iterator[Fault]:
    for item in names.items if isinstance(names, Sequence) else ():
        if isinstance(item, Scalar) and isinstance(item.value, str) and item.value not in known:
            yield f"no {what} is called `{item.value}`", item.where, did_you_mean(item.value, known)
