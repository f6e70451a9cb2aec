"""`qops drift`: record, run, baseline, check."""

from typing import Annotated

import typer

from qops.cli import wiring_drift
from qops.errors import InputError
from qops.model.report import Report

RECORD_EXAMPLES = (
    "qops drift record bell-success epochs.csv",
    "qops drift record bell-success counts.json --save",
    "qops drift record bell-success result.json --at 2026-01-31T12:00:00Z",
)
RUN_EXAMPLES = ("qops drift run", "qops drift run bell-success")
BASELINE_EXAMPLES = (
    "qops drift baseline bell-success",
    "qops drift baseline bell-success --since 2026-02-01T00:00:00Z",
)
CHECK_EXAMPLES = (
    "qops drift check",
    "qops drift check --fleet",
    "qops drift check bell-success --format html --output drift.html",
)

Watch = Annotated[str, typer.Argument(metavar="WATCH", help="A watch of the manifest's drift.")]
Watches = Annotated[list[str] | None, typer.Argument(metavar="[WATCH]...", help="Which watches; all if left out.")]
Save = Annotated[bool, typer.Option("--save", help="Record the series with DVC.")]


def record(
    watch: Watch,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Epochs, .csv; counts or a Qiskit result, .json.")],
    *,
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="When a Qiskit result was counted, if it does not say.")
    ] = None,
    result: Annotated[
        int | None, typer.Option("--result", metavar="N", min=0, help="Which of several circuits of a Qiskit result.")
    ] = None,
    save: Save = False,
) -> Report:
    """Add epochs that were counted elsewhere.

    What is there already is passed over, so that a file that grows can be recorded again.
    """
    from qops.drift import record as slice_

    told = slice_.Told(at, result)
    return slice_.run(wiring_drift.drift_ports("qops drift record"), watch, file, told, save=save)


def run(watches: Watches = None, *, save: Save = False) -> Report:
    """Count one epoch of each watch on its backend.

    A circuit that names no qubits of the device is compiled once, and kept.
    """
    from qops.drift import run as slice_

    return slice_.run(wiring_drift.drift_ports("qops drift run"), watches or [], save=save)


def baseline(
    watch: Watch,
    *,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="From when epochs count; from the first if left out.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Freeze what drifts, or hangs together.")] = False,
) -> Report:
    """Freeze what a watch was like while it was well.

    Records the series with DVC, so that what was frozen can be had again.
    """
    from qops.drift import freeze as slice_

    return slice_.run(wiring_drift.drift_ports("qops drift baseline"), watch, since, force=force)


def check(
    watches: Watches = None,
    *,
    chart: Annotated[
        str, typer.Option("--chart", metavar="NAME", help="Another chart than that of the watch.", show_default=False)
    ] = "",
    robust: Annotated[
        bool, typer.Option("--robust", help="Assume nothing of how epochs vary: as --chart betting.")
    ] = False,
    fleet: Annotated[bool, typer.Option("--fleet", help="All of them as one, with one run length.")] = False,
) -> Report:
    """Say whether watches are still as they were.

    Exit code 0 in control, 1 drift, 3 undecided. Nothing is run, neither a circuit nor an action.
    """
    from qops.drift import check as slice_

    ports = wiring_drift.drift_ports("qops drift check")
    if robust and chart:
        raise InputError("`--robust` is a chart by itself", hint="leave out `--chart`")
    chart = "betting" if robust else chart
    if fleet and chart:
        raise InputError(
            "a fleet is followed by the evidence of its watches alone", hint="leave out `--chart` and `--robust`"
        )
    return slice_.run_fleet(ports, watches or []) if fleet else slice_.run(ports, watches or [], chart)
