"""`qops status`."""

from typing import Annotated

import typer

from qops.cli import wiring
from qops.model.report import Report

EXAMPLES = ("qops status", "qops status --quiet || qops snapshot", "qops status --no-run")


def status(
    *,
    run: Annotated[
        bool, typer.Option("--run/--no-run", help="Run Python sources; without, they are not examined.")
    ] = True,
) -> Report:
    """Say which circuits differ from the last snapshot.

    Exits with 1 if one does, so that a hook can ask.
    """
    from qops.snapshot import status as comparison

    return comparison.run(wiring.ports("qops status"), run_python=run)
