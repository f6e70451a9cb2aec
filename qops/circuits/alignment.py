"""The pairs of operations that two circuits have in common, in time that grows with their size alone.

Similar circuits go through one sweep. Where that would cost too much, numbers are left out of the comparison (every
angle of a retrained circuit differs). Where even that would, the circuits are cut into parts at what they surely have
in common, and the parts are aligned by themselves.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from qops.circuits.anchors import anchors
from qops.circuits.sweep import Pair, Sweep, Tokens, by_kind
from qops.circuits.wire_distance import Budget, TooDifferentError

STEPS_FOR_EACH_OPERATION = 5
FEWEST_STEPS = 10_000
FEWEST_OPERATIONS = 200
PARTS = 8


def align(a: Tokens, b: Tokens) -> list[Pair]:
    """Places in `a` and in `b` of operations that are the same but, perhaps, for their numbers.

    On each wire the pairs rise in both circuits: what is left of `a` is deleted, what is left of `b` inserted. The
    circuits are best given in canonical order, which matters only where they have to be cut.
    """
    size = len(a.exact) + len(b.exact)
    steps = max(FEWEST_STEPS, STEPS_FOR_EACH_OPERATION * size)
    for left, right in ((a, b), (by_kind(a), by_kind(b))):
        if size < FEWEST_OPERATIONS or _least_steps(left, right) <= steps:
            try:
                return Sweep(left, right, Budget(steps)).pairs()
            except TooDifferentError:
                continue
    return list(_in_parts(a, b))


def _least_steps(a: Tokens, b: Tokens) -> int:
    """A lower bound of the sweep's cost: on each wire the tokens without a partner on one side times on the other."""
    unpaired = Counter(a.exact)
    unpaired.subtract(b.exact)
    wires = dict(zip(a.exact, a.wires, strict=True)) | dict(zip(b.exact, b.wires, strict=True))
    surplus: Counter[int] = Counter()
    missing: Counter[int] = Counter()
    for token, count in unpaired.items():
        for wire in wires[token] if count else ():
            if count > 0:
                surplus[wire] += count
            else:
                missing[wire] -= count
    return sum(count * missing[wire] for wire, count in surplus.items())


def _in_parts(a: Tokens, b: Tokens) -> Iterator[Pair]:
    """Align part by part; the end of a part that found no partner is carried over into the next."""
    carried_a: list[int] = []
    carried_b: list[int] = []
    for (start_a, start_b), (end_a, end_b) in pairwise(_cuts(a, b)):
        places_a = [*carried_a, *range(start_a, end_a)]
        places_b = [*carried_b, *range(start_b, end_b)]
        pairs = [(places_a[i], places_b[j]) for i, j in align(_chosen(a, places_a), _chosen(b, places_b))]
        yield from pairs
        carried_a = _unpaired_end(a, places_a, {i for i, _ in pairs})[-len(a.exact) // PARTS :]
        carried_b = _unpaired_end(b, places_b, {j for _, j in pairs})[-len(b.exact) // PARTS :]


def _cuts(a: Tokens, b: Tokens) -> list[Pair]:
    """Where the parts begin and end: at anchors if those are spread well enough, else at equal shares."""
    size_a, size_b = len(a.exact), len(b.exact)
    shares = [(size_a * part // PARTS, size_b * part // PARTS) for part in range(1, PARTS)]
    certain = anchors(a.exact, b.exact) or anchors(a.loose, b.loose)
    nearest = sorted({min(certain, key=lambda cut: abs(sum(cut) - sum(share))) for share in shares if certain})
    ends = [(0, 0), *nearest, (size_a, size_b)]
    if max(sum(end) - sum(start) for start, end in pairwise(ends)) * 2 < size_a + size_b:
        return ends
    return [(0, 0), *shares, (size_a, size_b)]


def _chosen(tokens: Tokens, places: Sequence[int]) -> Tokens:
    return Tokens(
        [tokens.exact[place] for place in places],
        [tokens.loose[place] for place in places],
        [tokens.wires[place] for place in places],
    )


def _unpaired_end(tokens: Tokens, places: Sequence[int], paired: set[int]) -> list[int]:
    """The places without a partner that no operation with a partner follows on any wire."""
    closed: set[int] = set()
    free = []
    for place in reversed(places):
        if place in paired:
            closed.update(tokens.wires[place])
        elif closed.isdisjoint(tokens.wires[place]):
            free.append(place)
    return free[::-1]
