"""Patterns over a tree of files: `*`, `?`, `[…]` within a name, `**` across directories.

As in a shell, a pattern finds a hidden name only where it spells the leading dot.
"""

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from posixpath import join

import msgspec

_WILD = re.compile(r"[*?\[]")


class Listing(msgspec.Struct, frozen=True):
    """The names in one directory; `directories` are only those that may be walked into unasked."""

    directories: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def find(pattern: str, listing: Callable[[str], Listing]) -> tuple[str, ...]:
    """The files that match, sorted; `listing` lists a directory by its path, `""` for the top."""
    search = _Search(listing)
    search.walk("", tuple(pattern.split("/")))
    return tuple(sorted(search.found))


class _Search:
    def __init__(self, listing: Callable[[str], Listing]) -> None:
        self._listing = listing
        self._walked: set[tuple[str, tuple[str, ...]]] = set()
        self.found: set[str] = set()

    def walk(self, directory: str, segments: tuple[str, ...]) -> None:
        """Match `segments` from `directory` on; never the same question twice, whatever the pattern repeats."""
        if (directory, segments) in self._walked:
            return
        self._walked.add((directory, segments))
        head, rest = segments[0], segments[1:]
        if head == "**":
            self.walk(directory, rest or ("*",))
            for name in self._subdirectories(directory, "*"):
                self.walk(join(directory, name), segments)
        elif rest:
            for name in self._subdirectories(directory, head):
                self.walk(join(directory, name), rest)
        else:
            names = self._listing(directory).files
            self.found |= {join(directory, name) for name in names if _matches(name, head)}

    def _subdirectories(self, directory: str, pattern: str) -> tuple[str, ...]:
        if not _WILD.search(pattern):
            return (pattern,)
        return tuple(name for name in self._listing(directory).directories if _matches(name, pattern))


def _matches(name: str, pattern: str) -> bool:
    return fnmatchcase(name, pattern) and (not name.startswith(".") or pattern.startswith("."))
