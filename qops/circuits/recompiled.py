"""One circuit, compiled by the same compiler for two calibrations of a device: what moved, and what that was worth.

The change of the estimated success (its logarithm) splits exactly in two: what the calibration did to the circuit as it
was compiled before (`drift`), and what compiling anew made of the new calibration (`choice`). `drift` is a sum over the
places that the old circuit used, so that each has its share: those are the causes.
"""

from collections import Counter
from math import fsum, log1p

import msgspec

from qops.circuits.success import Costs, NotPlacedError, Spot, costs, steps
from qops.model.circuit import Circuit
from qops.model.matrix import Compiled
from qops.model.target import Target


class Side(msgspec.Struct, frozen=True):
    """A compilation: its record, the circuit on physical qubits, and the target that it was compiled for."""

    compiled: Compiled
    circuit: Circuit
    target: Target


class Moved(msgspec.Struct, frozen=True):
    """A virtual qubit of the source that begins somewhere else."""

    virtual: int
    before: int
    after: int


class Cause(msgspec.Struct, frozen=True):
    """A place that the old circuit used so many times, its errors, and its share in `drift`.

    An error is None where the gate is gone. `share` is None where the place became faulty, stopped being so, or is
    gone: no number is right.
    """

    gate: str
    qubits: tuple[int, ...]
    uses: int
    before: float
    after: float | None
    share: float | None


class Recompiled(msgspec.Struct, frozen=True):
    """What a new calibration changed in a compilation.

    `before` and `after` are the logarithms of estimated success, each circuit on its own target; `after - before` is
    `drift + choice`, unless a place of the old circuit failed, for which both are None. `causes` are sorted by the size
    of their share, failures first; `left` and `taken` are physical qubits that the circuit no longer uses, or does now.
    """

    same: bool
    moved: tuple[Moved, ...]
    left: tuple[int, ...]
    taken: tuple[int, ...]
    before: float
    after: float
    drift: float | None
    choice: float | None
    causes: tuple[Cause, ...]


def compare(old: Side, new: Side) -> Recompiled:
    """What changed between two compilations of one circuit.

    Raises:
        NotPlacedError: a circuit does not fit the target that it is said to be compiled for.
    """
    then, now = costs(old.target), costs(new.target)
    causes = tuple(sorted(_causes(_uses(old.circuit, then), then, now), key=_order))
    before, after = _total(_uses(old.circuit, then), then), _total(_uses(new.circuit, now), now)
    shares = [cause.share for cause in causes]
    drift = None if None in shares else fsum(share for share in shares if share is not None)
    used, using = (_qubits(side.circuit) for side in (old, new))
    return Recompiled(
        same=old.compiled.digest == new.compiled.digest,
        moved=_moved(old.compiled.initial_layout, new.compiled.initial_layout),
        left=tuple(sorted(used - using)),
        taken=tuple(sorted(using - used)),
        before=before,
        after=after,
        drift=drift,
        choice=None if drift is None else after - before - drift,
        causes=tuple(cause for cause in causes if cause.share != 0.0),
    )


Uses = Counter[tuple[Spot, tuple[float, ...]]]


def _uses(circuit: Circuit, known: Costs) -> Uses:
    """How often each place is used, with the angles where they decide about the cost."""
    uses: Uses = Counter()
    for step in steps(circuit):
        known.of(step)  # whoever is not at home on the target is refused, modified gates too
        uses[(step.gate, step.qubits), known.key(step)] += 1
    return uses


def _total(uses: Uses, known: Costs) -> float:
    errors = ((known.at(*use).error or 0.0, times) for use, times in uses.items())
    return fsum(times * log1p(-error) for error, times in errors if error < 1)


def _causes(uses: Uses, then: Costs, now: Costs) -> list[Cause]:
    merged: dict[Spot, list[Cause]] = {}
    for (spot, angles), times in uses.items():
        before = then.at(spot, angles).error or 0.0
        try:
            after = now.at(spot, angles).error or 0.0
        except NotPlacedError:
            merged.setdefault(spot, []).append(Cause(*spot, times, before, None, None))
            continue
        failed = before >= 1 or after >= 1
        share = (0.0 if before == after else None) if failed else times * (log1p(-after) - log1p(-before))
        merged.setdefault(spot, []).append(Cause(*spot, times, before, after, share))
    return [cause for found in merged.values() for cause in found]


def _order(cause: Cause) -> tuple[bool, float, str, tuple[int, ...]]:
    return (cause.share is not None, -abs(cause.share or 0.0), cause.gate, cause.qubits)


def _moved(before: tuple[int, ...], after: tuple[int, ...]) -> tuple[Moved, ...]:
    pairs = enumerate(zip(before, after, strict=True))
    return tuple(Moved(virtual, old, new) for virtual, (old, new) in pairs if old != new)


def _qubits(circuit: Circuit) -> set[int]:
    return {qubit for step in steps(circuit) for qubit in step.qubits}
