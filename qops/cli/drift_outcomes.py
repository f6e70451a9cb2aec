"""`qops drift outcomes`: all outcomes at once."""

from typing import Annotated

import typer

from qops.cli import wiring_drift
from qops.model.report import Report

EXAMPLES = ("qops drift outcomes counts.json", "qops drift outcomes counts.json --baseline 50 --run-length 500")


def outcomes(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Epochs with counts of outcomes, .json.")],
    *,
    baseline: Annotated[
        int, typer.Option("--baseline", metavar="N", min=5, help="Epochs before the first comparison.")
    ] = 20,
    run_length: Annotated[
        float, typer.Option("--run-length", metavar="N", min=10, help="Epochs to a false alarm, at least.")
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of the draws.")] = 0,
) -> Report:
    """Say whether all outcomes still come as often as they did.

    Each epoch is compared with all before it, by Hellinger's distance. Exit code 0 in control, 1 drift, 3 too few.
    """
    from qops.drift import outcomes as slice_

    return slice_.run(wiring_drift.drift_ports("qops drift outcomes"), file, baseline, run_length, seed)
