"""`qops drift gates`: gate set tomography over time."""

from typing import Annotated

import typer

from qops.cli import wiring_drift
from qops.model.report import Report

EXAMPLES = ("qops drift gates 'q0-*'", "qops drift gates 'q0-*' --windows 4")


def gates(
    watches: Annotated[
        list[str] | None, typer.Argument(metavar="[WATCH]...", help="Which watches; all if left out.")
    ] = None,
    *,
    windows: Annotated[
        int, typer.Option("--windows", metavar="N", min=1, max=100, help="Divide the epochs into so many windows.")
    ] = 2,
    level: Annotated[
        float, typer.Option("--level", metavar="P", min=1e-9, max=0.5, help="The chance of a false change.")
    ] = 0.01,
) -> Report:
    """Tell the gates of a qubit by its germs, over time.

    By gate set tomography, of watches on circuits of `qops drift plan --kind germs`. Exit code 0 where the gates stay
    those of the first window, 1 where they changed. Needs the extra `gst`.
    """
    from qops.drift.installed import need_pygsti

    need_pygsti()
    from qops.drift import gates as slice_

    return slice_.run(wiring_drift.drift_ports("qops drift gates"), watches or [], windows, level)
