"""A store in a dictionary, beside a work tree in another."""

from collections.abc import Mapping
from pathlib import Path

from qops.errors import EnvironmentFault
from qops.formats.dvc_files import StoredFile, directory_object, md5_of, pointer_to, write_pointer
from qops.model.ports import Saved
from qops.vault.memory.tree import MemoryTree
from qops.vault.object_cache import checked_digest, damaged, missing
from qops.vault.store_plan import would_be_lost
from qops.vault.store_scan import check_paths
from qops.vault.store_site import checked_directory


class MemoryStore:
    """The `ArtifactStore` in `directory` of `tree`; the pointer is written there as DVC would write it.

    `objects` are the cached bytes by MD5, `remote` what was pushed of them.
    """

    def __init__(self, tree: MemoryTree, directory: str = "artifacts") -> None:
        self._tree = tree
        self._directory = checked_directory(directory)
        self._versions: set[tuple[str, str]] = set()
        self._current: dict[str, str] = {}
        self.objects: dict[str, bytes] = {}
        self.remote: dict[str, bytes] = {}

    @property
    def directory(self) -> str:
        """The tracked directory."""
        return self._directory

    def save(self, contents: Mapping[str, bytes], keep: Mapping[str, str]) -> Saved:
        """Make the directory hold `contents` and the files of `keep` (path → MD5), and nothing else.

        Raises:
            InputError: a file of the user's own would be lost.
            EnvironmentFault: a file to keep is missing.
        """
        check_paths({**contents, **keep})
        wanted = {**contents, **{path: self._kept(path, checked_digest(md5)) for path, md5 in keep.items()}}
        present = self._present()
        gone = {path: data for path, data in present.items() if wanted.get(path) != data}
        if own := [path for path, data in gone.items() if (path, md5_of(data)) not in self._versions]:
            raise would_be_lost(self._directory, own, wanted)
        files = {path: md5_of(data) for path, data in wanted.items()}
        stored = {path: StoredFile(files[path], len(data)) for path, data in wanted.items()}
        pointer = pointer_to(self._directory.rpartition("/")[2], stored)
        written = write_pointer(pointer)
        changed = present != wanted or self._tree.files.get(self._pointer) != written
        for path in present:
            del self._tree.files[f"{self._directory}/{path}"]
        self._tree.files.update({f"{self._directory}/{path}": data for path, data in wanted.items()})
        self._tree.files[self._pointer] = written
        self.objects |= {files[path]: data for path, data in wanted.items()}
        self.objects[pointer.md5] = directory_object(stored)
        self._versions |= set(files.items())
        self._current = {**files, "": pointer.md5}
        return Saved(files, (self._pointer,), changed)

    def read(self, path: str, md5: str) -> bytes:
        """An artifact by its MD5, from the objects, else from the work tree."""
        check_paths({path: md5})
        return self._kept(path, checked_digest(md5))

    def push(self) -> None:
        """Copy the current version's objects to `remote`."""
        if self._pointer not in self._tree.files:
            raise EnvironmentFault(f"there is no {self._pointer} to push", hint="`qops snapshot`")
        self.remote |= {md5: self._kept(path, md5) for path, md5 in self._current.items()}

    @property
    def _pointer(self) -> str:
        return f"{self._directory}.dvc"

    def _present(self) -> dict[str, bytes]:
        prefix = f"{self._directory}/"
        files = self._tree.files.items()
        return {path.removeprefix(prefix): data for path, data in files if path.startswith(prefix)}

    def _kept(self, path: str, md5: str) -> bytes:
        data = self.objects.get(md5, self._present().get(path))
        if data is not None and md5_of(data) == md5.removesuffix(".dir"):
            return data
        if md5 in self.objects:
            raise damaged(Path(md5), self._directory, path)
        raise missing(self._directory, path, md5)
