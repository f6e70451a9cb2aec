"""DVC's cache of objects, each named by the MD5 of its content, and none believed unseen.

DVC takes a read-only object for a good one and hands on whatever is in it; here every byte that is read is hashed.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from qops.errors import DamageFault, EnvironmentFault, InputError
from qops.formats.dvc_files import md5_of, object_path, read_directory_object
from qops.model.where import Where
from qops.vault import disk
from qops.vault.dvc_settings import Settings
from qops.vault.slot import Slot

_READ_ONLY = 0o444
_TREE = ".dir"


class ObjectCache:
    """The objects below `root`, which is DVC's `cache.dir`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._slot = Slot(root / "files" / "md5" / "qops.tmp")

    def path(self, digest: str) -> Path:
        """Where the object of this MD5 (with `.dir` after it for a directory) has its place."""
        return self._root / object_path(digest)

    def bytes_at(self, digest: str) -> bytes | None:
        """What lies in the object's place, good or not; None where nothing does."""
        path = self.path(digest)
        with disk.faults("read", path):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                return None

    def intact(self, digest: str) -> bytes | None:
        """The object, None where it is missing or damaged."""
        data = self.bytes_at(digest)
        return data if data is not None and md5_of(data) == digest.removesuffix(_TREE) else None

    def put(self, digest: str, data: bytes) -> Path:
        """Store an object, over a damaged one if need be, and return its place; it is not flushed to the disk."""
        path = self.path(digest)
        with disk.faults("write", path):
            self._slot.place(path, data, _READ_ONLY)
        return path

    def clear_leftover(self) -> None:
        """Remove what a killed writer left."""
        self._slot.clear()

    def drop(self, digest: str) -> None:
        """Remove a damaged object."""
        path = self.path(digest)
        with disk.faults("remove", path):
            path.unlink(missing_ok=True)

    def tree(self, digest: str) -> dict[str, str]:
        """MD5 by path of a tracked directory; empty where its object is missing or damaged."""
        data = self.intact(digest)
        return read_directory_object(data, str(self.path(digest))) if data is not None else {}

    def trees(self) -> Iterator[dict[str, str]]:
        """Every directory that this cache knows and qops can read, the newest first."""
        for digest in self.directories():
            with suppress(EnvironmentFault):
                yield self.tree(digest)

    def directories(self) -> list[str]:
        """The MD5s of every directory that this cache knows, the newest first."""
        with disk.faults("list", self._root):
            paths = sorted(self._root.glob(f"files/md5/*/*{_TREE}"), key=os.path.getmtime, reverse=True)
        return [path.parent.name + path.name for path in paths]


def open_cache(settings: Settings) -> ObjectCache:
    """The cache that DVC's settings name.

    Raises:
        EnvironmentFault: it is no local directory.
    """
    if settings.cache is None:
        raise EnvironmentFault("DVC's cache is not a local directory", hint="`dvc config --unset cache.dir`")
    return ObjectCache(settings.cache)


def checked_digest(digest: str) -> str:
    """The MD5 if it is one.

    Raises:
        InputError: it is not 32 hexadecimal digits, and might name anything.
    """
    if len(digest) != 32 or set(digest) - set("0123456789abcdef"):
        raise InputError(f"{digest!r} is not an MD5")
    return digest


def missing(store: str, path: str, digest: str) -> EnvironmentFault:
    """The fault of an artifact that is neither in the cache nor in the work tree."""
    return EnvironmentFault(
        f"{store}/{path} is neither in DVC's cache nor in the work tree in the version asked for (MD5 {digest})",
        hint=_how_to_fetch(store),
    )


def damaged(place: Path, store: str, path: str) -> DamageFault:
    """The fault of an artifact's object whose bytes are not those that its name promises; without a path, a version."""
    return DamageFault(
        f"the stored object of {f'{store}/{path}'.rstrip('/')} is damaged: its bytes do not have the MD5 that names it",
        where=Where(str(place)),
        hint=f"`rm -f {place}`, then {_how_to_fetch(store)}",
    )


def _how_to_fetch(store: str) -> str:
    return f"`dvc pull {store}.dvc`; for an older version `dvc fetch --all-commits {store}.dvc`"
