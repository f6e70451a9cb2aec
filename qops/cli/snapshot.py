"""`qops snapshot`."""

from typing import Annotated

import typer

from qops.cli import wiring
from qops.cli.options import Names
from qops.model.report import Report

EXAMPLES = ("qops snapshot", 'qops snapshot -m "Deeper ansatz" --tag v0.2.0', "qops snapshot ansatz --dry-run")


def snapshot(
    names: Names = None,
    *,
    message: Annotated[
        str | None, typer.Option("--message", "-m", metavar="MSG", help="Commit what was written, and only that.")
    ] = None,
    tag: Annotated[
        str | None, typer.Option("--tag", metavar="vX.Y.Z", help="Tag the commit; the version must be a later one.")
    ] = None,
    push: Annotated[bool, typer.Option("--push", help="Push the artifacts, the commit and the tag.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")] = False,
) -> Report:
    """Record the circuits as they are now.

    Writes each circuit's canonical text and parameters to the store, and what identifies them to qops.lock.
    With NAMEs, just those circuits; the others stay as they were recorded. An unchanged circuit is not written again.
    The calibrations of the manifest's backends and the compiled circuits of its matrix are recorded too, as they are at
    hand: no device is asked, and nothing is compiled.
    """
    from qops.snapshot import take

    ports = wiring.ports("qops snapshot")
    return take.run(
        ports,
        names or [],
        message=message,
        tag=tag,
        push=push,
        dry_run=dry_run,
        open_shelf=wiring.shelf(ports),
        recorder=wiring.recorder(ports),
    )
