"""The doors of `qops fsck` and `qops gc`, beside those of `qops.model.ports`: the store looked at byte by byte."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from qops.model.ports import Commit


class Seen(msgspec.Struct, frozen=True):
    """What lies in a place, as a person would call it: the MD5 of all its bytes and how many those are.

    `trouble` says, in a few words, what keeps it from being a file that can be read; there is no MD5 then.
    """

    place: str
    md5: str = ""
    size: int = 0
    trouble: str = ""


class Remote(msgspec.Struct, frozen=True):
    """A remote of DVC's by its name; `near` where it is a directory that can be looked at from here."""

    name: str
    near: bool


class Inspection(Protocol):
    """One store and DVC's cache, nothing believed and nothing written.

    Objects are named by MD5, lists of files by MD5 and `.dir`; paths are relative to the store.
    """

    def place(self, digest: str) -> str:
        """Where an object belongs, as a person would call it."""

    def object(self, digest: str) -> Seen | None:
        """What lies in an object's place, hashed once; None where nothing does."""

    def copies(self) -> Mapping[str, Seen]:
        """Everything but directories in the store's work tree."""

    def read(self, digest: str) -> bytes | None:
        """The intact bytes of an object, from the cache or from a copy in the work tree; None where there are none."""

    def remotes(self) -> tuple[Remote, ...]:
        """DVC's remotes, the default one first."""

    def on_remote(self, name: str, digest: str) -> Seen | None:
        """What lies in an object's place on a near remote."""

    def directories(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The tracked directories that the cache knows and that can be read, as MD5 by path."""

    def size(self, digest: str) -> int | None:
        """An object's size in bytes, unread; None where it is missing."""


class Repair(Protocol):
    """Puts objects of one store right. What lay in their places before is set aside, never removed."""

    def clear_leftover(self) -> None:
        """Remove what a killed repair was just writing."""

    def put(self, digest: str, data: bytes) -> str | None:
        """Store the intact bytes of an object; where that is now which they replace, None where there was nothing."""

    def fetch(self, remote: str, digests: Sequence[str]) -> dict[str, str | None]:
        """Have DVC bring objects from a remote; those that came intact, with what `put` would return.

        The others are as they were.
        """


class Lineage(Protocol):
    """What git holds, as a guard of the small files that it tracks."""

    def staged(self, path: str) -> bytes | None:
        """A file's content in the index, None where it is not there."""

    def revisions(self, paths: Sequence[str], *, reflog: bool = False) -> tuple[Commit, ...]:
        """The commits under any ref that changed one of these paths, newest first.

        With `reflog` also those that only a reflog remembers.
        """

    def shallow(self) -> bool:
        """Whether the clone holds only the newest part of the history."""


@dataclass(frozen=True)
class Custody:
    """All these doors in one hand. `writer` says who is writing in the repository just now, if anybody is."""

    lineage: Lineage
    inspect: Callable[[str], Inspection]
    repair: Callable[[str], Repair]
    writer: Callable[[], str | None]
