"""A section of the report for each circuit that changed: its script, its counts, its values."""

from collections.abc import Iterator
from itertools import islice

from qops.circuits.edit import length
from qops.diff.judge import Finding, Kind
from qops.diff.numbers import near_one, near_zero, small
from qops.diff.reach import ERROR, Reach
from qops.diff.rows import aligned, rows
from qops.diff.sameness import lines as sameness
from qops.diff.tables import counts, parameters
from qops.diff.versions import Version
from qops.model.examination import Exact
from qops.model.report import Line, Section
from qops.model.wording import counted
from qops.stats.bures import largest_total_variation, least_fidelity

_MANY, _SLIGHT = 10**9, 0.03
TITLES = {
    Kind.FRAME: "frame only",
    Kind.WITHIN: "parameters within tolerance",
    Kind.PARAMETERS: "parameters changed",
    Kind.STRUCTURE: "structure changed",
    Kind.ADDED: "added",
    Kind.REMOVED: "removed",
}


def section(finding: Finding, limit: int) -> Section:
    """What changed in one circuit, with at most `limit` lines of script and rows of values."""
    old, new = finding.pair.old, finding.pair.new
    if old is None or new is None:
        lines: tuple[Line, ...] = tuple(_whole(version, mark) for version, mark in ((old, "-"), (new, "+")) if version)
    elif finding.missing:
        lines = (Line(f"not examined: {finding.missing}"),)
    else:
        lines = _lines(finding, old, new, limit)
    tables = (*counts(old, new), *parameters(finding.values, limit))
    return Section(f"{finding.name}  {TITLES[finding.kind]}", lines, tables)


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
        edits = len(finding.comparison.frame) + sum(map(length, finding.comparison.scripts))
        left = edits - sum(row.edits for row in shown)
        lines += [Line(f"… and {counted(left, 'more edit')}")] if left else []
        lines += sameness(finding.equivalence, old.circuit, new.circuit)
    return (*lines, *_reach(finding.reach), *_exact(finding.exact))


def _reach(reach: Reach | None) -> Iterator[Line]:
    """What the change means for whoever measures, in two lines."""
    if reach is None:
        return
    if reach.distance is None:
        yield Line(f"no bound on the difference: {reach.unbounded}")
        return
    angle = reach.distance.angle
    if reach.shots is None:
        yield Line("the same states: no measurement tells the two apart")
        return
    variation = largest_total_variation(angle)
    fidelity = f"1 - {small(variation**2)}" if variation < _SLIGHT else small(least_fidelity(angle))
    yield Line(f"at most {small(angle)} rad apart: fidelity ≥ {fidelity}, total variation ≤ {small(variation)}")
    shots = counted(reach.shots, "shot") if reach.shots < _MANY else f"{reach.shots:.2e} shots"
    fewer = f"fewer than {shots} cannot tell them apart with {ERROR:.0%} error"
    yield Line(f"estimate of the infidelity {small(reach.distance.estimate)}; {fewer}")


def _exact(exact: Exact | None) -> Iterator[Line]:
    """The distances by simulation, in a line."""
    if exact is None:
        return
    if exact.unexamined:
        yield Line(f"exact distances not examined: {exact.unexamined}", "?")
        return
    told = [] if exact.fidelity is None else [f"fidelity {near_one(exact.fidelity)}"]
    if exact.total_variation is not None and exact.hellinger is not None:
        told += [f"total variation {near_zero(exact.total_variation)}", f"Hellinger {near_zero(exact.hellinger)}"]
        told.append("of the measured bits" if exact.measured else "of all qubits")
    if told:
        yield Line(f"exactly, from zero: {', '.join(told[:-1])} {told[-1]}" if len(told) > 1 else f"exactly: {told[0]}")


def _tags(old: Version, new: Version) -> Iterator[Line]:
    if old.record and new.record and old.record.tags != new.record.tags:
        yield Line(f"tags  {', '.join(old.record.tags) or 'none'} → {', '.join(new.record.tags) or 'none'}", "~")


def _bindings(finding: Finding) -> Iterator[Line]:
    rows = finding.values.bindings if finding.values else None
    if rows and max(rows.old, rows.new) > 1 and (rows.added or rows.removed or rows.changed):
        told = ((rows.added, "added"), (rows.removed, "removed"), (rows.changed, "changed"))
        count = f"{rows.old:,} → {rows.new:,}" if rows.old != rows.new else f"{rows.new:,}"
        yield Line(f"bindings  {count}: {', '.join(f'{number:,} {word}' for number, word in told if number)}", "~")
