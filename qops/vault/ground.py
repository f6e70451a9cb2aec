"""A directory before it is a project: where `qops init` makes its repositories."""

import os
import shutil
from pathlib import Path
from typing import Self

from qops.vault import atomic, disk, git_writing
from qops.vault.dvc_command import dvc
from qops.vault.git_process import Git
from qops.vault.root import nearest_root
from qops.vault.worktree import LocalTree

_INTERRUPTED = atomic.beside(Path("x")).suffix
_PEOPLE = ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")


class LocalGround:
    """The `Ground` at `root`."""

    def __init__(self, root: Path) -> None:
        self.name = str(root)
        self.files = LocalTree(root)
        self._root = self.files.root
        self._git = Git(self._root)

    @classmethod
    def around(cls, directory: Path) -> Self:
        """The ground at the top of the git repository that holds `directory`; at `directory` itself if none does.

        Raises:
            EnvironmentFault: `directory` lies in a bare repository.
        """
        return cls(nearest_root(directory) or directory.resolve())

    def entries(self) -> tuple[str, ...]:
        """The names at the top, hidden ones included; none where there is no directory yet."""
        with disk.faults("list", self._root):
            found = [entry.name for entry in self._root.iterdir()] if self._root.exists() else []
        return tuple(sorted(name for name in found if not name.endswith(_INTERRUPTED)))

    def candidates(self, suffixes: tuple[str, ...]) -> tuple[str, ...]:
        """The files that git tracks, or would track if it were asked to, whose names end so; sorted; none hidden."""
        listed = self._git.run("ls-files", "-z", "--cached", "--others", "--exclude-standard").text.split("\0")
        shown = {path for path in listed if path.lower().endswith(suffixes) and not f"/{path}".count("/.")}
        return tuple(sorted(path for path in shown if (self._root / path).is_file()))

    def has_git(self) -> bool:
        """Whether there is a `.git`: a file in linked worktrees and submodules, or a directory that is whole.

        `git init` completes one that is not, as where it was killed.
        """
        git = self._root / ".git"
        return git.is_file() or all((git / name).exists() for name in ("HEAD", "objects", "refs"))

    def has_dvc(self) -> bool:
        """Whether DVC is set up here; what a `dvc init` left that was killed does not count."""
        return (self._root / ".dvc" / "config").is_file() and not self._is_unfinished()

    def init_git(self) -> None:
        """`git init`, the directory included."""
        with disk.faults("make", self._root):
            self._root.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(self._root / ".git"):
            self._git.run("init", "--quiet")
        else:
            self._init_aside()

    def _init_aside(self) -> None:
        """Make the git directory beside and move it here whole: a git that is killed over it leaves locks."""
        aside = atomic.beside(self._root / ".git")
        with disk.faults("make", aside):
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir()
        Git(aside).run("init", "--quiet")
        with disk.faults("move", aside):
            (aside / ".git").rename(self._root / ".git")
            aside.rmdir()

    def init_dvc(self) -> None:
        """`dvc init`, by the DVC that is installed beside qops."""
        dvc(self._root, "init", *(["--force"] if self._is_unfinished() else []))

    def commit_all(self, message: str) -> bool:
        """Commit everything that is not ignored; False, and nothing done, where git does not know who commits."""
        if any(self._git.run("var", name, accept=(0, 128)).code for name in _PEOPLE):
            return False
        git_writing.commit(self._git, ["."], message)
        return True

    def _is_unfinished(self) -> bool:
        """Whether `dvc init` was killed here: the ignore rules, which it writes last, are missing, and all else is."""
        home = self._root / ".dvc"
        with disk.faults("look into", home):
            if not home.is_dir():
                return False
            names = {entry.name for entry in home.iterdir()}
            rules = disk.read_or_empty(home / ".gitignore").splitlines()
            whole = {b"/config.local", b"/tmp", b"/cache"} <= {*rules}
            return names <= {"config", "tmp", ".gitignore"} and not whole and not disk.read_or_empty(home / "config")
