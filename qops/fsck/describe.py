"""Describe an examination as a `Report`. Pure."""

from collections.abc import Iterator, Sequence

import msgspec

from qops.fsck.findings import MISSING, Examination, Finding, Healing, Subject
from qops.fsck.versions import pointer_of
from qops.model.report import Cell, Line, Report, Section
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.recorded.repository import LOCK

_FEW = 3
_MOST_UNEXAMINED = 10


def report(found: Examination, healing: Healing | None = None) -> Report:
    """A section for each subject with findings, a verdict for each subject."""
    by_subject = {subject: [f for f in found.findings if f.subject is subject] for subject in Subject}
    sections = [_section(subject, findings) for subject, findings in by_subject.items() if findings]
    judged = [subject for subject in Subject if subject in found.subjects or by_subject[subject]]
    return Report(
        command="fsck",
        title="Store",
        facts=_facts(found),
        sections=(*sections, *(_healing(healing) if healing else ())),
        verdicts=tuple(_verdict(found, subject, by_subject[subject]) for subject in judged),
        summary=_summary(found, healing),
        data={
            "versions": [label for version in found.versions for label in version.labels],
            "objects": found.objects,
            "bytes": found.size,
            "copies": found.copies,
            "circuits": found.circuits,
            "findings": [msgspec.to_builtins(finding) for finding in found.findings],
            "healed": msgspec.to_builtins(healing.healed) if healing else [],
        },
    )


def few(names: Sequence[str]) -> str:
    """The first of many names.

    >>> few(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    more = f" and {len(names) - _FEW:,} more" if len(names) > _FEW else ""
    return ", ".join(names[:_FEW]) + more


def _facts(found: Examination) -> tuple[tuple[str, Cell], ...]:
    labels = [label for version in found.versions for label in version.labels]
    return (
        ("versions", few(labels) or "none that can be read"),
        ("hashed", f"{counted(found.objects, 'object')}, {counted(found.size, 'byte')}"),
    )


def _section(subject: Subject, findings: Sequence[Finding]) -> Section:
    proven = [finding for finding in findings if finding.proven]
    doubtful = [finding for finding in findings if not finding.proven]
    shown = [*proven, *doubtful[:_MOST_UNEXAMINED]]
    lines = [line for finding in shown for line in _lines(finding, hints=not _common_hint(findings))]
    if len(doubtful) > _MOST_UNEXAMINED:
        lines.append(Line(f"and {len(doubtful) - _MOST_UNEXAMINED:,} more, all of them with `--json`", "?"))
    return Section(subject.value, tuple(lines))


def _lines(finding: Finding, *, hints: bool) -> Iterator[Line]:
    yield Line(f"{finding.place}: {finding.cause}", "~" if finding.proven else "?")
    if finding.expected and finding.found:
        yield Line(f"  MD5 {finding.found}, recorded is {finding.expected}")
    whose = [few(finding.circuits)] if finding.circuits else []
    if finding.labels:
        whose.append(few(finding.labels))
    if whose:
        yield Line(f"  needed by {', '.join(whose)}" if len(whose) < 2 else f"  needed by {whose[0]} ({whose[1]})")
    if finding.good:
        yield Line(f"  good: {few(finding.good)}")
    if finding.perhaps:
        yield Line(f"  perhaps good: {few(finding.perhaps)}")
    if hints and finding.hint:
        yield Line(f"  hint: {finding.hint}")


def _common_hint(findings: Sequence[Finding]) -> str:
    """The hint of all of them, if that is one."""
    hints = {finding.hint for finding in findings}
    return hints.pop() if len(hints) == 1 else ""


def _verdict(found: Examination, subject: Subject, findings: Sequence[Finding]) -> Verdict:
    if not findings:
        return _passed(found, subject)
    outcome = Outcome.FAIL if any(finding.proven for finding in findings) else Outcome.INCONCLUSIVE
    evidence: dict[str, object] = {"findings": [finding.place for finding in findings]}
    return Verdict(
        subject.value, outcome, _because(found, subject, findings), evidence=evidence, hint=_common_hint(findings)
    )


def _because(found: Examination, subject: Subject, findings: Sequence[Finding]) -> str:
    first = findings[0]
    if len(findings) == 1:
        return f"{first.place}: {first.cause}"
    if subject is Subject.OBJECTS:
        missing = sum(finding.cause == MISSING for finding in findings)
        damaged = len(findings) - missing
        told = [f"{number:,} {what}" for number, what in ((damaged, "damaged"), (missing, "missing")) if number]
        return f"{' and '.join(told)}, of {counted(found.objects, 'object')}"
    return f"{counted(len(findings), 'finding')}, the first {first.place}: {first.cause}"


def _passed(found: Examination, subject: Subject) -> Verdict:
    if not found.subjects[subject]:
        return Verdict(subject.value, Outcome.INCONCLUSIVE, "not examined: the lock or the pointer cannot be read")
    circuits = counted(len(found.versions[0].snapshot.circuits), "circuit")
    because = {
        Subject.LOCK: f"{LOCK} is as git holds it, {circuits}",
        Subject.POINTER: f"{pointer_of(found.versions[0].store)} lists what {LOCK} records",
        Subject.OBJECTS: f"{counted(found.objects, 'object')} with the MD5 that names it",
        Subject.WORK_TREE: f"{counted(found.copies, 'file')} as recorded",
        Subject.CIRCUITS: f"{counted(found.circuits, 'circuit')} read, with the digests that were recorded",
        Subject.HISTORY: f"{counted(len(found.versions), 'distinct version')} readable",
    }
    return Verdict(subject.value, Outcome.PASS, because[subject])


def _healing(healing: Healing) -> Iterator[Section]:
    lines = [Line(f"{each.place} from {each.origin}", "+") for each in healing.healed]
    asides = [each.aside for each in healing.healed if each.aside]
    if asides:
        lines.append(Line(f"what was in {'its place' if len(asides) == 1 else 'their places'} is in {few(asides)}"))
    lines += [Line(complaint, "?") for complaint in healing.complaints]
    if lines:
        yield Section("healed", tuple(lines))


def _summary(found: Examination, healing: Healing | None) -> str:
    healed = f"{counted(len(healing.healed), 'object')} healed; " if healing and healing.healed else ""
    proven = sum(finding.proven for finding in found.findings)
    doubtful = len(found.findings) - proven
    if proven:
        return f"{healed}{counted(proven, 'finding')}"
    return f"{healed}not everything could be examined" if doubtful else f"{healed}everything is as it was recorded"
