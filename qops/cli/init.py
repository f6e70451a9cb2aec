"""`qops init`."""

from pathlib import Path
from typing import Annotated

import typer

from qops.cli import wiring
from qops.errors import InputError
from qops.model.report import Report

EXAMPLES = ("qops init", "qops init --pilot demo     a complete small project to try qops on")


def init(
    directory: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="The repository around DIR, or DIR itself; default: here."),
    ] = None,
    *,
    pilot: Annotated[
        Path | None, typer.Option("--pilot", metavar="DIR", help="Make a pilot project in a new directory DIR.")
    ] = None,
) -> Report:
    """Make a repository ready: manifest, DVC, git's files.

    What is there already stays as it is; running it again changes nothing.
    """
    from qops.project import init as setup
    from qops.project import scaffold

    if pilot and directory:
        raise InputError(f"{directory} and --pilot {pilot} are two places", hint="name one")
    return scaffold.run(wiring.new_ground(pilot)) if pilot else setup.run(wiring.ground(directory))
