"""The edit script between two runs of operations: what to delete, insert and change to come from one to the other.

The order of independent operations plays no part: a place is not a line but, on each wire of an operation, how many
others come before it. `qops.circuits.patch` applies a script; `inverse` leads back.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest

import msgspec

from qops.circuits.alignment import align
from qops.circuits.order import lexicographic, wires
from qops.circuits.rewriting import rewrite, with_blocks
from qops.circuits.sweep import Pair, Tokens, by_kind
from qops.model.angle import Angle
from qops.model.circuit import Operation, every_operation

Terms = Callable[[Operation], Operation]
Edit = tuple[int | None, int | None]
Gap = tuple[int, int]
_WIRELESS = (1 << 50,)
_MOST_TRIED = 4


class Placed(msgspec.Struct, frozen=True):
    """An operation in its circuit.

    `position` is its place in the canonical order of its block, from zero; `slots` are how many operations come before
    it on each of its lanes.
    """

    operation: Operation
    position: int
    slots: tuple[int, ...]


class Entry(msgspec.Struct, frozen=True):
    """One edit: without `new` a deletion, without `old` an insertion, with both a change.

    Changed control flow has in `inside` a script a block.
    """

    old: Placed | None
    new: Placed | None
    inside: tuple[tuple["Entry", ...], ...] = ()

    @property
    def angles(self) -> tuple[tuple[int, Angle, Angle], ...]:
        """The angles that a change moves: their places among the operation's angles, the old and the new."""
        if self.old is None or self.new is None:
            return ()
        pairs = zip(self.old.operation.angles, self.new.operation.angles, strict=True)
        return tuple((place, old, new) for place, (old, new) in enumerate(pairs) if old != new)

    @property
    def heads(self) -> bool:
        """Whether it edits an operation itself, and not only what its blocks hold."""
        if self.old is None or self.new is None or not self.inside:
            return True
        return _without_blocks(self.old.operation) != _without_blocks(self.new.operation)


Script = tuple[Entry, ...]


def script(
    a: Sequence[Operation], b: Sequence[Operation], terms: Terms | None = None, *, numbers_only: bool = False
) -> Script:
    """A short script from `a` to `b`, in the order of their texts.

    Args:
        a: the old operations.
        b: the new operations.
        terms: says one operation of `b` with the names and wires of `a`, where those differ.
        numbers_only: only numbers differ, so that all edits are changes, even where shifting angles from operation to
            operation would be shorter.
    """
    old, new = lexicographic(a), lexicographic(b)
    same = list(rewrite(tuple(new), terms)) if terms else new
    if old == same:
        return ()
    tokens_a, tokens_b = tokens(old, same)
    pairs = align(by_kind(tokens_a), by_kind(tokens_b)) if numbers_only else align(tokens_a, tokens_b)
    edits: list[Edit] = []
    edits += [(x, y) for x, y in pairs if tokens_a.exact[x] != tokens_b.exact[y]]
    deleted = dict.fromkeys(sorted(set(range(len(old))) - {x for x, _ in pairs}))
    inserted = dict.fromkeys(sorted(set(range(len(new))) - {y for _, y in pairs}))
    for x, y in list(_similar_blocks(old, same, deleted, inserted)):
        edits.append((x, y))
        del deleted[x], inserted[y]
    edits += [(x, None) for x in deleted]
    edits += [(None, y) for y in inserted]
    place_a, place_b = _placing(old, {x for x, _ in edits}), _placing(new, {y for _, y in edits})
    return tuple(_entry(place_a.get(x), place_b.get(y), terms) for x, y in _in_reading_order(edits, pairs, old, same))


def inverse(entries: Script) -> Script:
    """The script that leads back."""
    return tuple(Entry(entry.new, entry.old, tuple(map(inverse, entry.inside))) for entry in entries)


def length(entries: Script) -> int:
    """How many deletions, insertions and changes a script makes, those inside control flow one by one."""
    return sum(entry.heads + sum(map(length, entry.inside)) for entry in entries)


def tokens(a: Sequence[Operation], b: Sequence[Operation]) -> tuple[Tokens, Tokens]:
    """Two runs of operations in canonical order as integers, in one numbering."""
    known: dict[object, int] = {}

    def numbered(operations: Sequence[Operation]) -> Tokens:
        exact = [known.setdefault(settled(operation), len(known)) for operation in operations]
        loose = [
            known.setdefault(_kind(operation), len(known)) if operation.angles or operation.detail else token
            for operation, token in zip(operations, exact, strict=True)
        ]
        return Tokens(exact, loose, [lanes_of(operation) for operation in operations])

    return numbered(a), numbered(b)


