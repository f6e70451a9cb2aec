"""Whether an experiment is sound: what fails here makes it invalid, whatever its outcome."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qops.abtest.pairs import PRIMARY, Pair
from qops.formats import protocol_json
from qops.formats.protocol_json import Protocol
from qops.model.abtest import AbTestEntry
from qops.model.counts import Block, CountedJob
from qops.stats.guards import allocation, independence, order
from qops.stats.guards.guard import Guard


class Checked(NamedTuple):
    """A guard: whether it passed (None where there was too little to look at), its p-value, and a sentence."""

    name: str
    passed: bool | None
    p_value: float | None
    because: str


def check(
    entry: AbTestEntry, blocks: Sequence[Block], found: Sequence[Pair], protocol: Protocol | None
) -> tuple[Checked, ...]:
    """All guards of an experiment; the level of those that look at every variant is shared between them."""
    own = [pair for pair in found if pair.metric == PRIMARY]
    return (
        *_planned(entry, protocol),
        _budget(blocks),
        _shares(entry, blocks),
        *(_order(pair, len(own)) for pair in own),
        *(_independence(pair, len(own)) for pair in own),
    )


def _planned(entry: AbTestEntry, protocol: Protocol | None) -> Iterator[Checked]:
    if protocol is None:
        return
    changes = protocol_json.differences(protocol, entry)
    told = "; ".join(f"`{name}` was {old}, is {new}" for name, old, new in changes)
    yield Checked("plan", not changes, None, told or "asked as it was planned before counting")


def _budget(blocks: Sequence[Block]) -> Checked:
    """Every arm of a block had as many shots, in as many jobs."""
    uneven = [block.number for block in blocks if len({*map(_spent, block.by_arm().values())}) > 1]
    because = f"arms had different shots in block {uneven[0]}" if uneven else "every arm had the same shots and jobs"
    return Checked("matched budget", not uneven, None, because)


def _spent(jobs: Sequence[CountedJob]) -> tuple[int, ...]:
    return tuple(sorted([job.tally.shots for job in jobs]))


def _shares(entry: AbTestEntry, blocks: Sequence[Block]) -> Checked:
    spent: Counter[str] = Counter()
    for block in blocks:
        for job in block.jobs:
            spent[job.arm] += job.tally.shots
    arms = list(entry.arms)
    guard = allocation.check([spent[arm] for arm in arms], [1.0] * len(arms))
    return _checked("sample ratio", guard, "arms have their shares of the shots")


def _order(pair: Pair, number: int) -> Checked:
    both = list(zip(pair.differences, pair.a_first, strict=True))
    sides = [[each for each, first in both if first is before] for before in (True, False)]
    guard = order.check(sides[0], sides[1], order.LEVEL / number)
    return _checked(f"order of {pair.variant}", guard, "it does not matter which arm runs first")


def _independence(pair: Pair, number: int) -> Checked:
    guard = independence.check(pair.differences, level=independence.LEVEL / number)
    return _checked(f"independence of {pair.variant}", guard, "blocks do not depend on those before")


def _checked(name: str, guard: Guard | None, good: str) -> Checked:
    if guard is None:
        return Checked(name, None, None, "too few blocks, or nothing that varies")
    because = good if guard.passed else f"{guard.statistic:.3g} is too great to be luck at {guard.level:g}"
    return Checked(name, guard.passed, guard.p_value, because)
