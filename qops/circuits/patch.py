"""Apply an edit script."""

from collections.abc import Sequence

from qops.circuits.edit import Script, Terms, lanes_of, settled
from qops.circuits.order import lexicographic
from qops.circuits.rewriting import rewrite
from qops.model.circuit import Operation


def apply(entries: Script, a: Sequence[Operation], terms: Terms | None = None) -> list[Operation]:
    """What the script makes of `a`, in canonical order.

    Args:
        entries: a script that was made for `a`.
        a: the old operations, in any of their orders.
        terms: says one operation of `a` with the names and wires of the new circuit, where those differ.

    Raises:
        ValueError: where the script was made for another circuit.
    """
    old = list(a)
    gone = _found(entries, old)
    kept = tuple(operation for place, operation in enumerate(old) if place not in gone)
    operations = list(rewrite(kept, terms)) if terms else list(kept)
    lanes = _lanes(operations)
    arrivals: list[tuple[int, int, int]] = []
    for entry in entries:
        if entry.new is not None:
            touched = lanes_of(entry.new.operation)
            arrivals += [(slot, lane, len(operations)) for slot, lane in zip(entry.new.slots, touched, strict=True)]
            operations.append(entry.new.operation)
    for slot, lane, place in sorted(arrivals):
        lanes.setdefault(lane, []).insert(slot, place)
    return lexicographic(_in_line(operations, lanes))


def _lanes(operations: Sequence[Operation]) -> dict[int, list[int]]:
    lanes: dict[int, list[int]] = {}
    for place, operation in enumerate(operations):
        for lane in lanes_of(operation):
            lanes.setdefault(lane, []).append(place)
    return lanes


def _found(entries: Script, operations: Sequence[Operation]) -> set[int]:
    """The places of the operations that the script deletes or changes."""
    lanes = _lanes(operations)
    found = set()
    for entry in entries:
        if entry.old is None:
            continue
        touched = zip(lanes_of(entry.old.operation), entry.old.slots, strict=True)
        places = {lanes.get(lane, [])[slot : slot + 1][0] for lane, slot in touched if slot < len(lanes.get(lane, []))}
        if len(places) != 1 or settled(operations[min(places)]) != settled(entry.old.operation):
            raise ValueError("the script was made for another circuit")
        found |= places
    return found


def _in_line(operations: Sequence[Operation], lanes: dict[int, list[int]]) -> list[Operation]:
    """The operations in an order that all the lanes agree with."""
    ahead = dict.fromkeys(lanes, 0)
    reached = [0] * len(operations)
    waiting = list(lanes)
    ordered = []
    while waiting:
        lane = waiting.pop()
        if ahead[lane] == len(lanes[lane]):
            continue
        place = lanes[lane][ahead[lane]]
        reached[place] += 1
        touched = lanes_of(operations[place])
        if reached[place] == len(touched):
            ordered.append(operations[place])
            for each in touched:
                ahead[each] += 1
            waiting += touched
    if len(ordered) < len(operations):
        raise ValueError("the script was made for another circuit")
    return ordered
