"""What an examination may find."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from qops.formats.dvc_files import Pointer
from qops.model.custody import Seen
from qops.model.snapshot import Snapshot

LISTING = ""
"""Stands, as a path inside the store, for the list of its files itself: the `.dir` object."""


MISSING = "it is missing"
"""The cause of a finding where there is nothing."""


class Subject(StrEnum):
    """What is examined, in order; a report has one verdict for each."""

    LOCK = "lock"
    POINTER = "pointer"
    OBJECTS = "objects"
    WORK_TREE = "work tree"
    CIRCUITS = "circuits"
    HISTORY = "history"


class Finding(msgspec.Struct, frozen=True):
    """Something that is not as it should be, or, unless it is `proven`, something that could not be examined.

    `place` is a path as a person would call it, `cause` says what is the matter there, `circuits` and `labels` which
    circuits in which versions need it. `expected` and `found` are MD5s. `good` are places where it is as it should be,
    `perhaps` places that could not be looked at.
    """

    subject: Subject
    place: str
    cause: str
    proven: bool = True
    circuits: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    expected: str = ""
    found: str = ""
    good: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    hint: str = ""


class Version(msgspec.Struct, frozen=True, eq=False):
    """A lock and the pointer beside it, and what people call the revisions that have just these two.

    `commit` is one of these revisions, None for the files at hand; `pointer` is None where it is missing or unreadable;
    `asked` is false for what is only a part of the history.
    """

    labels: list[str]
    commit: str | None
    snapshot: Snapshot
    pointer: Pointer | None
    asked: bool

    @property
    def store(self) -> str:
        """The tracked directory."""
        return self.snapshot.store


class Wanted(msgspec.Struct, frozen=True, eq=False):
    """An object that versions need, and under which paths of the store they need it."""

    store: str
    digest: str
    uses: list[tuple[Version, str]]

    def circuits(self) -> tuple[str, ...]:
        """The circuits that need it, sorted; for a list of files, all that it lists."""
        names = {name for version, path in self.uses for name in _owners(version, path)}
        return tuple(sorted(names))

    def labels(self) -> tuple[str, ...]:
        """The versions that need it."""
        return tuple(dict.fromkeys(label for version, _ in self.uses for label in version.labels))


class Unsound(msgspec.Struct, frozen=True, eq=False):
    """A wanted object that is damaged, or missing where `seen` is None."""

    wanted: Wanted
    seen: Seen | None


class Examination(msgspec.Struct, frozen=True, eq=False):
    """What was looked at, and what was found.

    `subjects` are those that were chosen, each with whether there was anything to examine; `size` is in bytes.
    """

    subjects: dict[Subject, bool]
    versions: list[Version]
    objects: int
    size: int
    copies: int
    circuits: int
    findings: list[Finding]
    unsound: list[Unsound]


class Healed(msgspec.Struct, frozen=True):
    """An object put right: its place, where its bytes came from, and where those are now that were in its place."""

    place: str
    origin: str
    aside: str | None


class Healing(msgspec.Struct, frozen=True):
    """What was put right, and what DVC said of remotes that did not help."""

    healed: tuple[Healed, ...]
    complaints: tuple[str, ...]


def _owners(version: Version, path: str) -> Iterator[str]:
    if path == LISTING:
        yield from version.snapshot.circuits
    elif path.startswith("circuits/"):
        yield path.removeprefix("circuits/").rpartition("/")[0]
