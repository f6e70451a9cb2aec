"""`qops diff`: gather, judge, describe. Nothing is written."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from qops.diff import exactly, files, proof, snapshots
from qops.diff.describe import describe
from qops.diff.judge import Kind, judge
from qops.diff.versions import Pair
from qops.errors import InputError
from qops.formats import layouts
from qops.model.examination import Examiner
from qops.model.layout import Layout
from qops.model.ports import Ports
from qops.model.report import Report

Watched = Callable[[Sequence[Pair]], AbstractContextManager[Iterable[Pair]]]
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
    exact: bool | None = None,
    layout: Path | None = None,
    examiner: Examiner | None = None,
    standard_input: Callable[[], bytes] = bytes,
    watched: Watched = nullcontext,
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
        prove: a change of structure passes if the circuits are proven equivalent, fails if they are proven different,
            and is inconclusive otherwise.
        exact: whether to simulate the circuits that changed; where that is cheap for None.
        layout: a file that says where the new circuit has the old one's qubits.
        examiner: simulates and proves, in processes of its own; without one there is none of it.
        standard_input: reads what `-` stands for.
        watched: is entered with the pairs and gives them back, so that somebody can see which one is being compared.

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
    with watched(gathered.pairs) as pairs:
        findings = [judge(pair, tolerance, invisible_at) for pair in pairs]
    placed = _layout(ports, layout, prove=prove)
    if examiner is not None and prove:
        findings = [proof.climbed(finding, examiner, placed) for finding in findings]
    if examiner is not None and exact is not False:
        findings = exactly.looked_at(findings, examiner, asked=bool(exact))
    return describe(gathered, findings, tolerance, FAIL_ON[fail_on], limit, prove=prove)


def _layout(ports: Ports, file: Path | None, *, prove: bool) -> Layout | None:
    if file is None:
        return None
    if not prove:
        raise InputError("a layout is for a proof", hint="add --prove")
    data = ports.anywhere.read(file)
    if data is None:
        raise InputError(f"there is no file {file}")
    return layouts.read(data, str(file))
