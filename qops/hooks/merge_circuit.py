"""A three-way merge of OpenQASM files: by lines, and where those are in conflict, by the lines of canonical text."""

import re
from collections import Counter

import msgspec

from qops.circuits import reader, writer
from qops.errors import InputError
from qops.hooks.ports import Lines
from qops.hooks.three_way import Merged
from qops.hooks.weaving import weave

_REWRITTEN = "merged as canonical text, so comments and layout are gone; the circuit has the changes of both sides"
_NO_CIRCUIT = "the lines of both sides merge, but what they say then is no circuit"
_ANOTHER = (
    "the lines of both sides merge, but into another circuit than their operations do: look for one that is twice"
)
_NEWER = "in canonical text, which is OpenQASM 3, the two sides would merge"
_MARKER = re.compile(rb"([<|=>])\1{6}")


class _Sides(msgspec.Struct, frozen=True):
    """The three texts, as they stand or in canonical form."""

    ours: bytes
    base: bytes
    theirs: bytes

    def merged(self, lines: Lines) -> tuple[bytes, int]:
        return lines.merge(self.ours, self.base, self.theirs)

    def woven(self, lines: Lines) -> bytes | None:
        ours, theirs = lines.changes(self.base, self.ours), lines.changes(self.base, self.theirs)
        return weave(self.base, self.ours, ours, self.theirs, theirs)


def merge(ours: bytes, base: bytes, theirs: bytes, file: str, lines: Lines) -> Merged:
    """The circuit with the changes of both sides.

    A side's own text is kept wherever that is possible: lines that do not collide are merged as git does, and a side
    that says what the merged circuit is, is taken as it stands. But where both sides moved an operation, lines may
    merge without a conflict and have it twice; so canonical text has the last word on what the circuit is. Conflicts
    are marked in the text as it stands, or, where operations that moved would make a riddle of them, in canonical text.
    OpenQASM 2 is never rewritten, since canonical text is OpenQASM 3.

    Args:
        ours: the file on the branch that is merged into.
        base: the file on the common ancestor; empty where there was none.
        theirs: the file on the branch that is merged.
        file: what to call it.
        lines: git.
    """
    written = _Sides(ours, base, theirs)
    text, conflicts = written.merged(lines)
    normal = _normal(written, file)
    if normal is None:
        return Merged(text, clean=not conflicts)
    said = None if conflicts else _canonical(text, file)
    woven = normal.woven(lines)
    woven = woven and _canonical(woven, file)
    if said is not None and (said == woven or (woven is None and _adds_up(said, normal))):
        return Merged(text, clean=True)
    if woven is not None and woven in (normal.ours, normal.theirs):
        return Merged(ours if woven == normal.ours else theirs, clean=True)
    if reader.read(ours, file).source_format == "openqasm2":
        clash = "" if woven is None else _NEWER
        return Merged(text, clean=False, note=clash if conflicts else _ANOTHER if said else _NO_CIRCUIT)
    if woven is not None:
        return Merged(woven, clean=True, note=_REWRITTEN)
    return _marked(text, conflicts, normal, file, lines)


def _marked(text: bytes, conflicts: int, normal: _Sides, file: str, lines: Lines) -> Merged:
    """The merge that needs a person, with conflict markers where they help best."""
    ordered, found = normal.merged(lines)
    if not conflicts and not found:
        return Merged(text, clean=False, note=_NO_CIRCUIT)
    keeps = conflicts and (not found or _same_choice(text, ordered, file))
    return Merged(text if keeps else ordered, clean=False)


def _adds_up(merged: bytes, sides: _Sides) -> bool:
    """Whether every operation is there as often as the two sides let expect."""
    counted, ours, base, theirs = (Counter(t.splitlines()) for t in (merged, sides.ours, sides.base, sides.theirs))
    return all(
        counted[line] in (ours[line] + theirs[line] - base[line], ours[line], theirs[line])
        for line in {*counted, *ours, *theirs}
    )


def _normal(sides: _Sides, file: str) -> _Sides | None:
    """The three texts in canonical form; None if one of them cannot be read."""
    ours, theirs = _canonical(sides.ours, file), _canonical(sides.theirs, file)
    base = _canonical(sides.base, file) if sides.base else b""
    return None if ours is None or base is None or theirs is None else _Sides(ours, base, theirs)


def _canonical(data: bytes, file: str) -> bytes | None:
    try:
        return writer.write(reader.read(data, file)).encode()
    except InputError:
        return None


def _same_choice(one: bytes, other: bytes, file: str) -> bool:
    """Whether two texts with conflict markers offer the same two circuits."""
    return all(_canonical(_side(one, take), file) == _canonical(_side(other, take), file) for take in (b"<", b"="))


def _side(text: bytes, take: bytes) -> bytes:
    """The text as one side of its conflicts would have it: the one whose marker is made of `take`."""
    kept, section = [], b""
    for line in text.splitlines(keepends=True):
        if found := _MARKER.match(line):
            section = b"" if found[1] == b">" else found[1]
        elif section in (b"", take):
            kept.append(line)
    return b"".join(kept)
