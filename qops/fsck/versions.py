"""Gather the versions to examine: the lock and the pointer at hand, and those of revisions, each distinct pair once."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

from qops.errors import InconclusiveError, InputError
from qops.formats import lock
from qops.formats.dvc_files import read_pointer
from qops.fsck import held
from qops.fsck.findings import Finding, Subject, Version
from qops.fsck.held import Held
from qops.model.custody import Lineage
from qops.model.ports import Commit, Ports
from qops.recorded.repository import LOCK

AT_HAND = "at hand"

Read = TypeVar("Read")


class Versions:
    """The versions found so far, the newest first, and what was found on the way to them."""

    def __init__(self, ports: Ports, lineage: Lineage) -> None:
        self._ports = ports
        self._lineage = lineage
        self._lock = cache(lock.read)
        self._pointer = cache(read_pointer)
        self._by_content: dict[tuple[bytes, bytes | None], Version] = {}
        self.findings: list[Finding] = []

    def all(self) -> list[Version]:
        """The distinct versions."""
        return list(self._by_content.values())

    def add_at_hand(self) -> None:
        """The files at hand; where one of them is damaged, what git holds stands in for it.

        Raises:
            InconclusiveError: nothing has been recorded yet.
        """
        records = Held.of(self._ports.tree, self._lineage, LOCK)
        if records.absent:
            raise InconclusiveError("nothing has been recorded yet", hint="run `qops snapshot` first")
        self.findings += held.findings(records, Subject.LOCK, self._lock)
        beside = self._beside(records)
        if beside is None:
            return
        self.findings += held.findings(beside, Subject.POINTER, self._pointer)
        # where just one of the two is not what git holds, it is in git that they belong together
        staged_first = records.same != beside.same
        (data, snapshot), *_ = records.readable(self._lock, staged_first=staged_first)
        pointed, pointer = next(beside.readable(self._pointer, staged_first=staged_first), (None, None))
        self._by_content[data, pointed] = Version([AT_HAND], None, snapshot, pointer, asked=True)

    def add(self, revision: str) -> None:
        """A revision that the user named.

        Raises:
            InconclusiveError: nothing was recorded there.
        """
        commit = self._ports.history.resolve(revision)
        if self._ports.history.read(commit, LOCK) is None:
            raise InconclusiveError(f"there is no snapshot at {revision}", hint="`qops log` lists those that there are")
        self._add(commit, revision, asked=True)

    def add_everything(self, *, reflog: bool = False) -> None:
        """Every revision that changed the lock or a pointer that it names."""
        if self._lineage.shallow():
            cause = "the clone is shallow: older revisions are not here"
            hint = "`git fetch --unshallow --tags`"
            self.findings.append(Finding(Subject.HISTORY, "git", cause, proven=False, hint=hint))
        commits = self._lineage.revisions((LOCK,), reflog=reflog)
        self._add_commits(commits)
        pointers = sorted({pointer_of(version.store) for version in self.all()})
        if pointers:
            known = {commit.revision for commit in commits}
            more = self._lineage.revisions(pointers, reflog=reflog)
            self._add_commits(commit for commit in more if commit.revision not in known)

    def _beside(self, records: Held) -> Held | None:
        """The pointer that the lock names, or the staged one if only that names one that there is."""
        locks = records.readable(self._lock, staged_first=False)
        found = [Held.of(self._ports.tree, self._lineage, pointer_of(snapshot.store)) for _, snapshot in locks]
        return next((each for each in found if not each.absent), found[0] if found else None)

    def _add_commits(self, commits: Iterable[Commit]) -> None:
        for commit in commits:
            self._add(commit.revision, commit.tags[0] if commit.tags else commit.revision[:12], asked=False)

    def _add(self, commit: str, label: str, *, asked: bool) -> None:
        data = self._ports.history.read(commit, LOCK)
        if data is None:
            return
        snapshot = self._readable(self._lock, data, f"{label}:{LOCK}")
        if snapshot is None:
            return
        path = pointer_of(snapshot.store)
        pointed = self._ports.history.read(commit, path)
        version = self._by_content.get((data, pointed))
        if version is not None:
            version.labels.append(label)
            return
        pointer = None if pointed is None else self._readable(self._pointer, pointed, f"{label}:{path}")
        self._by_content[data, pointed] = Version([label], commit, snapshot, pointer, asked=asked)

    def _readable(self, read: Callable[[bytes, str], Read], data: bytes, name: str) -> Read | None:
        """What `read` makes of a committed file. git guards its bytes: where it cannot be read, it was committed so."""
        try:
            return read(data, name)
        except InputError as problem:
            self.findings.append(Finding(Subject.HISTORY, str(problem.where or name), problem.cause, proven=False))
            return None


def pointer_of(store: str) -> str:
    """The `.dvc` file of a store."""
    return f"{store}.dvc"
