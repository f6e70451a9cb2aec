"""Two circuits as one graph: what they have in common once, what only one of them has beside it."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from qops.circuits.edit import Script, lanes_of
from qops.model.circuit import Operation


class Step(msgspec.Struct, frozen=True):
    """An operation of the old circuit, of the new one, or, where both are given, of both.

    `old` and `new` are places in canonical order. An `edited` step is a deletion, an insertion or a change.
    """

    old: int | None
    new: int | None
    edited: bool


class Merged:
    """The steps of two circuits, with both circuits' orders on every wire.

    `waiting` counts for each step those directly before it, `followers` lists those directly after it; a step may be
    listed more than once. Barriers and global phases do nothing, and are left out.
    """

    def __init__(
        self,
        script: Script,
        old: Sequence[Operation],
        new: Sequence[Operation],
        altered: AbstractSet[str] = frozenset(),
    ) -> None:
        """Merge operations in canonical order.

        Args:
            script: leads from `old` to `new`.
            old: the old operations.
            new: the new operations, in the old circuit's terms.
            altered: gates of users whose bodies changed, so that their calls are edits.
        """
        self.steps: list[Step] = []
        self.waiting: list[int] = []
        self.followers: list[list[int]] = []
        changed = {e.old.position: e.new.position for e in script if e.old is not None and e.new is not None}
        gone = {e.old.position for e in script if e.old is not None}
        come = {e.new.position for e in script if e.new is not None}
        partner = {y: x for x, y in changed.items()} | dict(_in_common(old, new, gone, come))
        self._old(old, gone, altered, {x: y for y, x in partner.items()})
        self._new(new, partner)

    def _old(
        self,
        operations: Sequence[Operation],
        gone: AbstractSet[int],
        altered: AbstractSet[str],
        partner: dict[int, int],
    ) -> None:
        lanes: list[tuple[int, tuple[int, ...]]] = []
        self._number: dict[int, int] = {}
        for place, operation in enumerate(operations):
            if _acts(operation):
                self._number[place] = len(self.steps)
                lanes.append((len(self.steps), lanes_of(operation)))
                self._add(Step(place, partner.get(place), place in gone or operation.gate in altered))
        self._link(lanes)

    def _new(self, operations: Sequence[Operation], partner: dict[int, int]) -> None:
        lanes: list[tuple[int, tuple[int, ...]]] = []
        for place, operation in enumerate(operations):
            if not _acts(operation):
                continue
            if place in partner:
                lanes.append((self._number[partner[place]], lanes_of(operation)))
            else:
                lanes.append((len(self.steps), lanes_of(operation)))
                self._add(Step(None, place, edited=True))
        self._link(lanes)

    def _add(self, step: Step) -> None:
        self.steps.append(step)
        self.waiting.append(0)
        self.followers.append([])

    def _link(self, lanes: Iterable[tuple[int, tuple[int, ...]]]) -> None:
        last: dict[int, int] = {}
        waiting, followers = self.waiting, self.followers
        for number, touched in lanes:
            for wire in touched:
                before = last.get(wire)
                if before is not None:
                    followers[before].append(number)
                    waiting[number] += 1
                last[wire] = number


def _acts(operation: Operation) -> bool:
    return operation.gate != "barrier" and (operation.gate != "gphase" or bool(operation.qubits))


def _in_common(
    old: Sequence[Operation], new: Sequence[Operation], gone: AbstractSet[int], come: AbstractSet[int]
) -> Iterator[tuple[int, int]]:
    """New and old places of the operations that no edit touches: on every wire they follow one another alike."""
    places: dict[int, list[int]] = {}
    for x, operation in enumerate(old):
        if x not in gone:
            places.setdefault(lanes_of(operation)[0], []).append(x)
    ahead = {lane: iter(found) for lane, found in places.items()}
    for y, operation in enumerate(new):
        if y not in come:
            yield y, next(ahead[lanes_of(operation)[0]])
