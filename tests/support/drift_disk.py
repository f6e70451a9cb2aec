"""A watch on the disk, and an action that leaves a line each time it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qops import world
from qops.drift.fire import Acted, act
from qops.drift.ledger import Ledger
from qops.model.action_ports import ActionPorts
from qops.model.incident import Incident
from qops.model.response import Response
from qops.vault.actions import LocalActions
from qops.vault.dvc_store import DvcStore
from qops.vault.lock import Patience, RepositoryLock
from qops.vault.series import LocalSeries
from qops.vault.turn import LocalTurns
from qops.vault.worktree import LocalTree
from support.drift_actions import alarm, standing

RESPONSE = Response(on_drift=(("sh", "-c", "echo $QOPS_DRIFT_INCIDENT >>ran"),), cooldown_s=0.0, retries=5)


def ports(root: Path) -> ActionPorts:
    lock = RepositoryLock(root, "a test", Patience(wait_s=60.0))

    @contextmanager
    def exclusive() -> Iterator[None]:
        with lock:
            yield

    by = f"process {world.process_id()} on here"
    series = LocalSeries(root, DvcStore(root, "series", lock), lock)
    return ActionPorts(LocalTree(root), series, exclusive, LocalTurns(root, by), LocalActions(root), by, world.now)


def act_in(root: Path) -> Acted:
    return act(ports(root), "ghz", RESPONSE, standing(alarm()))


def ran(root: Path) -> list[str]:
    """What the action left, once for each time it ran."""
    place = root / "ran"
    return place.read_text().splitlines() if place.exists() else []


def incidents(root: Path) -> dict[str, Incident]:
    return Ledger(ports(root).series, "ghz").read()
