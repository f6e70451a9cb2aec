"""Many files to the disk at once.

DVC and git leave their objects to the operating system. Here they are on the disk before the pointer that names them
is, at a price that a bulk of small files can pay.
"""

import ctypes
import os
from collections.abc import Collection
from pathlib import Path

from qops.vault import disk

_ONE_BY_ONE = 64


def flush(files: Collection[Path]) -> None:
    """Do not return before these files, and their names in their directories, are on the disk.

    A few are flushed one by one. For many, one flush of each file system is cheaper by far than so many barriers
    (2000 small files: 0.02 s against 0.7 s); an operating system without that call flushes everything.

    Raises:
        EnvironmentFault: the disk failed.
    """
    directories = {file.parent for file in files}
    if len(files) <= _ONE_BY_ONE:
        for path in (*files, *directories):
            with disk.faults("flush", path):
                disk.flush(path)
        return
    for directory in {path.stat().st_dev: path for path in directories}.values():
        with disk.faults("flush", directory):
            _flush_file_system(directory)


def _flush_file_system(directory: Path) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "syncfs"):
        os.sync()
        return
    with disk.opened(directory) as descriptor:
        if library.syncfs(descriptor):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
