"""A verdict for each circuit that changed, and the sentence that says why."""

import math
from collections import Counter

from qops.circuits.edit import Script
from qops.diff.judge import Finding, Kind, outcome
from qops.diff.numbers import small
from qops.diff.sameness import sentence
from qops.diff.sections import TITLES
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted

_HINT = "bring its artifacts here with `{}`, to see whether the change is within the tolerance"
_VERIFY = "pip install 'qops[verify]'"


def verdict(finding: Finding, tolerance: float, fail_on: Kind, *, prove: bool = False) -> Verdict:
    """Whether a change is one to stop at; its size and the tolerance are in radians."""
    decided = outcome(finding, fail_on, tolerance, prove=prove)
    measured = finding.largest is not None and finding.largest != math.inf
    return Verdict(
        name=finding.name,
        outcome=decided,
        because=_because(finding, tolerance, prove=prove),
        statistic=finding.largest if measured else None,
        threshold=tolerance if measured else None,
        evidence={"kind": finding.kind.value},
        hint=_hint(finding) if decided is Outcome.INCONCLUSIVE else "",
    )


def _hint(finding: Finding) -> str:
    if finding.missing:
        return _HINT.format(finding.fetch)
    checks = finding.equivalence.checks if finding.equivalence else ()
    if any(check.because.endswith("is not installed") for check in checks):
        return _VERIFY
    apart = finding.equivalence is not None and not checks and finding.equivalence.because.startswith("the qubits")
    return "say where its qubits are with `--layout FILE`" if apart else ""


def _because(finding: Finding, tolerance: float, *, prove: bool) -> str:
    title = TITLES.get(finding.kind, "")
    match finding.kind:
        case Kind.STRUCTURE | Kind.PARAMETERS | Kind.WITHIN if finding.missing:
            return f"{title}; by how much was not examined"
        case Kind.STRUCTURE if prove and finding.equivalence is not None:
            return f"{title}: {_edits(finding)}; {sentence(finding.equivalence)}"
        case Kind.STRUCTURE:
            return f"{title}: {_edits(finding)}"
        case Kind.PARAMETERS | Kind.WITHIN:
            return f"{title}: {_edits(finding)}{_size(finding, tolerance)}"
        case Kind.FRAME:
            return "frame only: no operation and no parameter changed"
        case Kind.TEXT:
            return "only the text of the source changed"
        case _:
            return title


def _size(finding: Finding, tolerance: float) -> str:
    if finding.largest is None or finding.largest == math.inf:
        return ""
    by = f" by at most {small(finding.largest)} rad"
    if finding.kind is not Kind.WITHIN:
        return by
    unseen = finding.largest > tolerance
    return f"{by}, too little for the shots to show" if unseen else f"{by}, {small(tolerance)} rad being tolerated"


def _edits(finding: Finding) -> str:
    """`3 operations changed, 1 deleted; 2 values moved`."""
    kinds: Counter[str] = Counter()
    for script in finding.comparison.scripts if finding.comparison else ():
        _tally(script, kinds)
    words = [word for word in ("changed", "deleted", "inserted") if kinds[word]]
    told = [f"{counted(kinds[word], 'operation')} {word}" for word in words[:1]]
    told += [f"{kinds[word]:,} {word}" for word in words[1:]]
    moved = len(finding.values.changed) if finding.values else 0
    parts = [", ".join(told), f"{counted(moved, 'value')} moved" if moved else ""]
    alone = "registers or definitions" if finding.kind is Kind.STRUCTURE else "values of other bindings"
    return "; ".join(part for part in parts if part) or alone


def _tally(script: Script, kinds: Counter[str]) -> None:
    for entry in script:
        if entry.heads:
            kinds["deleted" if entry.new is None else "inserted" if entry.old is None else "changed"] += 1
        for inside in entry.inside:
            _tally(inside, kinds)
