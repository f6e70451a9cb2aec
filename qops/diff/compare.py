"""`qops diff`: gather, judge, describe. Nothing is written."""

from collections.abc import Callable, Sequence

from qops.diff import files, snapshots
from qops.diff.describe import describe
from qops.diff.judge import Kind, judge
from qops.errors import InputError
from qops.model.ports import Ports
from qops.model.report import Report

FAIL_ON = {"frame": Kind.FRAME, "parameters": Kind.PARAMETERS, "structure": Kind.STRUCTURE}


def run(
    ports: Ports,
    a: str | None = None,
    b: str | None = None,
    *,
    names: Sequence[str] = (),
    tolerance: float = 1e-9,
    invisible_at: int | None = None,
    fail_on: str = "parameters",
    limit: int = 40,
    prove: bool = False,
    standard_input: Callable[[], bytes] = bytes,
) -> Report:
    """What changed between two versions.

    Args:
        ports: the doors to the world; for two files neither a repository nor a manifest needs to be behind them.
        a: the old side: a revision, `REV:path`, a file or `-`; the last snapshot for None.
        b: the new side; the files as they are for None.
        names: circuits of the project, empty for all of them.
        tolerance: radians by which parameters may move and still not count as changed.
        invisible_at: parameters that moved so little that no test with so many shots sees it do not count either.
        fail_on: the least kind of change that fails: `frame`, `parameters` or `structure`.
        limit: the most lines to show of one circuit.
        prove: a change of structure passes if the circuits are proven equivalent, and is inconclusive otherwise.
        standard_input: reads what `-` stands for.

    Raises:
        InconclusiveError: there is no snapshot to compare with.
        InputError: a revision, file or name is unknown, or a circuit cannot be read.
    """
    if a is not None and (files.names_a_file(a) or files.names_a_file(b)):
        if names:
            raise InputError("two files have no names of circuits", hint="leave out --name")
        gathered = files.gather(ports, a, b, standard_input)
    else:
        gathered = snapshots.gather(ports, a, b, names)
    findings = [judge(pair, tolerance, invisible_at) for pair in gathered.pairs]
    return describe(gathered, findings, tolerance, FAIL_ON[fail_on], limit, prove=prove)
