"""`qops abtest matrix`."""

from typing import TYPE_CHECKING, Annotated

import typer

from qops import world
from qops.cli import wiring
from qops.model.report import Report

if TYPE_CHECKING:
    from qops.abtest.kernels.command import Devices
    from qops.model.ports import Ports

EXAMPLES = ("qops abtest matrix", "qops abtest matrix similarity similarity-null", "qops abtest matrix --measure")

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME]...", help="Some of the experiments; all of them if left out.")
]


def matrix(
    names: Names = None,
    *,
    measure: Annotated[bool, typer.Option("--measure", help="Measure first what is missing on backends.")] = False,
) -> Report:
    """Judge many pairs of similarities together.

    Every entry of `abtests` with the metric `two-sample` is one pair: on the same windows of two tables, how often does
    either similarity tell them apart? The chance of any false claim is at most α over all of them. Fidelities that are
    measured on a backend are kept under series/, pair by pair; a run that was cut off is taken up where it was.
    """
    world.one_thread()
    from qops.abtest.kernels import command

    ports = wiring.ports("qops abtest matrix")
    return command.matrix(ports, names or (), _devices(ports) if measure else None)


def _devices(ports: "Ports") -> "Devices":
    from qops.abtest.kernels.command import Devices
    from qops.backends import open_backend
    from qops.cli.progress import bar
    from qops.recorded import repository

    shelf = wiring.target_shelf(ports, repository.declared(ports.tree).backends)
    return Devices(lambda entry: open_backend(entry, shelf.site), bar)
