"""The disk: its refusals as faults that name the file and the remedy, and the call that makes it keep what it got."""

import errno
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qops.errors import EnvironmentFault

_REMEDIES = {
    errno.ENOSPC: "free some space on that disk, then run the same command again",
    errno.EDQUOT: "free some of your disk quota, then run the same command again",
    errno.EROFS: "the file system is mounted read-only; commands that only read still work",
    errno.EACCES: "`ls -ld {path}` shows who may",
    errno.EPERM: "`ls -ld {path}` and `lsattr -d {path}` show who may",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EMFILE: "raise the limit of open files with `ulimit -n`",
    errno.ENOLCK: "the file system offers no locks; keep the repository on a local disk",
}


@contextmanager
def faults(action: str, path: Path) -> Iterator[None]:
    """Turn an `OSError` of the body into an `EnvironmentFault`: `cannot {action} {path}: …`."""
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or str(problem)
        remedy = _REMEDIES.get(problem.errno or 0)
        raise EnvironmentFault(
            f"cannot {action} {path}: {reason[:1].lower()}{reason[1:]}",
            hint=remedy.format(path=_nearest(path)) if remedy else None,
        ) from problem


def _nearest(path: Path) -> str:
    """The path, or the nearest above it that exists, as a word for the shell."""
    return shlex.quote(str(next((place for place in (path, *path.parents) if os.path.lexists(place)), path)))


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte, however many calls that takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def read_or_empty(path: Path) -> bytes:
    """The bytes of a file, none where there is no file.

    Raises:
        EnvironmentFault: it cannot be read.
    """
    with faults("read", path):
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return b""


def flush(path: Path) -> None:
    """Do not return before the file or directory is on the disk."""
    with opened(path) as descriptor:
        os.fsync(descriptor)


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """A descriptor for reading a file or directory."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
