"""Where a hook has to stage what shall belong to the commit it runs in.

While a hook runs, `git commit --all` holds the index locked, and the lock itself is the index that it will commit and
keep: it names it in `GIT_INDEX_FILE`, and reads it again after the hook [1]_. `git commit PATH` commits an index that
it then throws away, so that what a hook adds there would be taken back by the next commit.

References:
    [1] https://git-scm.com/docs/githooks, `pre-commit`; `prepare_to_commit` in git's `builtin/commit.c`.
"""

from functools import cached_property
from pathlib import Path

from qops import world
from qops.errors import EnvironmentFault
from qops.vault.git_process import Git

_OF_ALL = "index.lock"
_OF_NAMED_FILES = "next-index-"


class GitOfTheHook(Git):
    """One that works with the index that git gave the hook."""

    @cached_property
    def _environment(self) -> dict[str, str]:
        index = _given()
        return super()._environment | ({"GIT_INDEX_FILE": str(index)} if index else {})


def staging(git: Git) -> Git:
    """A git that stages for the next commit: in a hook for the one it runs in, if that is one of this repository.

    Raises:
        EnvironmentFault: that commit takes nothing but the files that its user named.
    """
    index = _given()
    if index is None or not index.name.startswith((_OF_ALL, _OF_NAMED_FILES)):
        return git
    if index.parent.resolve() != Path(git.run("rev-parse", "--absolute-git-dir").text).resolve():
        return git
    if index.name.startswith(_OF_NAMED_FILES):
        raise EnvironmentFault(
            "this hook runs for a `git commit` of named files, which takes nothing else into the commit",
            hint="name no files: `git add` what is to be committed, then `git commit`",
        )
    return GitOfTheHook(git.root)


def _given() -> Path | None:
    """The index that git names in the environment, from where this process runs."""
    named = world.environment("GIT_INDEX_FILE")
    return world.current_directory() / named if named else None
