"""Builds the ports of what is done about drift."""

from typing import TYPE_CHECKING

from qops import world
from qops.cli import wiring

if TYPE_CHECKING:
    from qops.model.action_ports import ActionPorts


def action_ports(command: str) -> "ActionPorts":
    """The doors of the repository around; `command` is what others read who wait for the lock."""
    from qops.model.action_ports import ActionPorts
    from qops.vault.actions import LocalActions
    from qops.vault.turn import LocalTurns

    base = wiring.ports(command)
    by = f"process {world.process_id()} on {world.host_name()}"
    return ActionPorts(
        tree=base.tree,
        series=base.series(),
        exclusive=base.exclusive,
        turns=LocalTurns(base.tree.root, by),
        runner=LocalActions(base.tree.root),
        by=by,
        now=world.now,
    )
