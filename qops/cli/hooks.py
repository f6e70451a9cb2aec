"""`qops hooks`: install, uninstall, status, make."""

from typing import Annotated

import typer

from qops.cli import commands, wiring
from qops.errors import ExitCode
from qops.model.report import Report

EXAMPLES = ("qops hooks install --dry-run", "qops hooks status")
INSTALL_EXAMPLES = ("qops hooks install --dry-run", "qops hooks install")
UNINSTALL_EXAMPLES = ("qops hooks uninstall",)
STATUS_EXAMPLES = ("qops hooks status",)
MAKE_EXAMPLES = ("qops hooks make >> Makefile",)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Write nothing, and show what would be written.")]


def install(*, dry_run: DryRun = False) -> Report:
    """Let git compare, merge and check circuits by way of qops.

    Writes .gitattributes, this repository's own configuration and two hooks; running it again changes nothing. A hook
    that another tool manages is left alone, and the report says what to add to it by hand.
    """
    from qops.hooks import setup

    return setup.install(*wiring.git_setup(), wiring.launch(), dry_run=dry_run)


def uninstall(*, dry_run: DryRun = False) -> Report:
    """Take out what `qops hooks install` put in, and nothing else."""
    from qops.hooks import setup

    return setup.uninstall(*wiring.git_setup(), dry_run=dry_run)


def status() -> Report:
    """Say whether git uses this qops. Exits with 1 if it does not."""
    from qops.hooks import setup

    return setup.status(*wiring.git_setup(), wiring.launch())


def make() -> ExitCode:
    """Print targets for a Makefile that do what the hooks check."""
    from qops.cli import streams
    from qops.hooks import makefile

    streams.write(makefile.FRAGMENT)
    return ExitCode.OK


COMMANDS = commands.listed(
    commands.report(install, INSTALL_EXAMPLES),
    commands.report(uninstall, UNINSTALL_EXAMPLES),
    commands.report(status, STATUS_EXAMPLES),
    commands.command(make, MAKE_EXAMPLES),
)
