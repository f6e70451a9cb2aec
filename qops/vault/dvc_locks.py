"""DVC's own locks, taken as DVC takes them, so that qops and a running `dvc` keep out of each other's way.

DVC guards a repository with a `flock` on `.dvc/tmp/lock` (zc.lockfile). While a pipeline stage runs it lets go of that
and leaves word in `.dvc/tmp/rwlock`, a JSON file of who reads and writes which path, itself guarded by `rwlock.lock`
(`dvc/lock.py`, `dvc/rwlock.py` of DVC 3.67).
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

import msgspec

from qops import world
from qops.errors import EnvironmentFault
from qops.vault import disk
from qops.vault.lock import FileLock, Patience


class _Holder(msgspec.Struct, frozen=True):
    pid: int
    cmd: str


class _Holders(msgspec.Struct, frozen=True):
    write: dict[str, _Holder] = {}
    read: dict[str, list[_Holder]] = {}


@contextmanager
def dvc_locks(dvc_directory: Path, paths: Iterable[Path], patience: Patience) -> Iterator[None]:
    """Hold DVC's repository lock while nobody else reads or writes any of `paths` (absolute).

    Raises:
        EnvironmentFault: another process did not finish in time, or DVC's list of holders is damaged.
    """
    holders = _HolderFile(dvc_directory / "tmp", tuple(paths))
    patience.wait(holders.lock_unless_busy)
    try:
        yield
    finally:
        holders.lock.release()


class _HolderFile:
    def __init__(self, directory: Path, paths: tuple[Path, ...]) -> None:
        with disk.faults("make", directory):
            directory.mkdir(exist_ok=True)
        self._path = directory / "rwlock"
        self._paths = paths
        self._guard = _dvc_lock(directory / "rwlock.lock")
        self.lock = _dvc_lock(directory / "lock")

    def lock_unless_busy(self) -> str | None:
        """None if the repository is ours. A stage that holds a path needs the lock to let go of it: do not keep it."""
        busy = self.lock.try_to_take()
        if busy is None:
            try:
                busy = self._blocker()
            except BaseException:
                self.lock.release()
                raise
            if busy:
                self.lock.release()
        return busy

    def _blocker(self) -> str | None:
        if busy := self._guard.try_to_take():
            return busy
        try:
            holders = self._read()
        finally:
            self._guard.release()
        for path, holder in _every(holders):
            if any(_overlap(path, ours) for ours in self._paths) and _alive(holder.pid):
                return f"process {holder.pid} (`{holder.cmd}`) is using {path}"
        return None

    def _read(self) -> _Holders:
        try:
            with disk.faults("read", self._path):
                data = self._path.read_bytes() if self._path.exists() else b"{}"
            return msgspec.json.decode(data, type=_Holders)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
            raise EnvironmentFault(
                f"DVC's list of running commands, {self._path}, is damaged",
                hint=f"if no DVC command is running: `rm {self._path}`",
            ) from problem


def _dvc_lock(path: Path) -> FileLock:
    return FileLock(path, f" {world.process_id()}\n".encode(), _busy)


def _busy(pid: str) -> str:
    return f"a DVC command is running in this repository (process {pid or 'unknown'})"


def _every(holders: _Holders) -> Iterator[tuple[str, _Holder]]:
    yield from holders.write.items()
    for path, readers in holders.read.items():
        for reader in readers:
            yield path, reader


def _overlap(one: str, other: Path) -> bool:
    path = PurePath(one)
    return path.is_relative_to(other) or other.is_relative_to(path)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
