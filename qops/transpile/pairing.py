"""The rows of two matrices side by side, and what can be said of them without statistics."""

from collections.abc import Iterator

import msgspec

from qops.model.matrix import Compiled, Lost, Matrix, Row

Key = tuple[str, str, int]
MISSING = Lost("missing", "no outcome was handed in")


class Pair(msgspec.Struct, frozen=True):
    """A row now, and in the baseline; None where the baseline has no such row."""

    new: Row
    old: Row | None

    @property
    def key(self) -> Key:
        """Circuit, backend and level."""
        return key(self.new)

    @property
    def unchanged(self) -> bool:
        """Whether every seed that was compiled then and now gave the same circuit, and there is one.

        Inside one version of a compiler a seed decides everything; so this is proof, and needs no statistics.
        """
        before = self.old.outcomes if self.old else {}
        pairs = [(before.get(seed), outcome) for seed, outcome in self.new.outcomes.items()]
        digests = [(a.digest, b.digest) for a, b in pairs if isinstance(a, Compiled) and isinstance(b, Compiled)]
        return bool(digests) and all(a == b for a, b in digests)


def key(row: Row) -> Key:
    """What names a row."""
    return row.circuit, row.backend, row.level


def name(of: Key) -> str:
    """A row in words.

    >>> name(("qft", "torino", 2))
    'qft on torino at level 2'
    """
    circuit, backend, level = of
    return f"{circuit} on {backend} at level {level}"


def pairs(old: Matrix, new: Matrix) -> tuple[Pair, ...]:
    """Every row of `new` beside its own of `old`, sorted."""
    before = {key(row): row for row in old.rows}
    return tuple(Pair(row, before.get(key(row))) for row in sorted(new.rows, key=key))


def vanished(old: Matrix, new: Matrix) -> tuple[Key, ...]:
    """The rows of `old` that `new` does not have, sorted."""
    return tuple(sorted({key(row) for row in old.rows} - {key(row) for row in new.rows}))


def lost(pair: Pair, seeds: frozenset[int]) -> Iterator[tuple[int, Lost]]:
    """The seeds that came to nothing now and not in the baseline; missing ones of all that were asked for, too."""
    known = pair.old.lost if pair.old else {}
    for seed in sorted(seeds | pair.new.outcomes.keys()):
        outcome = pair.new.outcomes.get(seed, MISSING)
        if isinstance(outcome, Lost) and seed not in known:
            yield seed, outcome


def seeds(matrix: Matrix) -> frozenset[int]:
    """All seeds that any row has an outcome for."""
    return frozenset(seed for row in matrix.rows for seed in row.outcomes)
