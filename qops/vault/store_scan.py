"""What lies in the store's directory now."""

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from qops.errors import InputError
from qops.model.where import Where
from qops.vault import disk

SLOT_NAME = ".qops-tmp"
"""The one name in a store that is neither an artifact nor the user's."""


class Present(msgspec.Struct, frozen=True):
    """The entries of a store by their paths within it, with `/` between.

    `files` are regular files and links to such; `directories` come parents first; `strange` is everything else.
    """

    directory: Path
    files: frozenset[str]
    directories: tuple[str, ...]
    strange: tuple[str, ...]

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None where there is none."""
        if path not in self.files:
            return None
        place = self.directory / path
        with disk.faults("read", place):
            return place.read_bytes()


def scan(directory: Path) -> Present:
    """List a store; one that does not exist is empty."""
    files: set[str] = set()
    directories: list[str] = []
    strange: list[str] = []
    waiting = [""] if directory.is_dir() else []
    while waiting:
        above = waiting.pop()
        for entry in _entries(directory / above):
            path = f"{above}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                directories.append(path)
                waiting.append(f"{path}/")
            elif entry.is_file():
                files.add(path)
            else:
                strange.append(path)
    files.discard(SLOT_NAME)
    return Present(directory, frozenset(files), tuple(directories), tuple(sorted(strange)))


def check_paths(paths: Mapping[str, object]) -> None:
    """Refuse artifact paths that could leave the store, hide from DVC, or be a file and a directory at once.

    Raises:
        InputError: at the first of them.
    """
    for path in paths:
        parts = path.split("/")
        if not path.isprintable() or "\\" in path or any(part in {"", SLOT_NAME} or part[0] == "." for part in parts):
            raise InputError(f"{path!r} is not a path for an artifact")
        for end in range(1, len(parts)):
            if (above := "/".join(parts[:end])) in paths:
                raise InputError(f"{above} cannot be a file and a directory at once", where=Where(path))


def _entries(directory: Path) -> list[os.DirEntry[str]]:
    with disk.faults("list", directory), os.scandir(directory) as found:
        return list(found)
