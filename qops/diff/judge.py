"""Judge what kind of change lies between two versions, and whether it is one to stop at. Pure."""

import math
from collections.abc import Iterator, Mapping
from enum import Enum

import msgspec

from qops.circuits.comparison import Comparison, compare
from qops.circuits.edit import Entry, Script
from qops.circuits.equivalence.ladder import Answer, Equivalence, decide_with_values
from qops.circuits.periods import Periods, wrapped
from qops.diff import values
from qops.diff.reach import Reach, measure
from qops.diff.values import Values
from qops.diff.versions import Pair, Version
from qops.model.angle import Angle, rename
from qops.model.change import Change, between
from qops.model.examination import Exact
from qops.model.verdict import Outcome


class Kind(Enum):
    """Kinds of change, from the least to the greatest."""

    NOTHING = "unchanged"
    TEXT = "source text only"
    FRAME = "frame only"
    WITHIN = "parameters within tolerance"
    PARAMETERS = "parameters"
    STRUCTURE = "structure"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def rank(self) -> float:
        """How much changed; of two kinds the greater one has the higher rank."""
        return 2.5 if self is Kind.WITHIN else Change[self.name].rank


class Finding(msgspec.Struct, frozen=True):
    """What was found about one circuit.

    `largest` is the largest difference of an angle or a value, in radians: infinite where something else than numbers
    changed, None where nothing was compared. `comparison` is None where the kind answers by itself, and where, as
    `missing` says, a version is not at hand: `fetch` is the command that brings it. `reach` says how far a change of
    parameters alone can be seen, and `equivalence` whether a change of structure alters what the circuit does. `exact`
    are the distances by simulation, None where none were looked for.
    """

    pair: Pair
    kind: Kind
    comparison: Comparison | None = None
    values: Values | None = None
    largest: float | None = None
    missing: str = ""
    fetch: str = ""
    reach: Reach | None = None
    equivalence: Equivalence | None = None
    exact: Exact | None = None

    @property
    def name(self) -> str:
        """The circuit's name."""
        return self.pair.name


def judge(pair: Pair, tolerance: float, invisible_at: int | None = None) -> Finding:
    """The kind of change between two versions, and its details where there are any.

    Args:
        pair: the versions.
        tolerance: differences up to so many radians do not count as a change of parameters.
        invisible_at: nor do those that no test with so many shots can see.
    """
    old, new = pair.old, pair.new
    if old is None or new is None:
        return Finding(pair, Kind.ADDED if old is None else Kind.REMOVED)
    if old.record is None or new.record is None:
        return _judge_values(pair, old, new, tolerance)
    change = between(old.record, new.record)
    if change.rank < Change.FRAME.rank:
        return Finding(pair, Kind[change.name])
    if old.circuit is None or new.circuit is None:
        absent = old if old.missing else new
        return Finding(pair, Kind[change.name], missing=absent.missing, fetch=absent.fetch)
    comparison = compare(old.circuit, new.circuit, numbers_only=change is not Change.STRUCTURE)
    periods = Periods(new.circuit.gates)
    moved = values.compare(old.parameters, new.parameters, periods.parameters(new.circuit), comparison.terms.parameters)
    largest = max(_largest(comparison, periods), moved.largest if moved else 0.0)
    kind = Kind[change.name]
    reach = measure(old, new) if kind is Kind.PARAMETERS else None
    equivalence = None
    if kind is Kind.STRUCTURE:
        equivalence = decide_with_values(comparison, old.circuit, new.circuit, old.values(), new.values())
    unseen = invisible_at is not None and reach is not None and reach.invisible_at(invisible_at)
    if kind is Kind.PARAMETERS and (largest <= tolerance or unseen):
        kind = Kind.WITHIN
    return Finding(pair, kind, comparison, moved, largest, reach=reach, equivalence=equivalence)


def outcome(finding: Finding, fail_on: Kind, tolerance: float, *, prove: bool = False) -> Outcome:
    """FAIL for a change of the kind `fail_on` or a greater one.

    INCONCLUSIVE where parameters changed by an amount that nobody could look at: it may be within the tolerance.
    With `prove`, a change of structure passes where the circuits are proven equivalent, fails where they are proven
    different, and is INCONCLUSIVE otherwise; values that moved beside it count as ever, unless the proof is about them.
    """
    if finding.kind.rank < fail_on.rank:
        return Outcome.PASS
    if prove and finding.kind is Kind.STRUCTURE:
        return _proven(finding, fail_on, tolerance)
    unknown = finding.missing and finding.kind is Kind.PARAMETERS and fail_on is Kind.PARAMETERS and tolerance > 0
    return Outcome.INCONCLUSIVE if unknown else Outcome.FAIL


def _proven(finding: Finding, fail_on: Kind, tolerance: float) -> Outcome:
    found = finding.equivalence
    if found is None or found.answer not in (Answer.EQUIVALENT, Answer.DIFFERENT):
        return Outcome.INCONCLUSIVE
    moved = finding.values is not None and finding.values.largest > tolerance and not found.for_values
    bad = found.answer is Answer.DIFFERENT or (moved and fail_on.rank <= Kind.PARAMETERS.rank)
    return Outcome.FAIL if bad else Outcome.PASS


class Move(msgspec.Struct, frozen=True):
    """An angle that an edit moves: its place among the operation's angles, before and after.

    `difference` is in radians, the least that the gate's period allows, and None where one of the two is no number.
    """

    place: int
    old: Angle
    new: Angle
    difference: float | None
    period: float | None


def moves(entry: Entry, periods: Periods, renamed: Mapping[str, str]) -> tuple[Move, ...]:
    """The angles that an edit moves, renamed parameters aside."""
    found = []
    for place, old, new in entry.angles:
        if entry.new is not None and rename(old, lambda name: renamed.get(name, name)) != new:
            period = periods.angle(entry.new.operation, place)
            difference = wrapped(new - old, period) if isinstance(old, float) and isinstance(new, float) else None
            found.append(Move(place, old, new, difference, period))
    return tuple(found)


def _judge_values(pair: Pair, old: Version, new: Version, tolerance: float) -> Finding:
    moved = values.compare(old.parameters, new.parameters, {}, {})
    if moved is None or old.parameters == new.parameters:
        return Finding(pair, Kind.NOTHING)
    kind = Kind.WITHIN if moved.largest <= tolerance else Kind.PARAMETERS
    return Finding(pair, kind, values=moved, largest=moved.largest)


def _largest(comparison: Comparison, periods: Periods) -> float:
    """The largest difference of an angle; infinite where an operation came or went, barriers aside."""
    renamed = comparison.terms.parameters
    return max((size for script in comparison.scripts for size in _sizes(script, periods, renamed)), default=0.0)


def _sizes(script: Script, periods: Periods, renamed: Mapping[str, str]) -> Iterator[float]:
    for entry in script:
        if entry.old is None or entry.new is None:
            placed = entry.old or entry.new
            yield 0.0 if placed is not None and placed.operation.gate == "barrier" else math.inf
            continue
        for inside in entry.inside:
            yield from _sizes(inside, periods, renamed)
        if entry.heads and not entry.angles:
            yield math.inf
        for move in moves(entry, periods, renamed):
            yield math.inf if move.difference is None else abs(move.difference)
