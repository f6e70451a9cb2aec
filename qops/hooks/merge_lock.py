"""A three-way merge of `qops.lock`, circuit by circuit."""

import msgspec

from qops.errors import InputError
from qops.formats import lock
from qops.hooks.three_way import Merged, combine
from qops.model.snapshot import CalibrationRecord, CircuitRecord, Environment, Snapshot

_CIRCUITS = b"\ncircuits:\n"


def merge(ours: bytes, base: bytes, theirs: bytes, file: str, marker: int = 7) -> Merged:
    """The lock of both sides: what each recorded of the circuits that it changed.

    A circuit that both recorded anew, and not the same, is left in conflict: one block between two, whole. Where both
    took snapshots, the environment is ours, marked as dirty, because no single one saw what is recorded now.

    Args:
        ours: the lock on the branch that is merged into.
        base: the lock on the common ancestor; empty where there was none.
        theirs: the lock on the branch that is merged.
        file: what to call it in errors.
        marker: the length of conflict markers.

    Raises:
        InputError: a side cannot be read, or the two name different stores.
    """
    mine, other = lock.read(ours, file), lock.read(theirs, file)
    old = lock.read(base, file) if base else Snapshot({}, mine.environment, mine.store)
    stores, undecided = combine({"": mine.store}, {"": old.store}, {"": other.store})
    if undecided:
        raise InputError(f"the two sides keep artifacts in different stores, {mine.store} and {other.store}")
    environment = _environment(mine.environment, old.environment if base else None, other.environment)
    circuits, conflicts = combine(mine.circuits, old.circuits, other.circuits)
    frame = Snapshot({}, environment, stores[""], _calibrations(mine, old, other), _compiled(mine, old, other))
    if not conflicts:
        return Merged(lock.write(msgspec.structs.replace(frame, circuits=circuits)), clean=True)
    blocks = {name: _block(record) for name, record in circuits.items()}
    blocks |= {name: _conflict(mine.circuits.get(name), other.circuits.get(name), marker) for name in conflicts}
    text = lock.write(frame) + b"".join(blocks[name] for name in sorted(blocks))
    return Merged(text, clean=False, note=f"both sides recorded {', '.join(sorted(conflicts))}")


def _calibrations(mine: Snapshot, old: Snapshot, other: Snapshot) -> dict[str, CalibrationRecord]:
    """The calibrations of both sides; of a backend that both measured anew, ours, until the next snapshot."""
    merged, undecided = combine(mine.calibrations, old.calibrations, other.calibrations)
    return merged | {name: mine.calibrations[name] for name in undecided if name in mine.calibrations}


def _compiled(mine: Snapshot, old: Snapshot, other: Snapshot) -> dict[str, str]:
    """The compiled circuits of both sides; of one that both compiled anew, ours, until the next snapshot."""
    merged, undecided = combine(mine.compiled, old.compiled, other.compiled)
    return merged | {path: mine.compiled[path] for path in undecided if path in mine.compiled}


def _environment(ours: Environment, base: Environment | None, theirs: Environment) -> Environment:
    if theirs in (ours, base):
        return ours
    return theirs if ours == base else msgspec.structs.replace(ours, dirty=True)


def _conflict(ours: CircuitRecord | None, theirs: CircuitRecord | None, marker: int) -> bytes:
    first, middle, last = (sign * marker for sign in "<=>")
    parts = (f"{first} ours\n".encode(), _block(ours), f"{middle}\n".encode(), _block(theirs))
    return b"".join((*parts, f"{last} theirs\n".encode()))


def _block(record: CircuitRecord | None) -> bytes:
    """The lines of one circuit, as they stand in a lock."""
    if record is None:
        return b""
    alone = lock.write(Snapshot({record.name: record}, Environment({}, "", "", dirty=False), ""))
    return alone.partition(_CIRCUITS)[2]
