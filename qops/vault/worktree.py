"""The user's files on the disk."""

import os
import stat
from pathlib import Path
from posixpath import dirname, join

from qops.errors import InputError
from qops.model.spelling import did_you_mean
from qops.model.where import Where
from qops.vault import atomic, disk
from qops.vault.globbing import Listing, find
from qops.vault.inside import inside, outside, refuse_git

_KINDS = {
    stat.S_IFDIR: "a directory",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class LocalTree:
    """The `WorkTree` at `root`."""

    def __init__(self, root: Path) -> None:
        self._root = Path(os.path.realpath(root))

    @property
    def root(self) -> Path:
        """The repository's top directory, absolute."""
        return self._root

    def read(self, path: str) -> bytes:
        """The content of a regular file.

        Raises:
            InputError: there is none, it is something else, or it lies outside of the repository.
            EnvironmentFault: it cannot be read.
        """
        place = self._place(path)
        with disk.faults("read", place):
            try:
                _refuse_kinds(path, place.stat().st_mode)
                return place.read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                raise self._missing(path) from None

    def exists(self, path: str) -> bool:
        """Whether there is a regular file."""
        place = self._place(path)
        with disk.faults("look at", place):
            return place.is_file()

    def glob(self, pattern: str) -> tuple[str, ...]:
        """The regular files that match, sorted. Links to directories are walked only where the pattern names them."""
        return tuple(inside(path) for path in find(inside(pattern), self._listing))

    def write(self, path: str, data: bytes) -> None:
        """Write beside, flush to disk, rename; directories are made as needed."""
        place = self._place(path)
        with disk.faults("write", place):
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                _refuse_kinds(path, place.stat().st_mode)
        atomic.write(place, data)

    def _place(self, path: str) -> Path:
        place = Path(os.path.realpath(self._root / inside(path)))
        if not place.is_relative_to(self._root):
            raise outside(path)
        refuse_git(place.relative_to(self._root).as_posix())
        return place

    def _listing(self, directory: str) -> Listing:
        place = self._place(directory) if directory else self._root
        with disk.faults("list", place):
            try:
                with os.scandir(place) as entries:
                    found = list(entries)
            except (FileNotFoundError, NotADirectoryError):
                return Listing()
        return Listing(
            tuple(entry.name for entry in found if entry.is_dir(follow_symlinks=False)),
            tuple(entry.name for entry in found if entry.is_file()),
        )

    def _missing(self, path: str) -> InputError:
        directory = dirname(inside(path))
        names = (join(directory, name) for name in self._listing(directory).files)
        return InputError(f"there is no file {path}", where=Where(path), hint=did_you_mean(path, names))


def _refuse_kinds(path: str, mode: int) -> None:
    if kind := _KINDS.get(stat.S_IFMT(mode)):
        raise InputError(f"{path} is {kind}, not a file", where=Where(path))
