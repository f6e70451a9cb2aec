"""`qops abtest estimate`: the arms' pass probabilities by amplitude estimation."""

from enum import StrEnum
from typing import Annotated

import typer

from qops import world
from qops.model.report import Report

EXAMPLES = ("qops abtest estimate new-ansatz --half-width 0.002",)


class Method(StrEnum):
    """How amplitudes are estimated."""

    IQAE = "iqae"
    LIKELIHOOD = "likelihood"


def estimate(
    name: Annotated[str, typer.Argument(metavar="ABTEST", help="An experiment of the manifest's abtests.")],
    *,
    half_width: Annotated[
        float,
        typer.Option("--half-width", metavar="W", min=1e-6, max=0.25, help="Half of the interval that is wanted."),
    ] = 0.01,
    method: Annotated[
        Method, typer.Option("--method", metavar="METHOD", help="iqae, or likelihood on a fixed schedule.")
    ] = Method.IQAE,
    restart: Annotated[bool, typer.Option("--restart", help="Forget what was seen, and begin anew.")] = False,
    no_save: Annotated[bool, typer.Option("--no-save", help="Do not record the series with DVC at the end.")] = False,
    seed: Annotated[
        int | None,
        typer.Option("--seed", metavar="N", min=0, max=2**32 - 1, help="Of the seeds of jobs; drawn if left out."),
    ] = None,
) -> Report:
    """Estimate how often the arms pass, by amplitude estimation.

    The loss of contrast is measured first, on each circuit and its inverse; where it is too great, this is refused.
    The same record always gives the same answer.
    """
    world.one_thread()
    from qops.abtest.amplitude import estimating
    from qops.cli.wiring_abtest import abtest_ports

    asked = estimating.Asked(half_width, method.value, restart, not no_save, seed)
    return estimating.run(abtest_ports("qops abtest estimate"), name, asked)
