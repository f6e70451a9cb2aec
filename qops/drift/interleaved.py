"""In which order the circuits of one backend are run: diagnostics between the others. Pure."""

import math
from collections.abc import Sequence

from qops.model.drift import DriftEntry

Slice = tuple[DriftEntry, int]
"""A watch, and how many of its shots are run at this place."""


def interleaved(watches: Sequence[DriftEntry]) -> list[Slice]:
    """Every watch in the order given; one that has `every: r` before each r of those that have not, its shots divided.

    So a diagnostic is asked all along the time that the others take, and its epoch is of the same device as theirs.
    """
    others = [each for each in watches if not each.every]
    found: list[Slice] = []
    for place in range(max(1, len(others))):
        due = (each for each in watches if each.every and place % each.every == 0)
        found += [(each, shots) for each in due if (shots := _share(each, place, len(others)))]
        found += [(other, other.shots) for other in others[place : place + 1]]
    return found


def _share(entry: DriftEntry, place: int, others: int) -> int:
    """The shots of one of its places; the first ones have one more where they do not divide."""
    places = max(1, math.ceil(others / entry.every))
    whole, more = divmod(entry.shots, places)
    return whole + (place // entry.every < more)
