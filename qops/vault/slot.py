"""One temporary name for many files written one after another under a lock.

A killed writer leaves at most this one file, under a name that the next writer knows.
"""

import os
from pathlib import Path

from qops.vault import disk


class Slot:
    """Writes files at `path` and renames them to where they belong, on the same file system; nothing is flushed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def place(self, target: Path, data: bytes, mode: int | None = None) -> None:
        """Make `target` hold `data`, with exactly `mode` if it is given; its directory is made as needed.

        Raises:
            OSError: see `disk.faults`.
        """
        descriptor = self._open()
        try:
            try:
                disk.write_all(descriptor, data)
                if mode is not None:
                    os.fchmod(descriptor, mode)
            finally:
                os.close(descriptor)
            self._rename(target)
        except BaseException:
            self.clear()
            raise

    def clear(self) -> None:
        """Remove a leftover."""
        with disk.faults("remove", self._path):
            self._path.unlink(missing_ok=True)

    def _rename(self, target: Path) -> None:
        try:
            self._path.replace(target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True)
            self._path.replace(target)

    def _open(self) -> int:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        try:
            return os.open(self._path, flags, 0o666)
        except FileNotFoundError:
            self._path.parent.mkdir(parents=True)
            return os.open(self._path, flags, 0o666)
