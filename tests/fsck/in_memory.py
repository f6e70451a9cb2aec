"""The doors of `fsck` in memory."""

from collections.abc import Sequence

from support.project import Project

from qops.fsck import check, unneeded
from qops.fsck.check import Choice
from qops.fsck.findings import Finding
from qops.model.custody import Custody, Repair
from qops.model.ports import Commit
from qops.model.report import Report
from qops.vault.memory import MemoryInspection

MANY = 1000


class Lineage:
    """A `Lineage` whose index is a dictionary."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.index: dict[str, bytes] = {}
        self.is_shallow = False

    def staged(self, path: str) -> bytes | None:
        return self.index.get(path)

    def revisions(self, paths: Sequence[str], *, reflog: bool = False) -> tuple[Commit, ...]:
        del reflog
        head = self._project.history.head()
        found = [commit for path in paths for commit in self._project.history.log(path, head, MANY)] if head else []
        return tuple(dict.fromkeys(found))

    def shallow(self) -> bool:
        return self.is_shallow


class Examined:
    """A project, what git holds of it, and who writes in it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.lineage = Lineage(project)
        self.writer: str | None = None
        self.custody = Custody(
            lineage=self.lineage,
            inspect=lambda _directory: MemoryInspection(project.store, project.tree),
            repair=_no_repair,
            writer=lambda: self.writer,
        )

    def stage(self) -> None:
        """`git add` of the lock and the pointer."""
        self.lineage.index = {path: self.project.tree.files[path] for path in ("qops.lock", "artifacts.dvc")}

    def fsck(self, **choice: object) -> Report:
        """`qops fsck`."""
        return check.run(self.project.ports, self.custody, Choice(**choice))

    def findings(self, **choice: object) -> list[Finding]:
        """What it finds."""
        return check.examine(self.project.ports, self.custody, Choice(**choice)).findings

    def gc(self) -> Report:
        """`qops gc --dry-run`."""
        return unneeded.run(self.project.ports, self.custody, dry_run=True)


def _no_repair(directory: str) -> Repair:
    raise AssertionError(directory)
