"""`qops abtest matrix`."""

from typing import Annotated

import typer

from qops import world
from qops.cli import wiring
from qops.model.report import Report

SUMMARY = "Two variants, compared under a stated error rate."
EXAMPLES = ("qops abtest matrix", "qops abtest matrix similarity similarity-null")

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME]...", help="Some of the experiments; all of them if left out.")
]


def matrix(names: Names = None) -> Report:
    """Judge many pairs of similarities together.

    Every entry of `abtests` with the metric `two-sample` is one pair: on the same windows of two tables, how often does
    either similarity tell them apart? The chance of any false claim is at most α over all of them.
    """
    world.one_thread()
    from qops.abtest.kernels import command

    return command.matrix(wiring.ports("qops abtest matrix"), names or ())