def settled(operation: Operation) -> Operation:
    """The operation with the blocks of its control flow in canonical order, and so equal to what means the same."""
    if not operation.blocks():
        return operation
    detail = with_blocks(operation.detail, lambda block: tuple(map(settled, lexicographic(block))))
    return msgspec.structs.replace(operation, detail=detail)


def lanes_of(operation: Operation) -> tuple[int, ...]:
    """The wires of an operation; what has none shares one lane with its like."""
    return wires(operation) or _WIRELESS


def _kind(operation: Operation) -> tuple[object, ...]:
    detail = type(operation.detail).__name__
    return operation.gate, operation.qubits, operation.bits, operation.modifiers, len(operation.angles), detail


def _without_blocks(operation: Operation) -> Operation:
    return Operation(operation.gate, (), detail=with_blocks(operation.detail, lambda _: ()))


def _similar_blocks(
    old: Sequence[Operation], new: Sequence[Operation], deleted: Iterable[int], inserted: Iterable[int]
) -> Iterator[Pair]:
    """Control flow that came to touch other wires: pairs that have more in common than not."""
    free = [y for y in inserted if new[y].blocks()]
    for x in (x for x in deleted if old[x].blocks()):
        for y in islice((y for y in free if old[x].gate == new[y].gate and _meet(old[x], new[y])), _MOST_TRIED):
            edits = sum(map(length, _inside(old[x], new[y], None)))
            if 2 * edits <= sum(1 for _ in every_operation((old[x], new[y]))):
                free.remove(y)
                yield x, y
                break


def _meet(one: Operation, other: Operation) -> bool:
    return not set(lanes_of(one)).isdisjoint(lanes_of(other))


def _in_reading_order(
    edits: Sequence[Edit], pairs: Sequence[Pair], old: Sequence[Operation], new: Sequence[Operation]
) -> list[Edit]:
    """Edits by their places in the new text; a deletion before what replaces it, else where the old text has it."""
    back = dict(pairs)
    arrivals: dict[Gap, int] = {}
    for y, gaps in _gaps(new, {y: x for x, y in pairs}).items():
        arrivals |= {gap: y for gap in gaps if gap not in arrivals}
    shared = sorted(back)
    places: dict[Edit, tuple[int, int, int]] = {}
    for x, gaps in _gaps(old, {x: x for x in back}).items():
        replaced = {arrivals.get(gap, -1) for gap in gaps}
        before = bisect_left(shared, x)
        alone = len(replaced) > 1 or -1 in replaced
        places[x, None] = (back[shared[before - 1]] if before else -1, 2, x) if alone else (min(replaced), 0, x)
    return sorted(edits, key=lambda edit: places[edit] if edit[1] is None else (edit[1], 1, 0))


def _gaps(operations: Sequence[Operation], known: Mapping[int, int]) -> dict[int, list[Gap]]:
    """For what one text alone has, on each of its lanes, the last operation before it that both have, or -1."""
    last: dict[int, int] = {}
    gaps: dict[int, list[Gap]] = {}
    for place, operation in enumerate(operations):
        if place in known:
            for lane in lanes_of(operation):
                last[lane] = known[place]
        else:
            gaps[place] = [(lane, last.get(lane, -1)) for lane in lanes_of(operation)]
    return gaps


def _placing(operations: Sequence[Operation], wanted: set[int | None]) -> dict[int | None, Placed]:
    heights: dict[int, int] = {}
    placed: dict[int | None, Placed] = {}
    for position, operation in enumerate(operations):
        lanes = lanes_of(operation)
        if position in wanted:
            slots = tuple(heights.get(lane, 0) for lane in lanes)
            placed[position] = Placed(operation, position, slots)
        for lane in lanes:
            heights[lane] = heights.get(lane, 0) + 1
    return placed


def _entry(old: Placed | None, new: Placed | None, terms: Terms | None) -> Entry:
    if old is None or new is None:
        return Entry(old, new)
    return Entry(old, new, _inside(old.operation, new.operation, terms))


def _inside(old: Operation, new: Operation, terms: Terms | None) -> tuple[Script, ...]:
    return tuple(script(a, b, terms) for a, b in zip_longest(old.blocks(), new.blocks(), fillvalue=()))
