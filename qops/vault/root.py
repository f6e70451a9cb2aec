"""Where the repository begins."""

import shlex
from pathlib import Path

from qops import world
from qops.errors import EnvironmentFault
from qops.vault import disk


def find_root(start: Path) -> Path:
    """The top of the git work tree that holds `start`: the nearest directory with `.git` in it.

    `.git` is a directory, or a file in linked worktrees and submodules. The variables `GIT_DIR` and `GIT_WORK_TREE`
    are not followed: inside a hook they may speak of another repository.

    Raises:
        EnvironmentFault: there is none.
    """
    root = nearest_root(start)
    if root is None:
        raise _nowhere(start.resolve())
    return root


def nearest_root(start: Path) -> Path | None:
    """What `find_root` finds, or None where no git is around.

    Raises:
        EnvironmentFault: `start` lies in a bare repository.
    """
    start = start.resolve()
    for directory in (start, *start.parents):
        with disk.faults("look into", directory):
            if (directory / ".git").exists():
                return directory
            if _is_bare(directory):
                raise EnvironmentFault(
                    f"{directory} is a git repository without a work tree",
                    hint=f"clone it first: `git clone {shlex.quote(str(directory))}`",
                )
    return None


def _is_bare(directory: Path) -> bool:
    return directory.name != ".git" and all((directory / name).exists() for name in ("HEAD", "objects", "refs"))


def _nowhere(start: Path) -> EnvironmentFault:
    apart = world.environment("GIT_DIR")
    hint = f"`git init --separate-git-dir={apart}` makes it known to every tool" if apart else "`git init`"
    return EnvironmentFault(f"{start} is not inside a git repository", hint=hint)
