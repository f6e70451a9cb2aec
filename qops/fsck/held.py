"""The lock and the pointer at hand, held against what git holds of them: git is the guard of these two small files."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeVar

import msgspec

from qops.errors import InputError
from qops.fsck.findings import MISSING, Finding, Subject
from qops.model.custody import Lineage
from qops.model.ports import WorkTree

Read = TypeVar("Read")


class Held(msgspec.Struct, frozen=True):
    """A file as it is at hand, and as it is in git's index; None where it is not there."""

    path: str
    present: bytes | None
    staged: bytes | None

    @classmethod
    def of(cls, tree: WorkTree, lineage: Lineage, path: str) -> "Held":
        """The file at `path`."""
        return cls(path, tree.read(path) if tree.exists(path) else None, lineage.staged(path))

    @property
    def same(self) -> bool:
        """Whether both are the same text, whatever the ends of its lines."""
        return self.present is not None and self.staged is not None and _lines(self.present) == _lines(self.staged)

    @property
    def absent(self) -> bool:
        """Whether it is neither here nor there."""
        return self.present is self.staged is None

    def readable(self, read: Callable[[bytes, str], Read], *, staged_first: bool) -> Iterator[tuple[bytes, Read]]:
        """Those of the two that can be read, the likelier truth first: the text and what `read` makes of it."""
        for data in (self.staged, self.present) if staged_first else (self.present, self.staged):
            if data is not None:
                with suppress(InputError):
                    yield data, read(data, self.path)


def findings(held: Held, subject: Subject, read: Callable[[bytes, str], object]) -> Iterator[Finding]:
    """What is the matter with the file at hand, one thing at most."""
    restore = f"`git checkout -- {held.path}` brings back what git holds"
    if held.present is None:
        yield Finding(subject, held.path, MISSING, hint=restore if held.staged else "`qops snapshot` writes it")
        return
    try:
        read(held.present, held.path)
    except InputError as problem:
        yield Finding(subject, str(problem.where or held.path), problem.cause, hint=problem.hint or restore)
        return
    if held.staged is None:
        cause = "git does not hold it, so nothing says whether it is as it was written"
        yield Finding(subject, held.path, cause, proven=False, hint=f"`git add {held.path}`")
    elif not held.same:
        place = f"{held.path}:{_first_difference(_lines(held.present), _lines(held.staged))}"
        hint = f"{restore}; if the change is meant, `git add {held.path}`"
        yield Finding(subject, place, "this line is not what git holds", hint=hint)


def _lines(data: bytes) -> list[bytes]:
    return data.replace(b"\r\n", b"\n").split(b"\n")


def _first_difference(one: list[bytes], other: list[bytes]) -> int:
    """The number of the first line that differs, from one."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs, 1) if a != b), min(len(one), len(other)) + 1)
