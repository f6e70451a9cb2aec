"""Versions of a tracked directory as DVC's cache holds them, read and made without touching the work tree."""

from pathlib import Path

from qops.errors import EnvironmentFault
from qops.formats.dvc_files import Pointer, StoredFile, directory_object, md5_of, pointer_to
from qops.vault import durable
from qops.vault.dvc_locks import dvc_locks
from qops.vault.dvc_settings import read_settings
from qops.vault.lock import Patience, RepositoryLock
from qops.vault.object_cache import ObjectCache, damaged
from qops.vault.store_site import find_site


class StoreVersions:
    """The versions of the directory that `pointer_file`, a path from the repository's top `root`, points to.

    Args:
        root: the repository's top directory, absolute and without links.
        pointer_file: the `.dvc` file.
        lock: the repository's lock; `keep` enters it.
        patience: how long to wait for a running DVC command.
    """

    def __init__(self, root: Path, pointer_file: str, lock: RepositoryLock, patience: Patience | None = None) -> None:
        self._site = find_site(root, pointer_file.removesuffix(".dvc"))
        self._file = pointer_file
        self._lock = lock
        self._patience = patience or Patience()
        cache = read_settings(self._site.dvc).cache
        if cache is None:
            raise EnvironmentFault("DVC's cache is not a local directory", hint="`dvc config --unset cache.dir`")
        self._cache = ObjectCache(cache)

    def files(self, pointer: Pointer) -> dict[str, StoredFile]:
        """The files of a version by path.

        Raises:
            DamageFault: what the cache has of it is damaged.
            EnvironmentFault: the cache lacks the version, or one of its files.
        """
        self._size("", pointer.md5)
        return {path: StoredFile(md5, self._size(path, md5)) for path, md5 in self._cache.tree(pointer.md5).items()}

    def keep(self, files: dict[str, StoredFile]) -> Pointer:
        """Store a version that is made of files in the cache; the pointer to it."""
        pointer = pointer_to(self._site.directory.name, files)
        locks = dvc_locks(self._site.dvc, (self._site.directory, self._site.pointer), self._patience)
        with self._lock, locks:
            self._cache.clear_leftover()
            if self._cache.intact(pointer.md5) is None:
                durable.flush([self._cache.put(pointer.md5, directory_object(files))])
        return pointer

    def _size(self, path: str, digest: str) -> int:
        """The size of an object that is intact; the list of files itself has no path."""
        data = self._cache.bytes_at(digest)
        if data is None:
            raise self._missing(path, digest)
        if md5_of(data) != digest.removesuffix(".dir"):
            raise damaged(self._cache.path(digest), self._site.directory.name, path)
        return len(data)

    def _missing(self, path: str, digest: str) -> EnvironmentFault:
        name = self._site.directory.name
        what = f"{name}/{path}" if path else f"the version {digest} of {name}"
        return EnvironmentFault(
            f"{what} is not in DVC's cache",
            hint=f"`dvc fetch --all-commits {self._file}`, then `git checkout --merge -- {self._file}`",
        )
