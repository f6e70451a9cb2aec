"""What was measured over time, in a work tree in memory."""

from qops.errors import InputError
from qops.model.ports import Saved
from qops.model.where import Where
from qops.vault.memory.store import MemoryStore
from qops.vault.memory.tree import MemoryTree
from qops.vault.store_scan import check_paths


class MemorySeries:
    """The `SeriesStore` in the directory of `store`, whose work tree is `tree`."""

    def __init__(self, tree: MemoryTree, store: MemoryStore) -> None:
        self._tree = tree
        self._store = store

    @property
    def directory(self) -> str:
        """The tracked directory."""
        return self._store.directory

    def names(self) -> tuple[str, ...]:
        """The paths of all files, sorted."""
        prefix = f"{self.directory}/"
        return tuple(sorted(path.removeprefix(prefix) for path in self._tree.files if path.startswith(prefix)))

    def read(self, path: str) -> bytes | None:
        """A file's content, or None where there is no such file."""
        return self._tree.files.get(self._at(path))

    def append(self, path: str, lines: bytes, header: bytes) -> None:
        """Add whole lines to a file, after what is whole of it."""
        place = self._at(path)
        found = self._tree.files.get(place, header)
        if not found.startswith(header):
            raise InputError(f"{place} begins with other columns than this qops writes", where=Where(place, 1, 1))
        self._tree.files[place] = found[: found.rfind(b"\n") + 1] + lines

    def write(self, path: str, data: bytes) -> None:
        """Make a file hold `data`."""
        self._tree.write(self._at(path), data)

    def save(self) -> Saved:
        """Record all the files as the next version of the directory."""
        return self._store.save({path: self._tree.files[self._at(path)] for path in self.names()}, {})

    def _at(self, path: str) -> str:
        check_paths({path: None})
        return f"{self.directory}/{path}"
