"""How far a change of parameters can reach: a bound on what any measurement sees, an estimate, and shots. Pure."""

import msgspec

from qops.circuits.distance import Distance, Unbounded, between
from qops.diff.versions import Version
from qops.stats.bures import fewest_shots

ERROR = 0.05
"""The error probability at which shots are counted."""


class Reach(msgspec.Struct, frozen=True):
    """The distance of two versions, or why there is no bound; `shots` is None where no number tells them apart."""

    distance: Distance | None
    shots: int | None = None
    unbounded: str = ""

    def invisible_at(self, shots: int) -> bool:
        """Whether no test with so many shots can tell the versions apart with error `ERROR` or less."""
        return self.distance is not None and (self.shots is None or shots < self.shots)


def measure(old: Version, new: Version) -> Reach | None:
    """How far two versions of one skeleton are apart, the last binding's values taken; None without their circuits."""
    if old.circuit is None or new.circuit is None:
        return None
    try:
        distance = between(old.circuit, new.circuit, old.values(), new.values())
    except Unbounded as reason:
        return Reach(None, unbounded=str(reason))
    return Reach(distance, fewest_shots(distance.angle, ERROR))
