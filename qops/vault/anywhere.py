"""Files by any path, as the user typed it."""

import os
from pathlib import Path

from qops.errors import InputError
from qops.model.where import Where
from qops.vault import atomic, disk


class LocalFiles:
    """The `AnyFile` of this machine, beside the repository at `root`."""

    def __init__(self, root: Path) -> None:
        self._root = Path(os.path.realpath(root))

    def read(self, path: Path) -> bytes | None:
        """The content of a regular file, or None where there is no file."""
        with disk.faults("read", path):
            if not path.exists():
                return None
            if not path.is_file():
                raise InputError("this is no regular file", where=Where(str(path)))
            return path.read_bytes()

    def inside(self, path: Path) -> str | None:
        """The path from the repository's root, links resolved, or None for a file outside of it."""
        real = Path(os.path.realpath(path))
        return real.relative_to(self._root).as_posix() if real.is_relative_to(self._root) else None

    def write(self, path: Path, data: bytes) -> None:
        """Write beside, flush to disk, rename; directories are made as needed."""
        with disk.faults("write", path):
            path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, data)
