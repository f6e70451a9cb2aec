"""Describe findings as a `Report`. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from qops.diff.judge import Finding, Kind
from qops.diff.machine import machine_form
from qops.diff.sections import section
from qops.diff.verdicts import verdict
from qops.diff.versions import Gathered
from qops.model.report import Cell, Report
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted

_SHORT = {
    Kind.STRUCTURE: "in structure",
    Kind.PARAMETERS: "in parameters",
    Kind.WITHIN: "within tolerance",
    Kind.FRAME: "in frame only",
    Kind.TEXT: "in source text only",
}
_ORDER = (Kind.STRUCTURE, Kind.PARAMETERS, Kind.WITHIN, Kind.FRAME, Kind.TEXT, Kind.ADDED, Kind.REMOVED)


def describe(
    gathered: Gathered, findings: Sequence[Finding], tolerance: float, fail_on: Kind, limit: int, *, prove: bool = False
) -> Report:
    """The report: a section for each circuit that changed, a verdict for each, one for all that did not.

    Args:
        gathered: what the sides are called.
        findings: one a circuit, in order.
        tolerance: radians that do not count.
        fail_on: the least kind of change that fails.
        limit: the most lines of script, and rows of parameters, to show of a circuit.
        prove: whether a change of structure has to be proven harmless, and passes if it is.
    """
    changed = [finding for finding in findings if finding.kind is not Kind.NOTHING]
    sections = [section(finding, limit) for finding in changed if finding.kind is not Kind.TEXT]
    facts: list[tuple[str, Cell]] = [("old", gathered.old), ("new", gathered.new)]
    if any(finding.comparison and finding.comparison.operations for finding in changed):
        facts.append(("line numbers", "of the canonical text, the old one for deletions"))
    return Report(
        command="diff",
        title="Diff",
        facts=tuple(facts),
        sections=tuple(sections),
        verdicts=(
            *(verdict(finding, tolerance, fail_on, prove=prove) for finding in changed),
            *_same(len(findings), len(changed)),
        ),
        summary=_summary(findings, changed),
        data={
            "old": gathered.old,
            "new": gathered.new,
            "tolerance": tolerance,
            "fail_on": fail_on.name.lower(),
            "prove": prove,
            "circuits": [machine_form(finding) for finding in findings],
        },
    )


def _same(total: int, changed: int) -> Iterator[Verdict]:
    same = total - changed
    if same:
        yield Verdict("unchanged", Outcome.PASS, f"{counted(same, 'circuit')} {'is' if same == 1 else 'are'} the same")


def _summary(findings: Sequence[Finding], changed: Sequence[Finding]) -> str:
    if not changed:
        return f"no difference in {counted(len(findings), 'circuit')}"
    kinds = Counter(finding.kind for finding in changed)
    told = ", ".join(f"{kinds[kind]} {_SHORT.get(kind, kind.value)}" for kind in _ORDER if kinds[kind])
    return f"{len(changed)} of {counted(len(findings), 'circuit')} changed: {told}"
