"""The circuits to compile: what each is, without reading those that were read before."""

from collections.abc import Callable, Iterable, Sequence

from qops import __version__
from qops.circuits.identity import digests
from qops.model.digest import to_bytes, to_hex
from qops.model.loaded import LoadedCircuit
from qops.model.manifest import CircuitEntry, PythonSource, QpySource
from qops.model.ports import CellCache, CircuitSources
from qops.transpile.keys import circuit_digest


class Circuits:
    """Circuits of the manifest, read when they are asked for; `digests` are by name.

    `prepare` is called before a file is read that was never read before.
    """

    def __init__(
        self,
        sources: CircuitSources,
        cache: CellCache,
        entries: Sequence[CircuitEntry],
        prepare: Callable[[], None] = lambda: None,
    ) -> None:
        self._sources = sources
        self._cache = cache
        self._prepare = prepare
        self._entries = {entry.name: entry for entry in entries}
        self._loaded: dict[str, LoadedCircuit] = {}
        self.digests = self._identified()

    def loaded(self, names: Iterable[str]) -> dict[str, LoadedCircuit]:
        """Circuits by name."""
        wanted = list(names)
        missing = [self._entries[name] for name in wanted if name not in self._loaded]
        self._loaded |= self._sources.read(missing)
        return {name: self._loaded[name] for name in wanted}

    def _identified(self) -> dict[str, str]:
        """Digests by name: known ones by the bytes of their files, the others by reading them."""
        notes = {name: self._note(entry) for name, entry in self._entries.items() if _is_file(entry)}
        known = self._cache.notes(list(notes.values()))
        found = {name: known[note] for name, note in notes.items() if note in known}
        if len(found) < len(notes):
            self._prepare()
        fresh = {
            name: circuit_digest(digests(loaded.circuit, b""))
            for name, loaded in self.loaded(name for name in self._entries if name not in found).items()
        }
        self._cache.note({notes[name]: digest for name, digest in fresh.items() if name in notes})
        return {name: {**found, **fresh}[name] for name in self._entries}

    def _note(self, entry: CircuitEntry) -> str:
        data, _ = self._sources.data(entry)
        kind = f"{entry.source.index} " if isinstance(entry.source, QpySource) else ""
        return f"circuit {__version__} {to_hex(to_bytes(kind) + data)}"


def _is_file(entry: CircuitEntry) -> bool:
    """Whether the same bytes are the same circuit; what a function returns may hang on anything."""
    return not isinstance(entry.source, PythonSource)
