"""`qops drift spectrum`: waves in what was counted."""

from typing import Annotated

import typer

from qops.cli import wiring_drift
from qops.model.report import Report

EXAMPLES = ("qops drift spectrum", "qops drift spectrum bell-success --level 0.01")


def spectrum(
    watches: Annotated[
        list[str] | None, typer.Argument(metavar="[WATCH]...", help="Which watches; all if left out.")
    ] = None,
    *,
    level: Annotated[
        float, typer.Option("--level", metavar="P", min=1e-9, max=0.5, help="The chance of any false wave in all.")
    ] = 0.05,
) -> Report:
    """Look for waves in all epochs of watches.

    On their real time stamps, with the chance of any false wave. Exit code 0 none, 1 waves, 3 too few epochs.
    """
    from qops.drift import spectra as slice_

    return slice_.run(wiring_drift.drift_ports("qops drift spectrum"), watches or [], level)
