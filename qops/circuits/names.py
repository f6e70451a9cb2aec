"""Identifiers for names: kept where OpenQASM 3 allows, changed and noted where it does not."""

import re

from qops.circuits.arithmetic import CONSTANTS
from qops.circuits.prelude import ALIASES, STANDARD

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_KEYWORDS = frozenset(
    "OPENQASM include def cal defcal gate extern box let break continue if else end return for while in switch case "
    "default nop pragma input output const readonly mutable qreg qubit creg bool bit int uint float angle complex "
    "array void duration stretch gphase inv pow ctrl negctrl dim durationof delay reset measure barrier opaque true "
    "false sin cos tan arcsin arccos arctan exp log ln sqrt abs ceiling floor mod popcount rotl rotr real imag".split()
)
WORDS = _KEYWORDS | frozenset(CONSTANTS)
RESERVED = _KEYWORDS | frozenset(CONSTANTS) | frozenset(STANDARD) | frozenset(ALIASES)


class Names:
    """Gives each name of one program an identifier of its own, and remembers which had to change."""

    def __init__(self, taken: frozenset[str] = RESERVED) -> None:
        self._taken = set(taken)
        self._given: dict[tuple[str, str], str] = {}
        self.changed: list[tuple[str, str, str]] = []

    def declare(self, what: str, name: str, key: str | None = None) -> str:
        """The identifier for a name of kind `what`, found again by `key` where names are not unique."""
        allowed = _IDENTIFIER.fullmatch(name) and name not in self._taken
        written = name if allowed else self._fresh(name)
        self._taken.add(written)
        self._given[what, name if key is None else key] = written
        if written != name:
            self.changed.append((what, written, name))
        return written

    def of(self, what: str, key: str) -> str:
        """The identifier of a declared name; any other name as it is."""
        return self._given.get((what, key), key)

    def _fresh(self, name: str) -> str:
        stem = re.sub(r"\W", "_", name, flags=re.ASCII).strip("_") or "name"
        stem = stem if _IDENTIFIER.fullmatch(stem) else "_" + stem
        count = 0
        written = stem
        while written in self._taken:
            written = f"{stem}_{count}"
            count += 1
        return written
