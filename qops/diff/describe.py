"""Describe findings as a `Report`. Pure."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from qops.circuits.edit import Script, length
from qops.diff.judge import Finding, Kind, outcome
from qops.diff.machine import machine_form
from qops.diff.numbers import small
from qops.diff.rows import aligned, rows
from qops.diff.tables import counts, parameters
from qops.diff.versions import Gathered, Version
from qops.model.report import Cell, Line, Report, Section
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted

_TITLES = {
    Kind.FRAME: "frame only",
    Kind.WITHIN: "parameters within tolerance",
    Kind.PARAMETERS: "parameters changed",
    Kind.STRUCTURE: "structure changed",
    Kind.ADDED: "added",
    Kind.REMOVED: "removed",
}
_SHORT = {Kind.WITHIN: "within tolerance", Kind.TEXT: "source text"}
_ORDER = (Kind.STRUCTURE, Kind.PARAMETERS, Kind.WITHIN, Kind.FRAME, Kind.TEXT, Kind.ADDED, Kind.REMOVED)


def describe(gathered: Gathered, findings: Sequence[Finding], tolerance: float, fail_on: Kind, limit: int) -> Report:
    """The report: a section for each circuit that changed, a verdict for each, one for all that did not.

    Args:
        gathered: what the sides are called.
        findings: one a circuit, in order.
        tolerance: radians that do not count.
        fail_on: the least kind of change that fails.
        limit: the most lines of script, and rows of parameters, to show of a circuit.
    """
    changed = [finding for finding in findings if finding.kind is not Kind.NOTHING]
    sections = [_section(finding, limit) for finding in changed if finding.kind is not Kind.TEXT]
    facts: list[tuple[str, Cell]] = [("old", gathered.old), ("new", gathered.new)]
    if any(finding.comparison and finding.comparison.operations for finding in changed):
        facts.append(("line numbers", "of the canonical text, the old one for deletions"))
    return Report(
        command="diff",
        title="Diff",
        facts=tuple(facts),
        sections=tuple(sections),
        verdicts=(*(_verdict(finding, tolerance, fail_on) for finding in changed), *_same(len(findings), len(changed))),
        summary=_summary(findings, changed),
        data={
            "old": gathered.old,
            "new": gathered.new,
            "tolerance": tolerance,
            "fail_on": fail_on.name.lower(),
            "circuits": [machine_form(finding) for finding in findings],
        },
    )


def _section(finding: Finding, limit: int) -> Section:
    old, new = finding.pair.old, finding.pair.new
    if old is None or new is None:
        lines: tuple[Line, ...] = tuple(_whole(version, mark) for version, mark in ((old, "-"), (new, "+")) if version)
    elif finding.missing:
        lines = (Line(f"not examined: {finding.missing}"),)
    else:
        lines = _lines(finding, old, new, limit)
    tables = (*counts(old, new), *parameters(finding.values, limit))
    return Section(f"{finding.name}  {_TITLES[finding.kind]}", lines, tables)


def _whole(version: Version, mark: str) -> Line:
    if version.record is None:
        return Line("values", mark)
    size, named = version.record.sizes, version.record.parameter_count
    told = (
        counted(size.qubits, "qubit"),
        counted(size.operations, "operation"),
        f"depth {size.depth}",
        counted(named, "parameter"),
    )
    return Line(", ".join(told), mark)


def _lines(finding: Finding, old: Version, new: Version, limit: int) -> tuple[Line, ...]:
    lines = [*_tags(old, new), *_bindings(finding)]
    if finding.comparison is not None and old.circuit is not None and new.circuit is not None:
        shown = list(islice(rows(finding.comparison, old.circuit, new.circuit), limit))
        lines += aligned(shown)
        left = _edit_count(finding) - sum(row.edits for row in shown)
        lines += [Line(f"… and {counted(left, 'more edit')}")] if left else []
    return tuple(lines)


def _tags(old: Version, new: Version) -> Iterator[Line]:
    if old.record and new.record and old.record.tags != new.record.tags:
        yield Line(f"tags  {', '.join(old.record.tags) or 'none'} → {', '.join(new.record.tags) or 'none'}", "~")


def _bindings(finding: Finding) -> Iterator[Line]:
    rows = finding.values.bindings if finding.values else None
    if rows and max(rows.old, rows.new) > 1 and (rows.added or rows.removed or rows.changed):
        told = ((rows.added, "added"), (rows.removed, "removed"), (rows.changed, "changed"))
        count = f"{rows.old:,} → {rows.new:,}" if rows.old != rows.new else f"{rows.new:,}"
        yield Line(f"bindings  {count}: {', '.join(f'{number:,} {word}' for number, word in told if number)}", "~")


def _edit_count(finding: Finding) -> int:
    if finding.comparison is None:
        return 0
    scripts = (finding.comparison.operations, *(gate.body for gate in finding.comparison.gates))
    return len(finding.comparison.frame) + sum(map(length, scripts))


def _verdict(finding: Finding, tolerance: float, fail_on: Kind) -> Verdict:
    finite = finding.largest is not None and finding.largest != math.inf
    return Verdict(
        name=finding.name,
        outcome=(result := outcome(finding, fail_on, tolerance)),
        because=_because(finding, tolerance),
        statistic=finding.largest if finite else None,
        threshold=tolerance if finite else None,
        evidence={"kind": finding.kind.value},
        hint="see whether the change is within the tolerance: bring its artifacts here with `dvc pull`"
        if result is Outcome.INCONCLUSIVE
        else "",
    )


def _because(finding: Finding, tolerance: float) -> str:
    title = _TITLES.get(finding.kind, "")
    match finding.kind:
        case Kind.STRUCTURE | Kind.PARAMETERS | Kind.WITHIN if finding.missing:
            return f"{title}; by how much was not examined"
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
    return f"{by}, {small(tolerance)} rad being tolerated" if finding.kind is Kind.WITHIN else by


def _edits(finding: Finding) -> str:
    """`3 operations changed, 1 deleted; 2 values moved`."""
    kinds: Counter[str] = Counter()
    if finding.comparison is not None:
        for script in (finding.comparison.operations, *(gate.body for gate in finding.comparison.gates)):
            _tally(script, kinds)
    told = [f"{kinds[word]:,} {word}" for word in ("changed", "deleted", "inserted") if kinds[word]]
    if told:
        first, _, word = told[0].partition(" ")
        told[0] = f"{first} operation{'' if first == '1' else 's'} {word}"
    moved = len(finding.values.changed) if finding.values else 0
    parts = [", ".join(told)] if told else []
    parts += [f"{counted(moved, 'value')} moved"] if moved else []
    return "; ".join(parts) or "values of other bindings moved"


def _tally(script: Script, kinds: Counter[str]) -> None:
    for entry in script:
        kinds["deleted" if entry.new is None else "inserted" if entry.old is None else "changed"] += entry.heads
        for inside in entry.inside:
            _tally(inside, kinds)


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
