"""Which operations of two circuits are the same one: few edits, whatever order the independent operations stand in.

A circuit modulo the order of operations without a common wire is one sequence a wire. A sweep runs through both
circuits from their beginnings and pairs equal operations for as long as they stand first on all their wires, which is
always right. Where it is stuck it deletes, inserts or changes one operation: one that brings each of its wires a step
nearer to its end (`wire_distance`). The sum of the wires' distances is a lower bound that no edit can lower by more
than its number of wires, as in A* [1]_; while every step lowers it by just that, the script is as short as can be.

References:
    [1] P. E. Hart, N. J. Nilsson and B. Raphael, A Formal Basis for the Heuristic Determination of Minimum Cost Paths,
        IEEE Transactions on Systems Science and Cybernetics 4 (1968).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qops.circuits.wire_distance import Budget, SuffixDistance

Pair = tuple[int, int]


class Tokens(NamedTuple):
    """A circuit's operations as integers, in any of its orders.

    Equal `exact` tokens: the same operation. Equal `loose` tokens: the same but for its numbers. Equal tokens imply
    equal `wires`, and every operation has at least one wire.
    """

    exact: Sequence[int]
    loose: Sequence[int]
    wires: Sequence[tuple[int, ...]]


def by_kind(tokens: Tokens) -> Tokens:
    """The operations without their numbers."""
    return tokens._replace(exact=tokens.loose)


class _Step(NamedTuple):
    """A possible edit. `loss` is by how much the bound rises; ties go to more wires, then to a change."""

    loss: int
    narrowness: int
    preference: int
    wires: tuple[int, ...]
    by_a: int
    by_b: int


class _Side:
    """One circuit and what is left of it: for each wire its operations, the next one last, an end mark below."""

    def __init__(self, tokens: Tokens, wires: Iterable[int], end: int) -> None:
        self.size = len(tokens.exact)
        self.exact = [*tokens.exact, end]
        self.loose = [*tokens.loose, end]
        self.wires = [*tokens.wires, ()]
        self.lanes: dict[int, list[int]] = {wire: [self.size] for wire in wires}
        for place in range(self.size - 1, -1, -1):
            for wire in tokens.wires[place]:
                self.lanes[wire].append(place)

    def advance(self, wires: tuple[int, ...]) -> None:
        """Step over the operation that stands first on these wires."""
        for wire in wires:
            self.lanes[wire].pop()

    def ready(self, place: int) -> bool:
        """Whether the operation stands first on all its wires."""
        for wire in self.wires[place]:
            if self.lanes[wire][-1] != place:
                return False
        return place < self.size

    def left(self, wire: int) -> int:
        """How many operations are left on a wire."""
        return len(self.lanes[wire]) - 1

    def rest(self, wire: int) -> tuple[list[int], list[int]]:
        """The exact and the loose tokens that are left on a wire, from its end."""
        lane = self.lanes[wire][1:]
        return [self.exact[place] for place in lane], [self.loose[place] for place in lane]


class Sweep:
    """One run through two circuits.

    >>> h, cx = Tokens([1], [1], [(0,)]), Tokens([1, 2], [1, 2], [(0,), (0, 1)])
    >>> Sweep(h, cx, Budget(100)).pairs()
    [(0, 0)]
    """

    def __init__(self, a: Tokens, b: Tokens, budget: Budget) -> None:
        wires = sorted({wire for tokens in (a, b) for touched in set(tokens.wires) for wire in touched})
        self._a = _Side(a, wires, -1)
        self._b = _Side(b, wires, -2)
        self._budget = budget
        self._pairs: list[Pair] = []
        self._edits_left: dict[int, int] = {}
        self._tables: dict[int, SuffixDistance] = {}
        self._steps: dict[int, _Step] = {}
        self._moved = wires

    def pairs(self) -> list[Pair]:
        """The places in `a` and in `b` of operations that are the same or changed.

        Raises:
            TooDifferentError: where the budget does not suffice.
        """
        while True:
            self._pair_equals(self._moved)
            self._propose()
            if not self._steps:
                return self._pairs
            self._take(min(self._steps.values()))

    def _pair_equals(self, wires: Iterable[int]) -> None:
        """Pair what is equal and stands first on all its wires, until nothing is."""
        a, b, pairs = self._a, self._b, self._pairs
        exact_a, exact_b = a.exact, b.exact
        visited, waiting = set(wires), list(wires)
        while waiting:
            wire = waiting.pop()
            visited.add(wire)
            lane_a, lane_b = a.lanes[wire], b.lanes[wire]
            while exact_a[x := lane_a[-1]] == exact_b[y := lane_b[-1]]:
                touched = a.wires[x]
                if len(touched) == 1:
                    lane_a.pop()
                    lane_b.pop()
                elif a.ready(x) and b.ready(y):
                    a.advance(touched)
                    b.advance(touched)
                    waiting += touched
                else:
                    break
                pairs.append((x, y))
        self._moved = sorted(visited)

    def _propose(self) -> None:
        """Renew the possible edits where the sweep has moved; each is kept at the first of its wires."""
        places = set(self._moved)
        for wire in self._moved:
            for side in (self._a, self._b):
                places.update(side.wires[side.lanes[wire][-1]][:1])
        for wire in places:
            step = min(self._edits(wire), default=None)
            if step is None:
                self._steps.pop(wire, None)
            else:
                self._steps[wire] = step

    def _edits(self, wire: int) -> Iterable[_Step]:
        x, y = self._a.lanes[wire][-1], self._b.lanes[wire][-1]
        wires_a, wires_b = self._a.wires[x], self._b.wires[y]
        ready_a = wires_a[:1] == (wire,) and self._a.ready(x)
        ready_b = wires_b[:1] == (wire,) and self._b.ready(y)
        if ready_a and ready_b and self._a.loose[x] == self._b.loose[y]:
            yield self._step(0, wires_a, 1, 1)
        if ready_a:
            yield self._step(1, wires_a, 1, 0)
        if ready_b:
            yield self._step(2, wires_b, 0, 1)

    def _step(self, preference: int, wires: tuple[int, ...], by_a: int, by_b: int) -> _Step:
        loss = sum(1 + self._nearer(wire, by_a, by_b) for wire in wires)
        return _Step(loss, -len(wires), preference, wires, by_a, by_b)

    def _nearer(self, wire: int, by_a: int, by_b: int) -> int:
        """By how much the distance to the end of a wire changes over a step: -1, 0 or 1."""
        left_a, left_b = self._a.left(wire), self._b.left(wire)
        if wire not in self._tables:
            self._tables[wire] = SuffixDistance(self._a.rest(wire), self._b.rest(wire), self._budget)
            self._edits_left[wire] = self._tables[wire].between(left_a, left_b)
        table, edits = self._tables[wire], self._edits_left[wire]
        left_a, left_b = left_a - by_a, left_b - by_b
        return -1 if table.within(edits - 1, left_a, left_b) else 0 if table.within(edits, left_a, left_b) else 1

    def _take(self, step: _Step) -> None:
        for wire in step.wires:
            self._edits_left[wire] += self._nearer(wire, step.by_a, step.by_b)
        if step.by_a and step.by_b:
            self._pairs.append((self._a.lanes[step.wires[0]][-1], self._b.lanes[step.wires[0]][-1]))
        if step.by_a:
            self._a.advance(step.wires)
        if step.by_b:
            self._b.advance(step.wires)
        self._moved = list(step.wires)
