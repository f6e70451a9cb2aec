"""How many edits two sequences are apart, from any place in them to their ends.

One wire of a circuit is a sequence of tokens. The furthest-reaching points on each diagonal after d edits give every
distance at once, in O(ND) time and O(D²) memory [1]_ [2]_: here from the ends backwards, so that a forward sweep can
ask at each of its places how much is left to do.

References:
    [1] E. W. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986).
    [2] E. Ukkonen, Algorithms for Approximate String Matching, Information and Control 64 (1985).
"""

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
    """Edits between suffixes of two sequences of tokens.

    Deleting, inserting and changing a token cost one each. `loose` tokens say what may be changed into what: equal
    loose tokens where the exact ones differ. All tokens are non-negative integers.

    >>> distance = SuffixDistance(([1, 2, 3], [1, 2, 3]), ([1, 3], [1, 3]), Budget(100))
    >>> distance.between(0, 0), distance.between(2, 1), distance.within(0, 1, 1)
    (1, 0, False)
    """

    def __init__(
        self, a: tuple[Sequence[int], Sequence[int]], b: tuple[Sequence[int], Sequence[int]], budget: Budget
    ) -> None:
        self._exact_a, self._loose_a = ([*reversed(tokens), -1] for tokens in a)
        self._exact_b, self._loose_b = ([*reversed(tokens), -2] for tokens in b)
        self._size_a, self._size_b = len(a[0]), len(b[0])
        self._budget = budget
        self._rows = [[self._slide(0, 0)]]

    def between(self, i: int, j: int) -> int:
        """The least number of edits from a[i:] to b[j:]."""
        edits = abs((self._size_a - i) - (self._size_b - j))
        while not self.within(edits, i, j):
            edits += 1
        return edits

    def within(self, edits: int, i: int, j: int) -> bool:
        """Whether a[i:] becomes b[j:] by at most so many edits."""
        left = self._size_a - i
        diagonal = left - (self._size_b - j)
        if edits < abs(diagonal):
            return False
        while len(self._rows) <= edits:
            self._extend()
        return self._rows[edits][diagonal + edits] >= left

    def _slide(self, x: int, y: int) -> int:
        exact_a, exact_b = self._exact_a, self._exact_b
        while exact_a[x] == exact_b[y]:
            x += 1
            y += 1
        return x

    def _extend(self) -> None:
        """Compute the next row: how many tokens of `a`, from its end, each diagonal reaches with one edit more."""
        edits = len(self._rows)
        self._budget.spend(2 * edits + 1)
        previous = [-1, -1, *self._rows[-1], -1, -1]
        loose_a, loose_b = self._loose_a, self._loose_b
        size_a, size_b = self._size_a, self._size_b
        row = [-1] * (2 * edits + 1)
        for diagonal in range(max(-edits, -size_b), min(edits, size_a) + 1):
            place = diagonal + edits
            x = previous[place + 1]
            if x >= 0 and loose_a[x] == loose_b[x - diagonal]:
                x += 1
            x = max(x, previous[place] + 1, previous[place + 2])
            x = min(x, size_a, size_b + diagonal)
            row[place] = self._slide(x, x - diagonal)
        self._rows.append(row)
