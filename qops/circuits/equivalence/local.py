"""The localised check: where two circuits differ, and at most by how much in operator norm.

Both circuits are run together, gate by gate. At an edit a cluster opens; operations that both have and that touch it
are taken in, until the difference is the identity up to a phase: then the edits cancel, and the cluster closes. One
that grows too wide, or meets an operation without a matrix (a measurement, say), is closed with its distance. By the
triangle inequality, and because unitaries preserve the norm, min_φ ‖U - e^{iφ}U'‖ ≤ Σ of the clusters' distances. The
bound holds with measurements and feed-forward as well, taken as the isometries that they are with their record.
"""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from qops.circuits.equivalence.clusters import Cluster
from qops.circuits.equivalence.dense import Matrix
from qops.circuits.equivalence.gates import WIDEST
from qops.circuits.equivalence.merged import Merged, Step
from qops.model.circuit import Operation

PATIENCE = 64
"""How many operations in common a cluster takes in after its last edit, before it is closed with its distance."""
WORK = 3_000_000
"""How many products of numbers may be spent on operations in common; after that clusters close at once."""
NOTHING_SAID = 2.0
"""No two unitaries are further apart, so a larger bound says nothing."""

MatrixOf = Callable[[Operation], Matrix | None]


class Undecided(Exception):
    """There is no bound; the message says why."""


