"""`qops drift plan`: diagnostics as circuits."""

from typing import Annotated

import typer

from qops.cli import wiring
from qops.errors import InputError
from qops.model.diagnostic import KINDS, Diagnostic
from qops.model.report import Report
from qops.model.spelling import did_you_mean

EXAMPLES = (
    "qops drift plan t1-of-3 --kind t1 --backend torino --qubits 3",
    "qops drift plan pair --kind rb --backend torino --qubits 0,1 --dry-run",
)


def kind(name: str) -> str:
    """A kind of diagnostic."""
    if name not in KINDS:
        raise InputError(f"no diagnostic is called `{name}`", hint=did_you_mean(name, KINDS) or ", ".join(KINDS))
    return name


def qubit_list(text: str) -> str:
    """Numbers of qubits with commas between, as they were typed."""
    if not all(part.strip().isdecimal() and part.isascii() for part in text.split(",")):
        raise typer.BadParameter(f"{text!r} is not a list of qubits; write 0,1,2.")
    return text


def plan(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What its files are called.")],
    *,
    kind: Annotated[
        str,
        typer.Option("--kind", metavar="KIND", parser=kind, help="t1, ramsey, echo, rb, mirror-rb, readout or germs."),
    ],
    backend: Annotated[str, typer.Option("--backend", metavar="NAME", help="For which backend of the manifest.")],
    qubits: Annotated[
        str, typer.Option("--qubits", metavar="N,N", parser=qubit_list, help="Which qubits of the device.")
    ] = "0",
    delay: Annotated[
        float | None, typer.Option("--delay", metavar="S", min=0, help="Seconds of t1, ramsey and echo.")
    ] = None,
    length: Annotated[
        int | None,
        typer.Option(
            "--length", metavar="N", min=1, max=10_000, help="Gates of rb, layers of mirror-rb, longest germs."
        ),
    ] = None,
    circuits: Annotated[
        int | None, typer.Option("--circuits", metavar="N", min=1, max=1000, help="So many random circuits.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="What random circuits are drawn from.")] = 0,
    shots: Annotated[
        int, typer.Option("--shots", metavar="N", min=1, help="Shots of an epoch, over all circuits.")
    ] = 1000,
    force: Annotated[bool, typer.Option("--force", help="Write over files that say something else.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
) -> Report:
    """Write diagnostics as circuits, and say what they cost.

    The circuits are in the gates of the device, under circuits/diagnostics, and the same for the same seed. Without
    --delay and --length they are those at which a shot tells most, by the calibration at hand.
    """
    from qops.drift import plan as slice_

    ports = wiring.ports("qops drift plan")
    wires = tuple(int(part) for part in qubits.split(","))
    diagnostic = Diagnostic(kind, wires, delay, length, circuits, seed)
    asked = slice_.Asked(name, diagnostic, backend, shots)
    return slice_.run(ports, wiring.shelf(ports), [asked], force=force, dry_run=dry_run)
