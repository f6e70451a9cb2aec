"""`qops drift watch`: test points."""

from pathlib import Path
from typing import Annotated

import typer

from qops.cli import wiring
from qops.cli.drift_plan import qubit_list
from qops.model.report import Report

EXAMPLES = (
    "qops drift watch ghz.compiled.qasm --backend torino --to ghz.watched.qasm",
    "qops drift watch ghz-on-torino --backend torino --distance 1 --points 3",
)


def watch(
    circuit: Annotated[str, typer.Argument(metavar="CIRCUIT", help="A compiled circuit: of the manifest, or a file.")],
    *,
    backend: Annotated[str, typer.Option("--backend", metavar="NAME", help="For which it is compiled.")],
    distance: Annotated[
        int,
        typer.Option("--distance", metavar="N", min=1, help="So many couplings from the circuit's qubits, or more."),
    ] = 2,
    qubits: Annotated[
        str | None, typer.Option("--qubits", metavar="N,N", parser=qubit_list, help="On these qubits alone.")
    ] = None,
    sites: Annotated[int, typer.Option("--sites", metavar="N", min=1, help="On so many idle places.")] = 2,
    points: Annotated[int, typer.Option("--points", metavar="N", min=1, max=100, help="At most so many at each.")] = 1,
    wait: Annotated[
        float | None, typer.Option("--wait", metavar="S", min=0, help="Seconds between the pulses of a point.")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write the circuit to FILE.")] = None,
) -> Report:
    """Put test points into the idle places of a compiled circuit.

    They make it neither deeper nor longer, and it is proven that they leave it alone. Their bits come after the
    circuit's own, in a register called watch.
    """
    from qops.drift import watch as slice_
    from qops.drift.points.insertion import Room

    ports = wiring.ports("qops drift watch")
    chosen = tuple(int(part) for part in qubits.split(",")) if qubits else ()
    wanted = slice_.Wanted(distance, chosen, sites, Room(points, wait))
    return slice_.run(ports, wiring.shelf(ports), circuit, backend, wanted, to)
