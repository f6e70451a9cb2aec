"""How many edits two sequences are apart, from any place in them to their ends.

One wire of a circuit is a sequence of tokens. The furthest-reaching points on each diagonal after d edits give every
distance at once [1]_ [2]_: here from the ends backwards, so that a forward sweep can ask at each of its places how much
is left to do. Rows are ordered by the edits made plus those that the difference in length still forces [3]_, so that a
long insertion alone costs little: with S forced edits and P others, O(N + (S + P) P) time and O((S + P) P) memory.

References:
    [1] E. W. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986).
    [2] E. Ukkonen, Algorithms for Approximate String Matching, Information and Control 64 (1985).
    [3] S. Wu, U. Manber, G. Myers and W. Miller, An O(NP) Sequence Comparison Algorithm, Inf. Proc. Lett. 35 (1990).
"""

from array import array
from collections.abc import Sequence


class TooDifferentError(Exception):
    """The sequences are further apart than the budget allows to find out."""


class Budget:
    """How many more diagonals may be visited."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def spend(self, steps: int) -> None:
        """Take `steps` off; `TooDifferentError` where there are not so many left."""
        self._left -= steps
        if self._left < 0:
            raise TooDifferentError


class SuffixDistance:
    """Edits between the ends of two sequences of tokens.

    Deleting, inserting and changing a token cost one each. `loose` tokens say what may be changed into what: equal
    loose tokens where the exact ones differ. All tokens are non-negative integers, given from the last to the first.

    >>> distance = SuffixDistance(([3, 2, 1], [3, 2, 1]), ([3, 1], [3, 1]), Budget(100))
    >>> distance.between(3, 2), distance.between(1, 1), distance.within(0, 2, 1)
    (1, 0, False)
    """

    def __init__(
        self, a: tuple[Sequence[int], Sequence[int]], b: tuple[Sequence[int], Sequence[int]], budget: Budget
    ) -> None:
        self._exact_a, self._loose_a = ([*tokens, -1] for tokens in a)
        self._exact_b, self._loose_b = ([*tokens, -2] for tokens in b)
        self._size_a, self._size_b = len(a[0]), len(b[0])
        self._goal = self._size_a - self._size_b
        self._budget = budget
        self._rows: list[array[int]] = []

    def between(self, left_a: int, left_b: int) -> int:
        """The least number of edits from the last `left_a` tokens of `a` to the last `left_b` of `b`."""
        edits = abs(left_a - left_b)
        while not self.within(edits, left_a, left_b):
            edits += 1
        return edits

    def within(self, edits: int, left_a: int, left_b: int) -> bool:
        """Whether so many edits suffice."""
        diagonal = left_a - left_b
        if edits < abs(diagonal):
            return False
        row = edits + abs(self._goal - diagonal) - abs(self._goal)
        while len(self._rows) <= row:
            self._extend()
        return self._rows[row][diagonal - self._lowest(row)] >= left_a

    def _lowest(self, row: int) -> int:
        return min(0, self._goal) - row // 2

    def _extend(self) -> None:
        """Compute the next row: how many tokens of `a`, from its end, each diagonal reaches.

        A step towards the goal's diagonal stays in the row, one away from it comes from the last row but one, and a
        change from the last.
        """
        number = len(self._rows)
        lowest, width = self._lowest(number), abs(self._goal) + 2 * (number // 2) + 1
        self._budget.spend(width)
        margin = [-1] * (lowest != self._lowest(number - 1))
        changed = [*margin, *self._rows[-1], *margin] if number else [-1] * width
        away = self._rows[-2] if number > 1 else array("l", [-1] * width)
        row = array("l", [-1] * (width + 1))
        goal = self._goal - lowest
        first, last = max(0, -self._size_b - lowest), min(width - 1, self._size_a - lowest)
        for place in range(first, goal):
            row[place] = self._reach(place + lowest, changed[place], max(row[place - 1] + 1, away[place]))
        for place in range(last, goal, -1):
            row[place] = self._reach(place + lowest, changed[place], max(away[place - 2] + 1, row[place + 1]))
        row[goal] = self._reach(self._goal, changed[goal], max(row[goal - 1] + 1, row[goal + 1]))
        self._rows.append(row)

    def _reach(self, diagonal: int, changed: int, x: int) -> int:
        if changed >= 0 and self._loose_a[changed] == self._loose_b[changed - diagonal]:
            changed += 1
        x = min(max(x, changed, diagonal, 0), self._size_a, self._size_b + diagonal)
        y = x - diagonal
        exact_a, exact_b = self._exact_a, self._exact_b
        while exact_a[x] == exact_b[y]:
            x += 1
            y += 1
        return x
