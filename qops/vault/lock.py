"""Locks that die with their holder, so that none is ever stale."""

import fcntl
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import msgspec

from qops import world
from qops.errors import EnvironmentFault
from qops.vault import atomic, disk

_POLL_S = 0.05


def silent(_message: str) -> None:
    """Say nothing."""


class Patience(msgspec.Struct, frozen=True):
    """How to wait: at most `wait_s` seconds, and after `notice_s` seconds `say` tells the user for whom."""

    wait_s: float = 30.0
    notice_s: float = 1.0
    say: Callable[[str], None] = silent

    def wait(self, attempt: Callable[[], str | None]) -> None:
        """Try again and again until `attempt` returns None instead of the sentence that says who is in the way.

        Raises:
            EnvironmentFault: the time is over.
        """
        start = world.monotonic()
        told = False
        while sentence := attempt():
            waited = world.monotonic() - start
            if waited >= self.wait_s:
                raise EnvironmentFault(sentence, hint="wait until it is done, or stop it, then run this again")
            if waited >= self.notice_s and not told:
                self.say(f"waiting: {sentence}")
                told = True
            world.pause(_POLL_S)


class FileLock:
    """An exclusive `flock` on the file at `path`, whose content names the holder. The file stays when it is free."""

    def __init__(self, path: Path, holder: bytes, busy: Callable[[str], str]) -> None:
        self._path = path
        self._holder = holder
        self._busy = busy
        self._descriptor = -1

    def try_to_take(self) -> str | None:
        """None if the lock is now ours, else the sentence that says whose it is."""
        with disk.faults("lock", self._path), ExitStack() as undo:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            undo.callback(os.close, descriptor)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return self._busy(os.pread(descriptor, 500, 0).decode("utf-8", "replace").strip())
            if not atomic.is_at(descriptor, self._path):
                return self.try_to_take()
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, self._holder, 0)
            undo.pop_all()
            self._descriptor = descriptor
        return None

    def release(self) -> None:
        """Let the next one in."""
        os.close(self._descriptor)
        self._descriptor = -1


class RepositoryLock:
    """The one lock of everything that qops writes in a repository; it may be entered again while it is held.

    Args:
        root: the repository's top directory; the lock is `.qops/lock` below it.
        command: what the holder does, for those who wait.
        patience: how long to wait for another process.
    """

    def __init__(self, root: Path, command: str, patience: Patience | None = None) -> None:
        holder = f"process {world.process_id()} on {world.host_name()}: {command}"
        self._directory = root / ".qops"
        self._lock = FileLock(self._directory / "lock", holder.encode(), _busy)
        self._patience = patience or Patience()
        self._depth = 0

    def __enter__(self) -> None:
        if not self._depth:
            own_directory(self._directory)
            self._patience.wait(self._lock.try_to_take)
        self._depth += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._depth -= 1
        if not self._depth:
            self._lock.release()


def _busy(holder: str) -> str:
    return f"another qops is writing in this repository: {holder or 'just starting'}"


def own_directory(directory: Path) -> None:
    """Make `.qops`, which git ignores by its own rule."""
    ignore = directory / ".gitignore"
    with disk.faults("make", directory):
        directory.mkdir(exist_ok=True)
        if not ignore.exists():
            atomic.write(ignore, b"*\n")
