"""`qops drift calibrate`: what the chart of a watch keeps of its promise."""

from typing import Annotated

import typer

from qops.cli import wiring_drift
from qops.model.report import Report

EXAMPLES = ("qops drift calibrate bell-success", "qops drift calibrate bell-success --chart cusum")


def calibrate(
    watch: Annotated[str, typer.Argument(metavar="WATCH", help="A watch that has a baseline.")],
    *,
    chart: Annotated[
        str, typer.Option("--chart", metavar="NAME", help="Another chart than that of the watch.", show_default=False)
    ] = "",
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of the simulation.")] = 0,
) -> Report:
    """Tell a chart's run length, and how soon it sees a change.

    By simulation around the baseline, with the shots of the series. Exit code 1 where false alarms are more frequent
    than stated.
    """
    from qops.drift import calibrate as slice_

    return slice_.run(wiring_drift.drift_ports("qops drift calibrate"), watch, chart, seed)
