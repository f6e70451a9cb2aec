"""`qops gc`."""

from typing import Annotated

import typer

from qops.cli import wiring
from qops.model.report import Report

EXAMPLES = ("qops gc --dry-run",)


def gc(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what no commit needs; this is all that there is.")
    ] = False,
) -> Report:
    """List stored objects that no commit needs.

    Removes nothing: it names the command of DVC's that does. What only a reflog remembers is marked.
    """
    from qops.fsck import unneeded

    return unneeded.run(wiring.ports("qops gc"), wiring.custody(), dry_run=dry_run)
