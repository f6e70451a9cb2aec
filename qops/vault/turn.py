"""Whose turn it is to act for a watch: `LocalTurns` is the `Turns` port of drift."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qops.vault.lock import FileLock, own_directory


class LocalTurns:
    """Locks below `.qops` in the repository at `root`, which die with their holders; `holder` says who we are."""

    def __init__(self, root: Path, holder: str) -> None:
        self._directory = root / ".qops"
        self._holder = holder

    @contextmanager
    def take(self, watch: str) -> Iterator[str | None]:
        """None while it is our turn; otherwise, at once, the sentence that says whose it is."""
        own_directory(self._directory)
        lock = FileLock(self._directory / f"turn-{watch}", self._holder.encode(), _busy)
        if busy := lock.try_to_take():
            yield busy
            return
        try:
            yield None
        finally:
            lock.release()


def _busy(holder: str) -> str:
    return f"actions are being run by {holder or 'a process that is just starting'}"
