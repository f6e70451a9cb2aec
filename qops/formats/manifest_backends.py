"""The backends of the manifest: which keys each kind takes, and what they may say together."""

from collections.abc import Iterator

from msgspec import UNSET

from qops.formats.located_tree import Mapping, Node
from qops.formats.manifest_circuits import Fault, inside
from qops.formats.manifest_schema import KEYS, NEEDED, OTHERS, BackendSection, ManifestFile
from qops.formats.problems import Problems
from qops.model.manifest import BackendEntry
from qops.model.spelling import did_you_mean
from qops.model.where import Where


def backends(tree: Node, content: ManifestFile, problems: Problems) -> dict[str, BackendEntry]:
    """Every backend by its name, in the order of the file; whatever is wrong goes to `problems`."""
    sections = tree.values.get("backends") if isinstance(tree, Mapping) else None
    found: dict[str, BackendEntry] = {}
    if not isinstance(sections, Mapping):
        return found
    for name, section in (content.backends or {}).items():
        node = sections.values[name]
        if isinstance(section, BackendSection) and isinstance(node, Mapping) and isinstance(section.kind, str):
            for cause, place, hint in _faults(name, section, node, content):
                problems.add(cause, place, hint)
            found[name] = _entry(name, section, sections.keys[name])
    _refuse_names_that_differ_in_case(found, problems)
    return found


def _faults(name: str, section: BackendSection, node: Mapping, content: ManifestFile) -> Iterator[Fault]:
    takes = KEYS.get(section.kind, OTHERS)
    hint = did_you_mean(section.kind, KEYS) if section.kind not in KEYS else None
    for key in node.values:
        if key not in ("kind", *takes) and key in BackendSection.__struct_fields__:
            kind = f"a backend of kind `{section.kind}`"
            yield f"`{key}` is not for {kind}", node.keys[key], hint or f"it takes {', '.join(takes)}"
    needed = NEEDED.get(section.kind)
    if needed and needed not in node.values:
        yield f"`{name}` has no `{needed}`, which a `{section.kind}` backend needs", node.where, None
    if isinstance(section.file, str) and inside(section.file, content.store):
        cause = f"`{section.file}` lies inside the store `{content.store}`, which qops writes itself"
        yield cause, node.values["file"].where, "choose another place"
    yield from _noise_faults(section, node, content)


def _noise_faults(section: BackendSection, node: Mapping, content: ManifestFile) -> Iterator[Fault]:
    source = section.noise_from
    if not isinstance(source, str):
        return
    known = content.backends or {}
    where = node.values["noise_from"].where
    if source not in known:
        yield f"no backend is called `{source}`", where, did_you_mean(source, known)
    elif isinstance(known[source], BackendSection) and known[source].kind == "aer":
        yield f"`{source}` is a simulator, which has no noise of its own", where, "name a device"


def _entry(name: str, section: BackendSection, where: Where) -> BackendEntry:
    known = {key: value for key in BackendSection.__struct_fields__ if (value := getattr(section, key)) is not UNSET}
    known["basis"] = tuple(known.get("basis", ()))
    return BackendEntry(name=name, where=where, **known)


def _refuse_names_that_differ_in_case(found: dict[str, BackendEntry], problems: Problems) -> None:
    """Each has a file in the store, and two that differ in case alone would share it on some systems."""
    spelled: dict[str, str] = {}
    for name, entry in found.items():
        other = spelled.setdefault(name.lower(), name)
        if other != name:
            problems.add(f"`{name}` and `{other}` are one file on systems that ignore case", entry.where)
