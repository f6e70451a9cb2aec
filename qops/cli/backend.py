"""`qops backend`: list, show, export, diff."""

from pathlib import Path
from typing import Annotated

import typer

from qops.cli import commands, wiring
from qops.errors import ExitCode
from qops.model.report import Report

EXAMPLES = ("qops backend list", "qops backend diff torino@v0.1.0")
LIST_EXAMPLES = ("qops backend list",)
SHOW_EXAMPLES = ("qops backend show torino", "qops backend show device --refresh")
EXPORT_EXAMPLES = (
    "qops backend export torino --to targets/torino.json",
    "qops backend export torino --calibration > today.json",
)
DIFF_EXAMPLES = (
    "qops backend diff torino@v0.1.0          since a snapshot",
    "qops backend diff torino@v0.1.0 torino@v0.2.0",
    "qops backend diff monday.json torino     a target or a calibration in a file",
    "qops backend diff HEAD~1:targets/torino.json targets/torino.json",
)
HISTORY_EXAMPLES = ("qops backend history torino",)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A backend of the manifest.")]


def list_() -> Report:
    """List the backends of the manifest.

    Shows what is at hand of each; asks no device, and imports no provider's package.
    """
    from qops.calibration import catalogue

    ports = wiring.ports("qops backend list")
    return catalogue.listed(ports, wiring.shelf(ports))


def show(
    name: Name, *, refresh: Annotated[bool, typer.Option("--refresh", help="Ask the device anew.")] = False
) -> Report:
    """Show a backend: its gates, and how good they are."""
    from qops.calibration import catalogue

    ports = wiring.ports("qops backend show")
    return catalogue.shown(ports, wiring.shelf(ports), name, refresh=refresh)


def history(
    name: Name,
    *,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Show so many numbers.")] = 20,
) -> Report:
    """Tell which qubits and gates change for good.

    Over all calibrations that snapshots recorded. Exit code 0 none does, 1 some do, 3 too few calibrations.
    """
    from qops.calibration import trend

    return trend.run(wiring.ports("qops backend history"), name, limit)


def export(
    name: Name,
    *,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write it to FILE.")] = None,
    calibration: Annotated[bool, typer.Option("--calibration", help="Only the numbers of the moment.")] = False,
) -> ExitCode:
    """Write a backend's target as JSON.

    A device is asked anew. The file stands for the backend, with no provider's package: `{kind: target, file: FILE}`.
    """
    from qops.calibration import catalogue, export
    from qops.cli import streams

    ports = wiring.ports("qops backend export")
    data = catalogue.exported(ports, wiring.shelf(ports), name, calibration=calibration)
    if to is None:
        streams.write(data.decode())
    else:
        export.keep(ports.anywhere, to, data)
        streams.say(f"{to}\n")
    return ExitCode.OK


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The old side: NAME, NAME@REV, REV:path, or a file.")],
    new: Annotated[
        str | None, typer.Argument(metavar="NEW", help="The new side; without it, the backend as it is known now.")
    ] = None,
    *,
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="N", min=0, help="So many usual changes are a move.")
    ] = 8.0,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="List at most N moves.")] = 40,
) -> Report:
    """Say what moved between two calibrations, and what that does.

    Compares two calibrations; what moved by more than is usual between calibrations is listed, worst first, and is a
    finding.
    """
    from qops.calibration import compare

    ports = wiring.ports("qops backend diff")
    return compare.run(ports, wiring.shelf(ports), old, new, threshold=threshold, limit=limit)


COMMANDS = commands.listed(
    commands.report(list_, LIST_EXAMPLES),
    commands.report(show, SHOW_EXAMPLES),
    commands.command(export, EXPORT_EXAMPLES),
    commands.report(diff, DIFF_EXAMPLES),
    commands.report(history, HISTORY_EXAMPLES),
)
