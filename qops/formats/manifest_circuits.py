"""One circuit of the manifest, or one pattern of circuits: what its keys may say together, and what it stands for."""

from collections.abc import Callable, Iterator, Sequence

import msgspec
from msgspec import UNSET, structs

from qops.formats.manifest_globs import Pattern
from qops.formats.manifest_rules import circuit_name
from qops.formats.manifest_schema import CircuitSection
from qops.formats.problems import Problems
from qops.model.manifest import CircuitEntry, PythonSource, QasmSource, QpySource, Source
from qops.model.where import Where

Glob = Callable[[str], Sequence[str]]
Fault = tuple[str, Where, str | None]


class Declaration(msgspec.Struct, frozen=True):
    """A circuit as it is written, under a name that may be a pattern; `places` has the keys that are there."""

    name: str
    section: CircuitSection
    where: Where
    places: dict[str, Where]


def faults(declared: Declaration, store: str) -> Iterator[Fault]:
    """Whatever is wrong with keys that are each right: cause, place, hint."""
    places = declared.places
    if "source" in places and "python" in places:
        yield f"`{declared.name}` has both `source` and `python`", places["python"], "keep one of them"
    if "source" not in places and "python" not in places:
        yield f"`{declared.name}` has neither `source` nor `python`", declared.where, "write `source: PATH`"
    if "arguments" in places and "python" not in places:
        yield "`arguments` are for a `python` function", places["arguments"], "remove them"
    if "index" in places and not str(declared.section.source).lower().endswith(".qpy"):
        yield "`index` is for a .qpy source", places["index"], "remove it"
    yield from _pattern_faults(declared)
    for key in ("source", "parameters"):
        path = getattr(declared.section, key)
        if isinstance(path, str) and inside(path, store):
            cause = f"`{path}` lies inside the store `{store}`, which qops writes itself"
            yield cause, places[key], "choose another place"


def _pattern_faults(declared: Declaration) -> Iterator[Fault]:
    pattern = "*" in declared.name
    places, section = declared.places, declared.section
    if pattern and "python" in places:
        yield "a name with a `*` needs a `source` with a `*`", places["python"], "name each function's circuit"
    if isinstance(section.source, str) and pattern != ("*" in section.source):
        hint = "write one `*` in the name and one in the source, where they stand for the same"
        yield "the name and the source do not both have a `*`", places["source"], hint
    if isinstance(section.parameters, str) and "*" in section.parameters and not pattern:
        yield "`parameters` have a `*`, but the name does not", places["parameters"], "write the file's name"


def inside(path: str, directory: str) -> bool:
    """Whether a path lies in a directory, on a file system that ignores case too."""
    return (path.lower() + "/").startswith(directory.lower() + "/")


def entry(declared: Declaration) -> CircuitEntry:
    """The circuit that a declaration without a wildcard is."""
    section = declared.section
    parameters = None if section.parameters is UNSET else section.parameters
    return CircuitEntry(declared.name, _source(section), parameters, tuple(dict.fromkeys(section.tags)), declared.where)


def _source(section: CircuitSection) -> Source:
    if section.python is not UNSET:
        return PythonSource(section.python, dict(section.arguments or {}))
    path = str(section.source)
    return QpySource(path, section.index or 0) if path.lower().endswith(".qpy") else QasmSource(path)


def spread(declared: Declaration, glob: Glob, store: str, problems: Problems) -> Iterator[CircuitEntry]:
    """The circuits that a declaration with a wildcard stands for, in the order of their files.

    What is in the store is left out. No file at all is a problem, and so is a file whose name is not one for a circuit.
    """
    source = declared.section.source
    if source is UNSET:  # it is wrong in itself, and that is told already
        return
    matches = list(_matches(source, glob, store))
    if not matches:
        hint = "paths begin at the repository's top directory; `**` looks into every directory below"
        problems.add(f"`{source}` matches no file", declared.places["source"], hint)
    for path, word in matches:
        name = declared.name.replace("*", word)
        if objection := circuit_name(name):
            cause = f"the file `{path}` would be the circuit `{name}`, which {objection.cause}"
            problems.add(cause, declared.where, objection.hint)
        else:
            yield entry(_one(declared, name, path, word))


def _matches(source: str, glob: Glob, store: str) -> Iterator[tuple[str, str]]:
    """The files that a source with a wildcard matches, and what the wildcard stands for in each."""
    pattern = Pattern.of(source)
    if not pattern:
        return
    for path in glob(pattern.glob):
        word = pattern.stood_for(path)
        if word and not inside(path, store):
            yield path, word


def _one(declared: Declaration, name: str, path: str, word: str) -> Declaration:
    """What a declaration with a wildcard says of one file."""
    section = structs.replace(declared.section, source=path)
    if section.parameters is not UNSET and (pattern := Pattern.of(section.parameters)):
        section = structs.replace(section, parameters=pattern.put(word))
    return structs.replace(declared, name=name, section=section)