class Region(msgspec.Struct, frozen=True):
    """Edits that belong together, and what they amount to.

    `old` and `new` are the places of the edited operations in canonical order, `qubits` their qubits, `width` the most
    qubits that had to be looked at together. `distance` bounds the operator norm of the difference up to a global
    phase; `same` says that it is rounding and no more.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    qubits: tuple[int, ...]
    width: int
    distance: float
    same: bool


class Side(msgspec.Struct, frozen=True):
    """One circuit: its operations in canonical order, and what their matrices are."""

    operations: Sequence[Operation]
    matrix: MatrixOf


class LocalCheck:
    """One run through two circuits.

    Args:
        merged: the two circuits as one graph.
        old: the old circuit.
        new: the new one, on the same wires.
        changes_apart: an operation of which only numbers changed is a region of its own, with its own distance: a
            sharper place, and a less sharp distance where changes make up for one another.
    """

    def __init__(self, merged: Merged, old: Side, new: Side, *, changes_apart: bool) -> None:
        self._steps = merged.steps
        self._followers = merged.followers
        self._waiting = list(merged.waiting)
        self._old, self._new = old, new
        self._apart = changes_apart
        self._edits_left = sum(step.edited for step in merged.steps)
        self._open: dict[int, Cluster] = {}
        self._edits: list[int] = []
        self._free: list[int] = []
        self._held: list[int] = []
        self._work = WORK
        self._bound = 0.0
        self._regions: list[Region] = []

    def regions(self) -> tuple[Region, ...]:
        """All regions, in the order of their texts.

        Raises:
            Undecided: an edit has no matrix, or the distances add up to nothing said.
        """
        self._release(number for number, waiting in enumerate(self._waiting) if not waiting)
        while self._edits_left:
            if self._edits:
                self._edit(self._edits.pop())
            elif self._free:
                self._pass(self._free.pop())
            elif self._held:
                self._take_in()
            else:
                raise Undecided("the orders of the two circuits cannot be brought together")
        self._close(self._open.values())
        return tuple(sorted(self._regions, key=lambda region: (min(region.new, default=0), min(region.old, default=0))))

    def _release(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            (self._edits if self._steps[number].edited else self._free).append(number)

    def _done(self, number: int) -> None:
        for follower in self._followers[number]:
            self._waiting[follower] -= 1
            if not self._waiting[follower]:
                (self._edits if self._steps[follower].edited else self._free).append(follower)

    def _operation(self, step: Step) -> Operation:
        return self._new.operations[step.new or 0] if step.old is None else self._old.operations[step.old]

    def _touched(self, wires: Iterable[int]) -> list[Cluster]:
        return list({id(found): found for wire in wires if (found := self._open.get(wire))}.values())

    def _pass(self, number: int) -> None:
        """An operation in common: on to the next where it touches no cluster."""
        wires = self._operation(self._steps[number]).qubits
        if self._open and not self._open.keys().isdisjoint(wires):
            self._held.append(number)
        else:
            self._done(number)

    def _take_in(self) -> None:
        """All is held up: take in the operation that needs the fewest wires, or close what is in its way."""
        widths = {number: len(self._union(self._operation(self._steps[number]).qubits)) for number in self._held}
        number = min(widths, key=lambda number: widths[number])
        operation = self._operation(self._steps[number])
        touched = self._touched(operation.qubits)
        gate = self._old.matrix(operation)
        impatient = self._work < 0 or max(cluster.patience for cluster in touched) >= PATIENCE
        if gate is None or impatient:
            self._close(touched)
        elif widths[number] > WIDEST:
            self._close([max(touched, key=lambda cluster: len(cluster.wires))])
        else:
            cluster = self._joined(touched)
            self._work -= 2 * len(gate) << 2 * widths[number]
            cluster.share(gate, operation.qubits)
            self._held.remove(number)
            self._reopen(cluster)
            self._done(number)
        self._free += self._held
        self._held = []

    def _union(self, wires: Sequence[int]) -> set[int]:
        return set(wires).union(*(cluster.wires for cluster in self._touched(wires)))

    def _joined(self, clusters: Sequence[Cluster]) -> Cluster:
        """One cluster in place of several, taken out of the open ones for as long as it changes."""
        whole = Cluster()
        for cluster in clusters:
            whole.join(cluster)
            for wire in cluster.wires:
                del self._open[wire]
        return whole

    def _reopen(self, cluster: Cluster) -> None:
        if cluster.closed:
            self._finish(cluster)
        else:
            self._open |= dict.fromkeys(cluster.wires, cluster)

    def _close(self, clusters: Iterable[Cluster]) -> None:
        for cluster in list({id(cluster): cluster for cluster in clusters}.values()):
            self._finish(cluster)
            for wire in cluster.wires:
                del self._open[wire]

    def _edit(self, number: int) -> None:
        step = self._steps[number]
        before = None if step.old is None else self._old.operations[step.old]
        after = None if step.new is None else self._new.operations[step.new]
        gates = [(side.matrix(o), o) for side, o in ((self._old, before), (self._new, after)) if o is not None]
        for gate, operation in gates:
            if gate is None:
                raise Undecided(_no_matrix(operation))
        self._edits_left -= 1
        wires = self._operation(step).qubits
        if self._apart and before is not None and after is not None:
            self._finish(self._edited(Cluster(), number, before, after))
            self._free.append(number)
            return
        while len(self._union(wires)) > WIDEST:
            self._close([max(self._touched(wires), key=lambda cluster: len(cluster.wires))])
        self._reopen(self._edited(self._joined(self._touched(wires)), number, before, after))
        self._free += self._held
        self._held = []
        self._done(number)

    def _edited(self, cluster: Cluster, number: int, old: Operation | None, new: Operation | None) -> Cluster:
        if old is not None and (gate := self._old.matrix(old)) is not None:
            cluster.delete(gate, old.qubits)
        if new is not None and (gate := self._new.matrix(new)) is not None:
            cluster.insert(gate, new.qubits)
        cluster.settle(number)
        return cluster

    def _finish(self, cluster: Cluster) -> None:
        steps = [self._steps[number] for number in cluster.edits]
        region = Region(
            old=tuple(sorted(step.old for step in steps if step.old is not None)),
            new=tuple(sorted(step.new for step in steps if step.new is not None)),
            qubits=tuple(sorted({qubit for step in steps for qubit in self._operation(step).qubits})),
            width=cluster.width,
            distance=cluster.distance(),
            same=cluster.closed,
        )
        self._regions.append(region)
        self._bound += region.distance
        if self._bound >= NOTHING_SAID:
            raise Undecided("the distances of its edits add up to 2 or more, which any two circuits keep")


def _no_matrix(operation: Operation) -> str:
    if operation.bits or operation.detail is not None or operation.gate in ("reset", "delay", "break", "continue"):
        return f"an edit touches `{operation.gate}`, which is no unitary gate"
    if len(operation.qubits) > WIDEST:
        return f"an edit touches `{operation.gate}` on {len(operation.qubits)} qubits, more than {WIDEST}"
    if not all(isinstance(angle, float) for angle in operation.angles):
        return f"an edit touches `{operation.gate}` with an angle that has no value"
    return f"an edit touches `{operation.gate}`, whose matrix is not known"
