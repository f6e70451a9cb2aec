"""Circuits with a few edits, and the same in another order of their independent operations; seeded."""

import math
import random
from collections import defaultdict, deque
from collections.abc import Sequence

import msgspec

from qops.circuits.order import wires
from qops.model.circuit import Operation


def edited(operations: Sequence[Operation], edits: int, chance: random.Random) -> list[Operation]:
    """The operations with so many of them deleted, doubled elsewhere, or turned by another angle."""
    made = list(operations)
    for place in sorted(chance.sample(range(len(made)), edits), reverse=True):
        old = made[place]
        match chance.choice(("delete", "insert", "turn")):
            case "turn" if old.angles and isinstance(old.angles[0], float):
                angles = (chance.uniform(-math.pi, math.pi), *old.angles[1:])
                made[place] = msgspec.structs.replace(old, angles=angles)
            case "delete":
                del made[place]
            case _:
                made.insert(place, chance.choice(operations))
    return made


def reordered(operations: Sequence[Operation], chance: random.Random) -> list[Operation]:
    """The same circuit: again and again any of the operations that stand first on all their wires."""
    lanes: defaultdict[int, deque[int]] = defaultdict(deque)
    for place, operation in enumerate(operations):
        for wire in wires(operation):
            lanes[wire].append(place)
    waiting = [len(wires(operation)) for operation in operations]
    free = [place for place, count in enumerate(waiting) if not count]
    for lane in lanes.values():
        waiting[lane[0]] -= 1
        if not waiting[lane[0]]:
            free.append(lane[0])
    made = []
    while free:
        at = chance.randrange(len(free))
        free[at], free[-1] = free[-1], free[at]
        place = free.pop()
        made.append(operations[place])
        for wire in wires(operations[place]):
            lane = lanes[wire]
            lane.popleft()
            if lane:
                waiting[lane[0]] -= 1
                if not waiting[lane[0]]:
                    free.append(lane[0])
    return made
