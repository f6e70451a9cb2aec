"""The ladder: cheap and certain ways first, to say whether two circuits do the same.

Digests, then normal forms, then the localised check. What none of them decides is not decided: an upper bound of the
distance is never taken for a proof that circuits differ. The rungs above, states that are tried and a prover, take
processes of their own; who asks for them adds what they found.
"""

from collections.abc import Sequence
from enum import Enum

import msgspec

from qops.circuits.binding import Values, bind
from qops.circuits.comparison import Comparison, compare
from qops.circuits.equivalence.clusters import TOLERANCE
from qops.circuits.equivalence.gates import Matrices
from qops.circuits.equivalence.local import LocalCheck, Region, Side, Undecided
from qops.circuits.equivalence.merged import Merged
from qops.circuits.equivalence.normal_form import same_normal_form
from qops.circuits.letters import body_identity
from qops.circuits.order import lexicographic
from qops.circuits.rewriting import rewrite
from qops.model.circuit import Circuit
from qops.model.examination import Check

LARGEST = 200_000
"""The most operations, of both circuits together, that are looked at."""
MOST_EDITS = 5_000
"""The most edits that the localised check follows."""


class Answer(Enum):
    """What is known. APART comes with an upper bound, which is no proof that the circuits differ; DIFFERENT is one."""

    EQUIVALENT = "equivalent"
    APART = "apart"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Equivalence(msgspec.Struct, frozen=True):
    """Whether two circuits do the same up to a global phase.

    `decided_by` is `digests`, `normal form`, `local regions`, what a `Check` is `by`, or None. `distance` bounds
    min_φ ‖U - e^{iφ}U'‖, the operator norm; it is None where nothing is known, and rounding alone where the circuits
    are equivalent. `regions` says where they differ; `because`, why they are not decided. `for_values` says that all
    this holds for the values of the parameters that were put in, and perhaps for no others. `checks` are the answers
    of the rungs above, in the order in which they were asked.
    """

    answer: Answer
    decided_by: str | None = None
    distance: float | None = None
    regions: tuple[Region, ...] = ()
    because: str = ""
    for_values: bool = False
    checks: tuple[Check, ...] = ()


def decide_with_values(
    comparison: Comparison, old: Circuit, new: Circuit, before: Values, after: Values
) -> Equivalence:
    """Whether two circuits do the same: for all values of their parameters, or, where that is open, for these.

    Args:
        comparison: what lies between the two.
        old: a circuit.
        new: another one.
        before: values of the old circuit's parameters, in radians.
        after: values of the new circuit's parameters.
    """
    found = decide(comparison, old, new)
    if found.answer is not Answer.UNDECIDED or not (before or after):
        return found
    old, new = bind(old, before), bind(new, after)
    again = decide(compare(old, new), old, new)
    return found if again.answer is Answer.UNDECIDED else msgspec.structs.replace(again, for_values=True)


def decide(comparison: Comparison, old: Circuit, new: Circuit) -> Equivalence:
    """Whether two circuits do the same, for all values of their parameters.

    Args:
        comparison: what lies between the two.
        old: a circuit.
        new: another one.
    """
    size = len(old.operations) + len(new.operations)
    if not _on_the_same_wires(comparison, old, new):
        return _undecided("the qubits or bits are declared differently")
    if old.sealed != new.sealed:
        return _undecided("content that OpenQASM cannot carry changed")
    altered = _altered(comparison, old, new)
    if not comparison.operations and not altered:
        return Equivalence(Answer.EQUIVALENT, "digests", 0.0)
    if size > LARGEST:
        return _undecided(f"too large: {size:,} operations, more than {LARGEST:,}")
    before, after = lexicographic(old.operations), lexicographic(new.operations)
    said = after if comparison.terms.plain else list(rewrite(tuple(after), comparison.terms.inverse().say))
    if not altered and same_normal_form(before, said):
        return Equivalence(Answer.EQUIVALENT, "normal form", 0.0)
    if len(comparison.operations) > MOST_EDITS:
        return _undecided(f"too large: {len(comparison.operations):,} edits, more than {MOST_EDITS:,}")
    merged = Merged(comparison.operations, before, said, altered)
    return _locally(merged, Side(before, Matrices(old.gates).of), Side(after, Matrices(new.gates).of))


def _locally(merged: Merged, old: Side, new: Side) -> Equivalence:
    """The localised check, and where that leaves a distance once more with each change by itself."""
    found, reasons = [], []
    for changes_apart in (False, True):
        try:
            regions = LocalCheck(merged, old, new, changes_apart=changes_apart).regions()
        except Undecided as reason:
            reasons.append(str(reason))
            continue
        found.append(_summed(regions))
        if found[-1].answer is Answer.EQUIVALENT:
            return found[-1]
    if not found:
        return _undecided(reasons[0])
    return min(reversed(found), key=lambda each: round(each.distance or 0.0, 12))


def _summed(regions: Sequence[Region]) -> Equivalence:
    distance = sum(region.distance for region in regions)
    same = all(region.same for region in regions) and distance <= TOLERANCE * max(10, len(regions))
    return Equivalence(Answer.EQUIVALENT if same else Answer.APART, "local regions", distance, tuple(regions))


def _undecided(because: str) -> Equivalence:
    return Equivalence(Answer.UNDECIDED, because=because)


def _on_the_same_wires(comparison: Comparison, old: Circuit, new: Circuit) -> bool:
    """Whether each qubit and each bit has the same number in both, and none is in one alone."""
    terms = comparison.terms
    return all(
        before == after and wires == {wire: wire for wire in range(before)}
        for before, after, wires in (
            (old.qubit_count, new.qubit_count, terms.qubits),
            (old.bit_count, new.bit_count, terms.bits),
        )
    )


def _altered(comparison: Comparison, old: Circuit, new: Circuit) -> frozenset[str]:
    """The old circuit's gates of which the new one has others under their names."""
    return frozenset(
        before
        for before, after in comparison.terms.gates.items()
        if before in old.gates
        and after in new.gates
        and body_identity(old.gates[before], old.gates) != body_identity(new.gates[after], new.gates)
    )
