"""`qops drift simulate`: the alarm, rehearsed."""

from pathlib import Path
from typing import Annotated

import typer

from qops.cli import wiring_drift
from qops.model.report import Report

EXAMPLES = (
    "qops drift simulate t1-rehearsal",
    "qops drift simulate t1-rehearsal --null",
    "qops drift simulate t1-rehearsal --epochs 400 --to epochs.csv",
)


def simulate(
    watch: Annotated[str, typer.Argument(metavar="WATCH", help="A watch whose backend is drifting.")],
    *,
    epochs: Annotated[
        int | None, typer.Option("--epochs", metavar="N", min=21, help="So many; twice the baseline if left out.")
    ] = None,
    every: Annotated[float, typer.Option("--every", metavar="S", min=1, help="Seconds from one to the next.")] = 3600,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of the shots.")] = 0,
    null: Annotated[bool, typer.Option("--null", help="On a device that does not age.")] = False,
    chart: Annotated[str, typer.Option("--chart", metavar="NAME", help="Another than that of the watch.")] = "",
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write the epochs to FILE, as CSV.")] = None,
) -> Report:
    """Rehearse the alarm on a device that ages as you declare.

    Epochs are counted along the path of the backend, and checked. Nothing enters the series of the watch. Exit code
    0 in control, 1 drift, 3 undecided.
    """
    from qops.drift import simulate as slice_

    ports = wiring_drift.drift_ports("qops drift simulate")
    return slice_.run(ports, watch, slice_.Rehearsal(epochs, every, seed, null), chart, to)
