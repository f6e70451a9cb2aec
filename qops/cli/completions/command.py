"""`qops completions`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, cast

import typer

from qops.errors import ExitCode

if TYPE_CHECKING:
    from qops.cli.commands import Commands

EXAMPLES = (
    "qops completions bash > ~/.local/share/bash-completion/completions/qops",
    "qops completions zsh > ~/.zfunc/_qops     with ~/.zfunc in $fpath",
    "qops completions fish > ~/.config/fish/completions/qops.fish",
)


class Shell(StrEnum):
    """A shell that there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def completions(
    context: typer.Context, shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]
) -> ExitCode:
    """Print the completion script of a shell.

    It completes commands, options, circuits, revisions and files.
    """
    from qops.cli import streams, tree
    from qops.cli.completions import scripts

    streams.write(scripts.WRITERS[shell](tree.root(cast("Commands", context.find_root().command))))
    return ExitCode.OK
