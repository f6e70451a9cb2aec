"""`qops show`."""

from typing import Annotated

import typer

from qops.cli import wiring
from qops.model.report import Report

EXAMPLES = ("qops show", "qops show ansatz", "qops show ansatz@v0.1.0")


def show(
    circuit: Annotated[
        str | None, typer.Argument(metavar="NAME[@REV]", help="A circuit, as it was at a revision.")
    ] = None,
) -> Report:
    """Show what a snapshot recorded: sizes, digests, parameters.

    Without NAME, all circuits in brief, and the environment of the snapshot.
    """
    from qops.snapshot import show as display

    return display.run(wiring.ports("qops show"), circuit)
