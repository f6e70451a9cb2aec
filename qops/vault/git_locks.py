"""Locks that a git of ours left because it was killed, and how it is known that they are ours.

git takes a lock by making a file, `index.lock` and the like, that says nothing of its owner; if git is killed, the
file stays and every later git refuses to write. git's advice is to look whether another git runs, and to remove the
file by hand. qops does the same, on evidence: while a git of ours writes, a note in the git directory lists the locks
that were not there when it began. A later qops that finds the note knows that one of us was cut off. It removes a
lock that the note lists, if the file does not change and no git runs in the repository of the lock. Without the note,
or where processes cannot be listed, locks are left alone. A push notes the locks of a remote too that is a directory on
the same file system.
"""

import fcntl
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from qops import world
from qops.vault import disk
from qops.vault.git_process import Git
from qops.vault.lock import Patience

NOTE = "qops-at-work"
_OWN = ("index", "HEAD")
_COMMON = ("config", "packed-refs", "objects/maintenance", "reftable/tables.list")
_PROCESSES = Path("/proc")
_STILL_S = 0.1


@contextmanager
def at_work(git: Git, refs: Sequence[str] = (), elsewhere: Sequence[Path] = ()) -> Iterator[None]:
    """A git command that writes belongs in here; `refs` are those that it may move besides the current branch.

    `elsewhere` are locks that it may take in another repository.

    Raises:
        EnvironmentFault: the note cannot be written, or a git that was cut off does not come to its end.
    """
    own, common = git.directories
    note = common / NOTE
    with disk.faults("write", note):
        descriptor = os.open(note, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            Patience().wait(lambda: _taken(descriptor))
            if noted := _noted(descriptor):
                _clear_away(noted, own, git.root)
            listed = [str(lock) for lock in (*locks(own, common, refs), *elsewhere) if not lock.exists()]
            _write(descriptor, msgspec.json.encode(listed))
            try:
                yield
            finally:
                if not _clear([Path(lock) for lock in listed], own, git.root):
                    os.ftruncate(descriptor, 0)
        finally:
            os.close(descriptor)


def locks(own: Path, common: Path, refs: Sequence[str]) -> Iterator[Path]:
    """The locks that a git takes which writes the index, the current branch or `refs`, by git's two directories."""
    yield from (own / f"{name}.lock" for name in _OWN)
    yield from (common / f"{name}.lock" for name in (*_COMMON, *refs))
    with suppress(OSError, UnicodeDecodeError):
        if branch := (own / "HEAD").read_text().strip().removeprefix("ref: "):
            yield common / f"{branch}.lock"


def _taken(descriptor: int) -> str | None:
    """None if the note is now ours to write, else the sentence that says why not."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return "another qops has git at work in this repository"
    return None


def _noted(descriptor: int) -> list[Path]:
    """What the note lists; a note that was cut off was written before any git began."""
    data = os.pread(descriptor, os.fstat(descriptor).st_size, 0)
    try:
        return [Path(lock) for lock in msgspec.json.decode(data, type=list[str])]
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []


def _write(descriptor: int, data: bytes) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, data, 0)


def _clear_away(noted: Collection[Path], own: Path, root: Path) -> None:
    """Remove what was left, once a git has come to its end that outlived the qops that started it."""
    if any(lock.exists() for lock in noted):
        Patience().wait(lambda: _clear(noted, own, root))
    else:
        _clear(noted, own, root)


def _clear(noted: Collection[Path], own: Path, root: Path) -> str | None:
    """Remove those locks that are there; the sentence that says why not, where a git runs that may hold them."""
    left = [lock for lock in (*noted, *_temporary_indexes(own)) if os.path.lexists(lock)]
    if not left:
        return None
    before = [_identity(lock) for lock in left]
    world.pause(_STILL_S)
    if before != [_identity(lock) for lock in left]:
        return "git is at work in this repository: its locks change"
    if busy := _at_work(root, own, *_repositories(left)):
        return busy
    for lock in left:
        lock.unlink(missing_ok=True)
    return None


def _repositories(left: Collection[Path]) -> Iterator[Path]:
    """Git's directories that these locks lie in."""
    yield from {next((place for place in lock.parents if (place / "objects").is_dir()), lock.parent) for lock in left}


def _temporary_indexes(own: Path) -> Iterator[Path]:
    """Of `git commit --only`, whose names hold the process that made them, where that has ended."""
    for path in own.glob("next-index-*.lock"):
        number = path.name.removeprefix("next-index-").removesuffix(".lock")
        if number.isdecimal() and not (_PROCESSES / number).exists():
            yield path


def _at_work(*places: Path) -> str | None:
    """The sentence that names a git process that runs in one of these places, None if none does."""
    if not (_PROCESSES / "self").exists():
        return "whether a git is at work in this repository cannot be seen on this system"
    for process in _PROCESSES.glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            if (process / "comm").read_bytes().startswith(b"git") and _may_be_inside(process, *places):
                return f"git is at work in this repository (process {process.name})"
    return None


def _may_be_inside(process: Path, *places: Path) -> bool:
    """Whether a process works in one of the places, or may, as it was told of a repository in another way."""
    try:
        here = (process / "cwd").readlink()
        told = b"GIT_DIR=" in (process / "environ").read_bytes() or b"--git-dir" in (process / "cmdline").read_bytes()
    except PermissionError:
        return True
    return told or any(here.is_relative_to(place) for place in places)


def _identity(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written or replaced; None where there is none."""
    with suppress(FileNotFoundError):
        found = path.lstat()
        return found.st_ino, found.st_size, found.st_mtime_ns
    return None
