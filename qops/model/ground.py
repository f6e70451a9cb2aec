"""The doors of setting up: a directory that is to become a project, and what qops stands on."""

from typing import Protocol

from qops.model.ports import WorkTree


class Ground(Protocol):
    """A directory that is to become a project; neither it nor its repositories need to exist yet."""

    @property
    def name(self) -> str:
        """The directory as the user named it."""

    @property
    def files(self) -> WorkTree:
        """The files in it."""

    def entries(self) -> tuple[str, ...]:
        """The names at its top, hidden ones included, sorted."""

    def candidates(self, suffixes: tuple[str, ...]) -> tuple[str, ...]:
        """The files that git tracks, or would track if it were asked to, whose names end so; sorted.

        What is hidden is left out.
        """

    def has_git(self) -> bool:
        """Whether it is the top of a git repository."""

    def has_dvc(self) -> bool:
        """Whether it is the top of a DVC repository."""

    def init_git(self) -> None:
        """`git init`, the directory included."""

    def init_dvc(self) -> None:
        """`dvc init`."""

    def commit_all(self, message: str) -> bool:
        """Commit everything that is not ignored; False, and nothing done, where git does not know who commits."""


class Surroundings(Protocol):
    """What qops stands on, as `qops doctor` looks at it. Nothing is changed by looking."""

    def version(self, package: str) -> str | None:
        """The installed version of a Python package, or None."""

    def git_version(self) -> str:
        """The version of git, as in `2.39.5`."""

    def git_variables(self) -> tuple[str, ...]:
        """The `GIT_` variables in force that qops keeps from git, such as `GIT_DIR`; sorted."""

    def files(self) -> WorkTree:
        """The work tree around; `EnvironmentFault` where there is none."""

    def head(self) -> str | None:
        """The full hash of HEAD, or None in a repository without commits."""

    def shallow(self) -> bool:
        """Whether the clone holds only the newest part of the history."""

    def reasons_for_dvc(self, store: str) -> tuple[str, ...]:
        """Why the store is written by `dvc add` and not directly; `EnvironmentFault` where DVC is not initialised."""

    def lock_holder(self) -> str | None:
        """Who is writing in this repository just now, if anybody is."""

    def writable(self, path: str) -> bool:
        """Whether a file at this path, from the repository's top directory, could be written."""
