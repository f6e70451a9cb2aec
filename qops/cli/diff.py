"""`qops diff`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qops.cli import progress, streams, wiring
from qops.cli.options import Tolerance
from qops.model.report import Report

EXAMPLES = (
    "qops diff                        the files as they are, against the last snapshot",
    "qops diff v0.1.0                 against a tag or any revision",
    "qops diff v0.1.0 v0.2.0 --name ansatz",
    "qops diff old.qasm new.qasm      two files, with no manifest",
    "qops diff HEAD~1:ansatz.qasm -   a file of a revision, and standard input",
    "qops diff source.qasm compiled.qasm --prove --layout layout.json",
)


class FailOn(StrEnum):
    """The smallest kind of change that is a finding."""

    FRAME = "frame"
    PARAMETERS = "parameters"
    STRUCTURE = "structure"


def diff(
    a: Annotated[
        str | None, typer.Argument(metavar="A", help="The old side: a revision, REV:path, a file, or -.")
    ] = None,
    b: Annotated[str | None, typer.Argument(metavar="B", help="The new side, written likewise.")] = None,
    *,
    names: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME", help="Only this circuit; may be repeated.")
    ] = None,
    tolerance: Tolerance = 1e-9,
    invisible_at: Annotated[
        int | None,
        typer.Option("--invisible-at", metavar="SHOTS", min=1, help="Changes that so many shots cannot show are none."),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="The smallest kind of change that exits with 1.")
    ] = FailOn.PARAMETERS,
    prove: Annotated[
        bool, typer.Option("--prove", help="Pass new structure that provably does the same; if open, exit with 3.")
    ] = False,
    layout: Annotated[
        Path | None,
        typer.Option("--layout", metavar="FILE", help="For --prove: where compilation put the qubits of A in B."),
    ] = None,
    exact: Annotated[
        bool | None,
        typer.Option(
            "--exact/--no-exact", help="Simulate what changed, up to 22 qubits; by default where it is cheap."
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most N lines a circuit.")] = 40,
) -> Report:
    """Say what changed, from a moved angle to a new gate.

    Compares the files with the last snapshot; with A, that version with the files; with A and B, the two.
    """
    from qops.diff import compare

    return compare.run(
        wiring.ports("qops diff", elsewhere=b is not None),
        a,
        b,
        names=names or (),
        tolerance=tolerance,
        invisible_at=invisible_at,
        fail_on=fail_on.value,
        limit=limit,
        prove=prove,
        exact=exact,
        layout=layout,
        examiner=wiring.examiner(),
        standard_input=streams.read,
        watched=lambda pairs: progress.announced(pairs, "comparing circuits"),
    )
