"""Whether a circuit of another structure does the same, in a line or two."""

import math
from collections.abc import Iterator, Sequence

from qops.circuits import places
from qops.circuits.equivalence.ladder import Answer, Equivalence
from qops.circuits.equivalence.local import Region
from qops.circuits.order import lexicographic
from qops.diff.numbers import near_one, small
from qops.diff.wording import Wording
from qops.model.circuit import Circuit
from qops.model.examination import Check, Sameness
from qops.model.report import Line
from qops.model.wording import counted

_MOST_TOLD = 3


def sentence(found: Equivalence) -> str:
    """What is known, without the places."""
    values = ", for the recorded values" if found.for_values else ""
    match found.answer:
        case Answer.EQUIVALENT:
            return f"equivalent up to global phase{values}: decided by {found.decided_by}{_how(found.regions)}"
        case Answer.DIFFERENT:
            return f"different{values}: decided by {found.decided_by}{_counterexample(found.checks)}{_bound(found)}"
        case Answer.APART:
            return f"{_bound(found).removeprefix(', ')}{values}{_evidence(found.checks)}"
        case Answer.UNDECIDED:
            reasons = dict.fromkeys([found.because, *(check.because for check in found.checks)])
            return f"equivalence not decided: {'; '.join(filter(None, reasons))}{_evidence(found.checks)}"


def lines(found: Equivalence | None, old: Circuit, new: Circuit) -> Iterator[Line]:
    """The sentence, and where the circuits differ; nothing where nothing was decided, nor more asked for."""
    if found is None or (found.answer is Answer.UNDECIDED and not found.checks):
        return
    apart = sorted((region for region in found.regions if not region.same), key=lambda region: -region.distance)
    if not apart or found.answer not in (Answer.APART, Answer.DIFFERENT):
        yield Line(sentence(found))
        return
    yield Line(f"{sentence(found)}, in {len(apart)} of {counted(len(found.regions), 'region')}:")
    where = _Where(old, new)
    for region in apart[:_MOST_TOLD]:
        yield Line(f"  {_at_most(region.distance)}  {where.told(region)}")
    if len(apart) > _MOST_TOLD:
        yield Line(f"  … and {counted(len(apart) - _MOST_TOLD, 'more region')}")


def _bound(found: Equivalence) -> str:
    if found.distance is None:
        return ""
    return f", at most {_at_most(found.distance)} apart (operator norm, up to global phase)"


def _counterexample(checks: Sequence[Check]) -> str:
    """The fidelity of the state on which the circuits differ, where one was found."""
    last = checks[-1] if checks else None
    if last is None or last.fidelity is None:
        return ""
    return f" (fidelity {small(last.fidelity)} on one of them, seed {last.seed})"


def _evidence(checks: Sequence[Check]) -> str:
    """What tried states say where nothing is proven."""
    seen = [check for check in checks if check.sameness is Sameness.SAME and check.states]
    return "".join(
        f"; the same on {counted(check.states, 'random product state')} (fidelity {near_one(check.fidelity or 0.0)}, "
        f"seed {check.seed})"
        for check in seen
    )


def _how(regions: Sequence[Region]) -> str:
    if not regions:
        return ""
    width = counted(max(region.width for region in regions), "qubit")
    each = "each " if len(regions) > 1 else ""
    return f" ({counted(len(regions), 'region')}, {each}the identity on at most {width})"


def _at_most(distance: float) -> str:
    """Three digits, rounded up."""
    if distance <= 0:
        return "0"
    unit = 10.0 ** (math.floor(math.log10(distance)) - 2)
    return f"{math.ceil(distance / unit) * unit:.3g}"


class _Where:
    """Knows the names and lines of two circuits; deletions are told by the old one."""

    def __init__(self, old: Circuit, new: Circuit) -> None:
        self._sides = [(Wording.of(side), places.lines(side), lexicographic(side.operations)) for side in (old, new)]

    def told(self, region: Region) -> str:
        """`rz q[3], line 120`: the first of a region's edits in the new circuit, else in the old one."""
        side, edited = (1, region.new) if region.new else (0, region.old)
        wording, text, operations = self._sides[side]
        first = operations[edited[0]]
        more = len(set(region.old) | set(region.new)) if not region.new or not region.old else len(region.new)
        rest = f" and {counted(more - 1, 'more edit')}" if more > 1 else ""
        which = "" if side else " of the old text"
        return f"{wording.gate(first)} {wording.wires(first)}, line {text.first[edited[0]]}{which}{rest}"
