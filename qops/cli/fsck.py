"""`qops fsck`."""

from typing import Annotated

import typer

from qops.cli import wiring
from qops.model.report import Report

EXAMPLES = (
    "qops fsck                        the files at hand, and the objects that they need",
    "qops fsck --heal                 put right what can be put right",
    "qops fsck --all-revisions        every version that git remembers",
    "qops fsck --rev v0.1.0",
)


def fsck(
    *,
    heal: Annotated[
        bool, typer.Option("--heal", help="Put objects right, from the work tree, from git, from DVC's remotes.")
    ] = False,
    revisions: Annotated[
        list[str] | None,
        typer.Option("--rev", metavar="REV", help="This revision, not the files at hand; may be repeated."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all-revisions", help="Every revision that has a lock, besides.")
    ] = False,
    digests: Annotated[
        bool, typer.Option("--digests/--no-digests", help="Read the stored circuits; without, only hash.")
    ] = True,
) -> Report:
    """Find every flipped bit in the store, and put it right.

    Hashes every object that qops.lock names and the copies in the work tree, reads the stored circuits, and holds the
    lock and the pointer against what git has of them. Damage is a finding: exit code 1. What is not here, as in a fresh
    clone before `dvc pull`, was not examined: exit code 3.
    """
    from qops.fsck import check

    choice = check.Choice(tuple(revisions or ()), everything=everything, digests=digests)
    return check.run(wiring.ports("qops fsck --heal"), wiring.custody(), choice, heal=heal)
