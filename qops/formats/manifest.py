"""`qops.yaml` to a `Manifest`: every problem in one run, each with its place, its line and the next step.

A circuit that is named in full goes before one that a `*` found under the same name; so a file can be taken out of a
pattern by naming it.
"""

from collections.abc import Iterator

from qops import __version__
from qops.formats import (
    located_yaml,
    manifest_abtests,
    manifest_backends,
    manifest_drift,
    manifest_matrix,
    manifest_similarities,
)
from qops.formats.located_tree import Mapping, Node, Scalar
from qops.formats.located_values import convert
from qops.formats.manifest_circuits import Declaration, Glob, entry, faults, spread
from qops.formats.manifest_schema import CircuitSection, ManifestFile
from qops.formats.problems import Problems
from qops.model.manifest import CircuitEntry, Manifest
from qops.model.where import Where

VERSION = 1


def read(data: bytes, file: str, glob: Glob) -> Manifest:
    """The manifest in a file called `file`.

    Args:
        data: the file's bytes.
        file: its name, for errors.
        glob: the repository's files that match a pattern, by their paths from its top directory.

    Raises:
        InputError: the only problem, or all of them as `ManyErrors`.
    """
    tree, problems = located_yaml.read(data, file)
    if tree is None or (isinstance(tree, Scalar) and tree.value is None):
        problems.add("the manifest is empty", Where(file), "run `qops init` to begin one")
        problems.stop()
    _refuse_other_versions(tree, problems)
    content = convert(tree, ManifestFile, "the manifest", problems)
    circuits = _circuits(list(_declared(tree, content)), content.store, glob, problems)
    backends = manifest_backends.backends(tree, content, problems)
    matrix = manifest_matrix.matrix(tree, content.matrix, circuits, backends, problems)
    abtests = manifest_abtests.abtests(tree, content.abtests, circuits, backends, problems)
    similarities = manifest_similarities.similarities(tree, content.abtests, circuits, backends, problems)
    watches = manifest_drift.watches(tree, content.drift, circuits, backends, problems)
    problems.raise_any()
    return Manifest(VERSION, content.store, circuits, backends, matrix, abtests, similarities, watches)


def _refuse_other_versions(tree: Node, problems: Problems) -> None:
    version = tree.values.get("version") if isinstance(tree, Mapping) else None
    if isinstance(version, Scalar) and type(version.value) is int and version.value != VERSION:
        cause = f"the manifest is of version {version.value}; qops {__version__} reads version {VERSION}"
        hint = "use a newer qops" if version.value > VERSION else f"write `version: {VERSION}`"
        problems.add(cause, version.where, hint)
        problems.raise_any()


def _declared(tree: Node, content: ManifestFile) -> Iterator[Declaration]:
    """The declarations whose shape is right enough to say more about them."""
    circuits = tree.values.get("circuits") if isinstance(tree, Mapping) else None
    if not isinstance(circuits, Mapping):
        return
    for name, section in (content.circuits or {}).items():
        node = circuits.values[name]
        if isinstance(section, CircuitSection) and isinstance(node, Mapping):
            places = {key: value.where for key, value in node.values.items()}
            yield Declaration(name, section, circuits.keys[name], places)
        elif isinstance(section, str):
            yield Declaration(name, CircuitSection(source=section), circuits.keys[name], {"source": node.where})


def _circuits(declared: list[Declaration], store: str, glob: Glob, problems: Problems) -> dict[str, CircuitEntry]:
    """Every circuit by its name, in the order of the file."""
    named = {declaration.name for declaration in declared}
    circuits: dict[str, CircuitEntry] = {}
    for declaration in declared:
        found = list(faults(declaration, store))
        for cause, where, hint in found:
            problems.add(cause, where, hint)
        if found:
            continue
        if "*" not in declaration.name:
            circuits[declaration.name] = entry(declaration)
            continue
        for circuit in spread(declaration, glob, store, problems):
            if circuit.name not in named:
                _add_found(circuits, circuit, problems)
    _refuse_names_that_differ_in_case(circuits, problems)
    return circuits


def _add_found(circuits: dict[str, CircuitEntry], circuit: CircuitEntry, problems: Problems) -> None:
    other = circuits.setdefault(circuit.name, circuit)
    if other is not circuit:
        cause = f"`{circuit.name}` is found here for the second time; the first is by line {other.where.line}"
        problems.add(cause, circuit.where, "change the name of one of the two")


def _refuse_names_that_differ_in_case(circuits: dict[str, CircuitEntry], problems: Problems) -> None:
    """`a/X` and `A/y` would share a directory on some systems and not on others."""
    spelled: dict[str, str] = {}
    for name, circuit in circuits.items():
        parts = name.split("/")
        for directory in ("/".join(parts[:end]) for end in range(1, len(parts) + 1)):
            other = spelled.setdefault(directory.lower(), directory)
            if other != directory:
                cause = f"`{directory}` and `{other}` are one directory on systems that ignore case"
                problems.add(cause, circuit.where, f"write `{other}`, or choose another name")
                break
