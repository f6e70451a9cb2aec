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


class _Step(NamedTuple):
    """A possible edit. `loss` is by how much the bound rises; ties go to more wires, then to a change."""

    loss: int
    narrowness: int
    preference: int
    wires: tuple[int, ...]
    by_a: int
    by_b: int


class _Side:
    """One circuit and how far the sweep is in it, wire by wire."""

    def __init__(self, tokens: Tokens, wires: Iterable[int], end: int) -> None:
        self.size = len(tokens.exact)
        self.exact = [*tokens.exact, end]
        self.loose = [*tokens.loose, end]
        self.wires = [*tokens.wires, ()]
        self.lanes: dict[int, list[int]] = {wire: [] for wire in wires}
        for place, touched in enumerate(tokens.wires):
            for wire in touched:
                self.lanes[wire].append(place)
        for lane in self.lanes.values():
            lane.append(self.size)
        self.at = dict.fromkeys(self.lanes, 0)
        self.front = {wire: lane[0] for wire, lane in self.lanes.items()}

    def advance(self, wires: tuple[int, ...]) -> None:
        """Step over the operation that stands first on these wires."""
        for wire in wires:
            self.at[wire] = place = self.at[wire] + 1
            self.front[wire] = self.lanes[wire][place]

    def ready(self, place: int) -> bool:
        """Whether the operation stands first on all its wires."""
        return place < self.size and all(self.front[wire] == place for wire in self.wires[place])

    def rest(self, wire: int) -> tuple[list[int], list[int]]:
        """The exact and the loose tokens from here to the end of a wire."""
        lane = self.lanes[wire][self.at[wire] : -1]
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
        self._left: dict[int, int] = {}
        self._tables: dict[int, tuple[SuffixDistance, int, int]] = {}
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
        a, b = self._a, self._b
        exact_a, exact_b, front_a, front_b = a.exact, b.exact, a.front, b.front
        visited, waiting = set(wires), list(wires)
        while waiting:
            wire = waiting.pop()
            visited.add(wire)
            while exact_a[x := front_a[wire]] == exact_b[y := front_b[wire]]:
                touched = a.wires[x]
                if len(touched) > 1:
                    if not (a.ready(x) and b.ready(y)):
                        break
                    waiting += touched
                a.advance(touched)
                b.advance(touched)
                self._pairs.append((x, y))
        self._moved = sorted(visited)

    def _propose(self) -> None:
        """Renew the possible edits where the sweep has moved; each is kept at the first of its wires."""
        places = set(self._moved)
        for wire in self._moved:
            places.update(self._a.wires[self._a.front[wire]][:1], self._b.wires[self._b.front[wire]][:1])
        for wire in places:
            step = min(self._edits(wire), default=None)
            if step is None:
                self._steps.pop(wire, None)
            else:
                self._steps[wire] = step

    def _edits(self, wire: int) -> Iterable[_Step]:
        x, y = self._a.front[wire], self._b.front[wire]
        first_a, first_b = self._a.wires[x][:1] == (wire,), self._b.wires[y][:1] == (wire,)
        ready_a, ready_b = first_a and self._a.ready(x), first_b and self._b.ready(y)
        if ready_a and ready_b and self._a.loose[x] == self._b.loose[y]:
            yield self._step(0, self._a.wires[x], 1, 1)
        if ready_a:
            yield self._step(1, self._a.wires[x], 1, 0)
        if ready_b:
            yield self._step(2, self._b.wires[y], 0, 1)

    def _step(self, preference: int, wires: tuple[int, ...], by_a: int, by_b: int) -> _Step:
        loss = sum(1 + self._nearer(wire, by_a, by_b) for wire in wires)
        return _Step(loss, -len(wires), preference, wires, by_a, by_b)

    def _nearer(self, wire: int, by_a: int, by_b: int) -> int:
        """By how much the distance to the end of a wire changes over a step: -1, 0 or 1."""
        if wire not in self._tables:
            table = SuffixDistance(self._a.rest(wire), self._b.rest(wire), self._budget)
            self._tables[wire] = (table, self._a.at[wire], self._b.at[wire])
            self._left[wire] = table.between(0, 0)
        table, start_a, start_b = self._tables[wire]
        i, j = self._a.at[wire] - start_a + by_a, self._b.at[wire] - start_b + by_b
        left = self._left[wire]
        return -1 if table.within(left - 1, i, j) else 0 if table.within(left, i, j) else 1

    def _take(self, step: _Step) -> None:
        for wire in step.wires:
            self._left[wire] += self._nearer(wire, step.by_a, step.by_b)
        if step.by_a and step.by_b:
            self._pairs.append((self._a.front[step.wires[0]], self._b.front[step.wires[0]]))
        if step.by_a:
            self._a.advance(step.wires)
        if step.by_b:
            self._b.advance(step.wires)
        self._moved = list(step.wires)
