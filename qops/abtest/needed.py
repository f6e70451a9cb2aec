"""How small a difference these blocks could find, and how many blocks what was seen would take."""

import math

from qops.abtest.decide import Decision
from qops.abtest.pairs import Pair
from qops.model.abtest import AbTestEntry
from qops.model.verdict import Outcome
from qops.stats.blocks.planning import Design, blocks_needed, detectable


def design(entry: AbTestEntry, pair: Pair) -> Design:
    """The design whose blocks differ as they were seen to."""
    sides = 2 if pair.goal == "different" else 1
    return Design(0.0, 0.0, pair.deviation / math.sqrt(2), 1, entry.alpha, sides)


def least(entry: AbTestEntry, pair: Pair) -> float:
    """The least difference, from what the goal asks for, that so many such blocks find with the planned power."""
    return detectable(design(entry, pair), len(pair.first), entry.power)


def distance(pair: Pair) -> float:
    """How far what was seen lies beyond what the goal asks for; below 0 on the wrong side."""
    effect = pair.effect
    match pair.goal:
        case "different":
            return abs(effect)
        case "superior":
            return effect - pair.margin
        case "non-inferior":
            return effect + pair.margin
        case _:
            return pair.margin - abs(effect)


def blocks(entry: AbTestEntry, decision: Decision) -> int | None:
    """The blocks that reach the goal if the difference is as it was seen; None where none do, or nothing is open."""
    pair = decision.pair
    beyond = distance(pair)
    if decision.outcome is not Outcome.INCONCLUSIVE or pair.constant or beyond <= 0:
        return None
    return blocks_needed(design(entry, pair), beyond, entry.power)
