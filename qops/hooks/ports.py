"""The doors to git and DVC that the hooks are given; the real ones are in `qops.vault`.

Every method may raise `EnvironmentFault`.
"""

from typing import Protocol

from qops.formats.dvc_files import Pointer, StoredFile
from qops.hooks.weaving import Change
from qops.model.ports import WorkTree


class Lines(Protocol):
    """git's line merge and line diff."""

    def merge(self, ours: bytes, base: bytes, theirs: bytes) -> tuple[bytes, int]:
        """The merged text and the number of conflicts that are marked in it."""

    def changes(self, old: bytes, new: bytes) -> list[Change]:
        """What leads from one text to the other, in order."""


class Versions(Protocol):
    """The versions of a tracked directory that DVC's cache holds."""

    def files(self, pointer: Pointer) -> dict[str, StoredFile]:
        """The files of a version by path; a fault where the cache lacks the version or one of them."""

    def keep(self, files: dict[str, StoredFile]) -> Pointer:
        """Store a version that is made of files in the cache; the pointer to it."""


class Index(WorkTree, Protocol):
    """The files as they are staged; nothing can be written."""

    def touched(self) -> frozenset[str]:
        """The paths that the next commit changes."""

    def before(self, path: str) -> bytes | None:
        """A file as the last commit has it, None where it has none."""


class GitSetup(Protocol):
    """Where a repository's git is set up.

    A place is of one of three kinds: `file`, by its path from the top directory; `section` of the repository's own
    configuration, such as `diff.qops-circuit`, its content a line `key value` for each setting; `hook`, by its name.
    """

    def read(self, kind: str, name: str) -> bytes | None:
        """What is there, None for nothing."""

    def write(self, kind: str, name: str, data: bytes | None) -> None:
        """Make this be there; None removes it. A hook becomes executable."""

    def runs(self, hook: str) -> bool:
        """Whether git would run the hook: it is there, and executable."""

    @property
    def hooks(self) -> str:
        """The directory of hooks: its path from the top directory, or absolute where it is not in the work tree."""

    @property
    def hooks_are_shared(self) -> bool:
        """Whether the hooks lie outside of this repository, where others may use them."""


class Outbox(Protocol):
    """What a push is about to send, and what DVC's default remote has of it."""

    def commits(self, local: str, remote: str, path: str) -> tuple[str, ...]:
        """The commits below `local` that changed a file, and that git's remote lacks, whose branch is at `remote`."""

    def read(self, revision: str, path: str) -> bytes | None:
        """A file's content at a revision, or None where it is absent there."""

    def remote(self, store: str) -> str | None:
        """The name of DVC's default remote, None where there is none."""

    def lacking(self, store: str, pointer: Pointer) -> int | None:
        """How many objects of a version are not on that remote; None where it cannot be looked at from here."""
