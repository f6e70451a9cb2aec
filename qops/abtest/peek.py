"""When a run that may be looked at has seen enough."""

from collections.abc import Callable, Sequence

from qops.abtest.decide import decide
from qops.abtest.looking import method
from qops.abtest.pairs import pairs
from qops.formats.protocol_json import Protocol
from qops.model.abtest import AbTestEntry
from qops.model.counts import Block
from qops.model.verdict import Outcome


def enough(entry: AbTestEntry, protocol: Protocol) -> Callable[[Sequence[Block]], bool]:
    """What says, after any block, whether every question is decided; at least two blocks have to be there."""
    rule = method(entry, protocol.unit)

    def decided(blocks: Sequence[Block]) -> bool:
        good = [block for block in blocks if len(block.calibrations) == 1]
        if len(good) < 2:
            return False
        found = decide(entry, pairs(entry, good), rule)
        return all(decision.outcome is not Outcome.INCONCLUSIVE for decision in found)

    return decided
