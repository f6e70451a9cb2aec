"""Files that are there whole or not at all: written beside, flushed to disk, renamed.

The name beside is always the same, so a killed writer leaves at most one leftover, which the next writer takes over;
a lock on it, which dies with its holder, tells a leftover from the work of a live writer.
"""

import errno
import fcntl
import os
import stat
from contextlib import ExitStack
from pathlib import Path

from qops.vault import disk

_SUFFIX = ".qops-tmp"


def write(path: Path, data: bytes) -> None:
    """Make the file at `path` hold `data`; it keeps its mode, and a symbolic link stays a link.

    Raises:
        EnvironmentFault: the disk is full, the file or its directory is read-only, it is no regular file, …
    """
    target = Path(os.path.realpath(path))
    with disk.faults("write", path):
        mode = _mode_to_keep(target)
        descriptor = _claim(beside(target))
        try:
            _publish(descriptor, target, data, mode)
        finally:
            os.close(descriptor)
        disk.flush(target.parent)


def beside(target: Path) -> Path:
    """The name under which `target` is written before it is renamed."""
    return target.with_name(f".{target.name}{_SUFFIX}")


def _mode_to_keep(target: Path) -> int | None:
    """The mode of the existing file, None where there is none; a file that must not be written is refused."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is not a regular file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "it is read-only")
    return stat.S_IMODE(mode)


def _claim(temporary: Path) -> int:
    """An empty file at `temporary`, open and locked; waits for a live writer of the same name."""
    while True:
        with ExitStack() as undo:
            descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
            undo.callback(os.close, descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if is_at(descriptor, temporary):
                os.ftruncate(descriptor, 0)
                undo.pop_all()
                return descriptor


def is_at(descriptor: int, path: Path) -> bool:
    """Whether the open file is still the one at `path`."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _publish(descriptor: int, target: Path, data: bytes, mode: int | None) -> None:
    temporary = beside(target)
    try:
        disk.write_all(descriptor, data)
        os.fsync(descriptor)
        if mode is not None:
            os.fchmod(descriptor, mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
