"""The pairs of operations that two circuits have in common, in time that grows with their size alone.

Similar circuits go through one sweep. Where that would cost too much, numbers are left out of the comparison (every
angle of a retrained circuit differs); where even that would, the circuits are cut at what they surely have in common,
and the parts are aligned by themselves; and a part with nothing in common is deleted on one side, inserted on the other.
"""

from collections import Counter
from collections.abc import Iterator

from qops.circuits.anchors import anchors
from qops.circuits.sweep import Pair, Sweep, Tokens
from qops.circuits.wire_distance import Budget, TooDifferentError

STEPS_FOR_EACH_OPERATION = 12
FEWEST_STEPS = 20_000
DEEPEST_CUT = 6


def align(a: Tokens, b: Tokens, depth: int = 0) -> list[Pair]:
    """Places in `a` and in `b` of operations that are the same but, perhaps, for their numbers.

    On each wire the pairs rise in both circuits, so that what is left of `a` is deleted and what is left of `b`
    inserted. `a` and `b` are best in canonical order, which matters only where they have to be cut.
    """
    for left, right in ((a, b), (a._replace(exact=a.loose), b._replace(exact=b.loose))):
        budget = max(FEWEST_STEPS, STEPS_FOR_EACH_OPERATION * (len(a.exact) + len(b.exact)))
        if _least_steps(left, right) > budget:
            continue
        try:
            return Sweep(left, right, Budget(budget)).pairs()
        except TooDifferentError:
            continue
    return list(_cut(a, b, depth)) if depth < DEEPEST_CUT else []


def _least_steps(a: Tokens, b: Tokens) -> int:
    """A lower bound of the sweep's cost: on each wire the square of the tokens that have no partner at all."""
    unpaired = Counter(a.exact)
    unpaired.subtract(b.exact)
    surplus: Counter[tuple[int, bool]] = Counter()
    for tokens in (a, b):
        for token, wires in dict(zip(tokens.exact, tokens.wires, strict=True)).items():
            count = unpaired.pop(token, 0)
            for wire in wires:
                surplus[wire, count > 0] += abs(count)
    widest: dict[int, int] = {}
    for (wire, _), count in surplus.items():
        widest[wire] = max(widest.get(wire, 0), count)
    return sum(count * count for count in widest.values())


def _cut(a: Tokens, b: Tokens, depth: int) -> Iterator[Pair]:
    certain = anchors(a.exact, b.exact) or anchors(a.loose, b.loose)
    start_a = start_b = 0
    for x, y in [*certain, (len(a.exact), len(b.exact))] if certain else []:
        if start_a < x and start_b < y:
            part_a, part_b = _part(a, start_a, x), _part(b, start_b, y)
            yield from ((start_a + i, start_b + j) for i, j in align(part_a, part_b, depth + 1))
        if x < len(a.exact):
            yield x, y
        start_a, start_b = x + 1, y + 1


def _part(tokens: Tokens, start: int, end: int) -> Tokens:
    return Tokens(tokens.exact[start:end], tokens.loose[start:end], tokens.wires[start:end])
