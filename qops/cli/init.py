"""`qops init`."""

from pathlib import Path
from typing import Annotated

import typer

from qops.model.report import Report

EXAMPLES = ("qops init", "qops init --pilot demo     a complete small project to try qops on")


def init(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="The repository; where you are, by default.")
    ] = Path(),
    *,
    pilot: Annotated[
        Path | None, typer.Option("--pilot", metavar="DIR", help="Make a pilot project in a new directory DIR.")
    ] = None,
) -> Report:
    """Make a git repository ready for qops: manifest, DVC, ignore rules.

    What is there already stays as it is; running it again changes nothing.
    """
    from qops.project import init as setup

    return setup.run(directory, pilot=pilot)
