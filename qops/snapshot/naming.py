"""`NAME@REV`, a circuit at a revision, and what is said of a store that moves."""

from qops.model.ports import Ports
from qops.model.report import Cell
from qops.model.snapshot import Snapshot
from qops.recorded import repository


def split(text: str) -> tuple[str, str | None]:
    """The circuit and the revision; None for the lock at hand.

    >>> split("ansatz@v0.1.0")
    ('ansatz', 'v0.1.0')
    """
    name, at, revision = text.partition("@")
    return name, revision if at else None


def snapshot_at(ports: Ports, revision: str | None) -> tuple[Snapshot, str]:
    """The snapshot at a revision, or the one at hand, and how to call it in a sentence."""
    if revision is None:
        return repository.must_have(repository.recorded(ports.tree)), "at hand"
    found = repository.recorded_at(ports.history, ports.history.resolve(revision))
    return repository.must_have(found), f"at {revision}"


def moved(before: Snapshot | None, store: str) -> tuple[tuple[str, Cell], ...]:
    """The fact that the store is not where it was, if it is so."""
    return (("store", f"{before.store} → {store}"),) if before is not None and before.store != store else ()
