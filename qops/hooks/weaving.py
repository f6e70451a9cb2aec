"""Two sets of line changes to one text, made together.

git calls it a conflict where two sides change neighbouring lines. Lines of canonical text are operations, and two
operations may well be changed by two people: here only changes of the same line, or of the same gap, are in conflict.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

Change = tuple[int, int, int, int]
"""Two half-open ranges of lines, counted from zero: start and end of what goes, start and end of what comes."""

_Edit = tuple[int, int, tuple[bytes, ...]]


def weave(
    base: bytes, ours: bytes, our_changes: Sequence[Change], theirs: bytes, their_changes: Sequence[Change]
) -> bytes | None:
    r"""The base with the changes of both sides, or None where they are in conflict.

    >>> weave(b"a\nb\n", b"A\nb\n", [(0, 1, 0, 1)], b"a\nB\n", [(1, 2, 1, 2)])
    b'A\nB\n'
    """
    edits = sorted({*_edits(ours, our_changes), *_edits(theirs, their_changes)})
    if any(second[0] < first[1] or first[:2] == second[:2] for first, second in pairwise(edits)):
        return None
    lines = base.splitlines(keepends=True)
    woven: list[bytes] = []
    reached = 0
    for start, end, replacement in edits:
        woven += (*lines[reached:start], *replacement)
        reached = end
    return b"".join(woven + lines[reached:])


def _edits(text: bytes, changes: Sequence[Change]) -> Iterator[_Edit]:
    lines = text.splitlines(keepends=True)
    for start, end, first, last in changes:
        yield start, end, tuple(lines[first:last])
