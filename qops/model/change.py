"""What kind of change lies between two records of a circuit."""

from enum import Enum

from qops.model.snapshot import CircuitRecord


class Change(Enum):
    """Kinds of change, from nothing to everything; a kind includes those before it."""

    NOTHING = "unchanged"
    TEXT = "source text only"
    FRAME = "frame"
    PARAMETERS = "parameters"
    STRUCTURE = "structure"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def rank(self) -> int:
        """How much changed: compare with the rank of FRAME, PARAMETERS or STRUCTURE."""
        return _RANKS[self]


_RANKS = {
    Change.NOTHING: 0,
    Change.TEXT: 1,
    Change.FRAME: 2,
    Change.PARAMETERS: 3,
    Change.STRUCTURE: 4,
    Change.ADDED: 4,
    Change.REMOVED: 4,
}


def between(old: CircuitRecord | None, new: CircuitRecord | None) -> Change:
    """The largest kind of change between two records of one circuit; None is for absent."""
    if old is None or new is None:
        return (
            Change.ADDED if old is None and new is not None else Change.REMOVED if old is not None else Change.NOTHING
        )
    before, after = old.digest, new.digest
    if before.skeleton != after.skeleton:
        return Change.STRUCTURE
    if before.parameters != after.parameters:
        return Change.PARAMETERS
    if before.frame != after.frame or old.tags != new.tags:
        return Change.FRAME
    if (before.bytes, old.parameters_bytes, old.source) != (after.bytes, new.parameters_bytes, new.source):
        return Change.TEXT
    return Change.NOTHING
