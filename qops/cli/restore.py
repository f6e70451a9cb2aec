"""`qops restore`."""

from pathlib import Path
from typing import Annotated

import typer

from qops.cli import wiring
from qops.model.report import Report

EXAMPLES = ("qops restore ansatz@v0.1.0 --to old.qasm", "qops restore ansatz@HEAD~2 --force")


def restore(
    circuit: Annotated[str, typer.Argument(metavar="NAME@REV", help="A circuit, and the version of it.")],
    *,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Write to FILE, not to the source.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that holds something else.")] = False,
) -> Report:
    """Bring back a circuit exactly as it was recorded.

    The digests are verified on the way out.
    """
    from qops.snapshot import restore as recovery

    return recovery.run(wiring.ports("qops restore"), circuit, to=to, force=force)
