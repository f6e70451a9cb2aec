"""A store in memory, looked at as one on the disk would be."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from qops.errors import EnvironmentFault
from qops.formats.dvc_files import md5_of, object_path, read_directory_object
from qops.model.custody import Remote, Seen
from qops.vault.memory.store import MemoryStore
from qops.vault.memory.tree import MemoryTree


class MemoryInspection:
    """The `Inspection` of `store` beside the work tree `tree`; its remote is there once something was pushed."""

    def __init__(self, store: MemoryStore, tree: MemoryTree) -> None:
        self._store = store
        self._tree = tree

    def place(self, digest: str) -> str:
        """Where DVC would have an object."""
        return f".dvc/cache/{object_path(digest)}"

    def object(self, digest: str) -> Seen | None:
        """What the store has under this MD5."""
        return _seen(self.place(digest), self._store.objects.get(digest))

    def copies(self) -> Mapping[str, Seen]:
        """The files of the tree that are in the store's directory."""
        within = f"{self._store.directory}/"
        files = {path: data for path, data in sorted(self._tree.files.items()) if path.startswith(within)}
        return {path.removeprefix(within): Seen(path, md5_of(data), len(data)) for path, data in files.items()}

    def read(self, digest: str) -> bytes | None:
        """The intact bytes of an object, or of a copy of it."""
        copies = [self._tree.files[copy.place] for copy in self.copies().values()]
        candidates = (self._store.objects.get(digest, b""), *copies)
        return next((data for data in candidates if md5_of(data) == digest.removesuffix(".dir")), None)

    def remotes(self) -> tuple[Remote, ...]:
        """The one remote."""
        return (Remote("memory", near=True),) if self._store.remote else ()

    def on_remote(self, name: str, digest: str) -> Seen | None:
        """What was pushed under this MD5."""
        return _seen(f"the remote {name}", self._store.remote.get(digest))

    def directories(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The lists of files among the objects."""
        for digest, data in self._store.objects.items():
            if digest == f"{md5_of(data)}.dir":
                with suppress(EnvironmentFault):
                    yield digest, read_directory_object(data, digest)

    def size(self, digest: str) -> int | None:
        """An object's size in bytes."""
        data = self._store.objects.get(digest)
        return None if data is None else len(data)


def _seen(place: str, data: bytes | None) -> Seen | None:
    return None if data is None else Seen(place, md5_of(data), len(data))
