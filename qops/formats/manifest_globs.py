"""Paths with one wildcard: `*` within one directory, `**` across directories."""

import re
from typing import NamedTuple, Self

_WILDCARD = re.compile(r"(?:^|(?<=/))\*\*(?:/\*)?(?=[/.]|$)|\*")


class Pattern(NamedTuple):
    """What stands before the wildcard, whether it spans directories, and what comes after."""

    before: str
    deep: bool
    after: str

    @classmethod
    def of(cls, path: str) -> Self | None:
        """The pattern that `path` is, if it has a wildcard.

        >>> Pattern.of("zoo/**/*.qasm")
        Pattern(before='zoo/', deep=True, after='.qasm')
        """
        found = _WILDCARD.search(path)
        return cls(path[: found.start()], len(found[0]) > 1, path[found.end() :]) if found else None

    @property
    def glob(self) -> str:
        """The pattern as a shell understands it.

        >>> Pattern("zoo/", True, ".qasm").glob
        'zoo/**/*.qasm'
        """
        wildcard = "*" if not self.deep else "**" if self.after.startswith("/") else "**/*"
        return self.before + wildcard + self.after

    def stood_for(self, path: str) -> str | None:
        """What the wildcard stands for in a path, if it stands for anything.

        >>> Pattern("zoo/", True, ".qasm").stood_for("zoo/grover/three.qasm")
        'grover/three'
        """
        middle = path[len(self.before) : len(path) - len(self.after)]
        matches = path == self.before + middle + self.after and (self.deep or "/" not in middle)
        return middle if middle and matches else None

    def put(self, text: str) -> str:
        """The path in which the wildcard stands for `text`."""
        return self.before + text + self.after
