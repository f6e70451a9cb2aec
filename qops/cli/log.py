"""`qops log`."""

from typing import Annotated

import typer

from qops.cli import wiring
from qops.cli.options import Name
from qops.model.report import Report

EXAMPLES = ("qops log", "qops log ansatz -n 5")


def log(
    name: Name = None,
    *,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most N snapshots.")] = 20,
) -> Report:
    """List the snapshots, the newest first, with what changed.

    With NAME, those that changed that circuit.
    """
    from qops.snapshot import log as history

    return history.run(wiring.ports("qops log"), name=name, limit=limit)
