"""The backends of the manifest: which keys each kind takes, and what they may say together."""

from collections.abc import Iterator

from msgspec import UNSET

from qops.formats import manifest_noise_path
from qops.formats.located_tree import Mapping, Node
from qops.formats.manifest_circuits import Fault, inside
from qops.formats.manifest_noise_path_schema import MotionSection
from qops.formats.manifest_schema import KEYS, NEEDED, OTHERS, BackendSection, ManifestFile
from qops.formats.problems import Problems
from qops.model.manifest import BackendEntry
from qops.model.spelling import did_you_mean
from qops.model.where import Where

_COPIES = {"drifting", "replay"}
"""Kinds that stand for another backend, and that no other can stand for."""


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
    for needed in NEEDED.get(section.kind, ()):
        if needed not in node.values:
            yield f"`{name}` has no `{needed}`, which a `{section.kind}` backend needs", node.where, None
    if isinstance(section.file, str):
        yield from _file_faults(section.kind, section.file, node.values["file"].where, content)
    for key in ("noise_from", "of"):
        yield from _source_faults(key, section, node, content)
    if isinstance(section.path, list):
        yield from manifest_noise_path.faults(section.path, node.values["path"])


def _file_faults(kind: str, file: str, where: Where, content: ManifestFile) -> Iterator[Fault]:
    if inside(file, content.store):
        cause = f"`{file}` lies inside the store `{content.store}`, which qops writes itself"
        yield cause, where, "choose another place"
    if file.lower().endswith(".jsonl") != (kind == "replay"):
        hint = "counts are replayed from .jsonl" if kind == "replay" else "`qops backend export NAME --to FILE.json`"
        yield f"`{file}` is not the file of a `{kind}` backend", where, hint


def _source_faults(key: str, section: BackendSection, node: Mapping, content: ManifestFile) -> Iterator[Fault]:
    """A backend that another is made of is there, and is no copy itself."""
    source = getattr(section, key)
    if not isinstance(source, str):
        return
    known = content.backends or {}
    where = node.values[key].where
    found = known.get(source)
    if found is None:
        yield f"no backend is called `{source}`", where, did_you_mean(source, known)
    elif isinstance(found, BackendSection) and (found.kind in _COPIES or (key, found.kind) == ("noise_from", "aer")):
        yield f"`{source}` is a simulator, which has no noise of its own", where, "name a device"


def _entry(name: str, section: BackendSection, where: Where) -> BackendEntry:
    known = {key: value for key in BackendSection.__struct_fields__ if (value := getattr(section, key)) is not UNSET}
    known["basis"] = tuple(known.get("basis", ()))
    path = known.get("path", ())
    good = all(isinstance(motion, MotionSection) for motion in path)
    known["path"] = manifest_noise_path.motions(path) if good else ()
    return BackendEntry(name=name, where=where, **known)


def _refuse_names_that_differ_in_case(found: dict[str, BackendEntry], problems: Problems) -> None:
    """Each has a file in the store, and two that differ in case alone would share it on some systems."""
    spelled: dict[str, str] = {}
    for name, entry in found.items():
        other = spelled.setdefault(name.lower(), name)
        if other != name:
            problems.add(f"`{name}` and `{other}` are one file on systems that ignore case", entry.where)
