"""What git holds of the files that it guards: `GitLineage` is the `Lineage` port."""

from collections.abc import Sequence
from pathlib import Path

from qops.model.ports import Commit
from qops.vault.git_blobs import Blobs
from qops.vault.git_history import GitHistory, commits_in
from qops.vault.git_process import Git
from qops.vault.inside import inside


class GitLineage:
    """The index and the whole history of the work tree at `root`.

    Every method may raise `EnvironmentFault` where git is missing, refuses the repository or fails.
    """

    def __init__(self, root: Path) -> None:
        self._git = Git(root)
        self._blobs = Blobs(self._git)
        self._history = GitHistory(root)

    def staged(self, path: str) -> bytes | None:
        """A file's content in the index, None where it is not there or in conflict."""
        return self._blobs.read(f":{inside(path)}")

    def revisions(self, paths: Sequence[str], *, reflog: bool = False) -> tuple[Commit, ...]:
        """The commits under any ref that changed one of these paths, newest first; no side branch is left out."""
        everything = ("--all", "--full-history", *(("--reflog",) if reflog else ()))
        return commits_in(self._git, *everything, "--", *map(inside, paths))

    def shallow(self) -> bool:
        """Whether the clone holds only the newest part of the history."""
        return self._history.shallow()
