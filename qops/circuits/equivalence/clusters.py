"""A cluster: some wires on which two circuits differ so far, and by what.

After both circuits have run up to a point, U' = W U with W the identity but on the wires of open clusters. An
insertion of g makes W into gW, a deletion into Wg†, and an operation that both circuits have into gWg†.
"""

from collections.abc import Sequence

from qops.circuits.equivalence.dense import (
    Matrix,
    applied,
    conjugated,
    extended,
    identity,
    transposed,
    without,
)
from qops.circuits.equivalence.eigenphases import distance

TOLERANCE = 1e-10
"""A wire on which W differs from the identity by no more (in Frobenius norm) is done with. Four times that is added to
the bound: once for W, once for the unitary nearest to what is left, and twice for the eigenphases of that."""
_ROUNDING = 1e-15
"""By how much one product may be wrong, for each row of the matrix: some units of the last place of a double."""


class Cluster:
    """The difference W on `wires`, the lowest bit first; `edits` are the numbers of the steps that made it.

    `patience` counts the operations that both circuits have and that it took in since its last edit, `width` is the
    most wires that an edit needed. `matrix` is W, `core` what it was after the last edit: equal but for its basis.
    `slack` bounds the error of both.
    """

    def __init__(self) -> None:
        self.wires: list[int] = []
        self.edits: list[int] = []
        self.patience = 0
        self.width = 0
        self.matrix: Matrix = identity(1)
        self.core: Matrix = self.matrix
        self.slack = 0.0

    @property
    def closed(self) -> bool:
        """Whether W is the identity up to its phase."""
        return not self.wires

    def distance(self) -> float:
        """At most the operator norm of W - e^{iφ} for the best φ. Operations in common do not change it."""
        return self.slack + (0.0 if self.closed else distance(self.core))

    def join(self, other: "Cluster") -> None:
        """Take in another cluster, on other wires."""
        mine = self.matrix
        self._extend(other.wires)
        self.matrix = applied(other.matrix, range(len(self.wires) - len(other.wires), len(self.wires)), self.matrix)
        self.edits += other.edits
        self.width = max(self.width, other.width, len(self.wires))
        self.patience = max(self.patience, other.patience)
        self.slack += other.slack
        self.core = self.matrix if len(mine) > 1 else other.core

    def insert(self, gate: Matrix, wires: Sequence[int]) -> None:
        """The new circuit alone does a gate."""
        self._act(gate, wires)

    def delete(self, gate: Matrix, wires: Sequence[int]) -> None:
        """The old circuit alone does a gate."""
        self._undo(gate, wires)

    def share(self, gate: Matrix, wires: Sequence[int]) -> None:
        """Both circuits do a gate."""
        self.patience += 1
        self._act(gate, wires)
        self._undo(gate, wires)
        self._trim()

    def settle(self, number: int) -> None:
        """An edit is done with."""
        self.edits.append(number)
        self.patience = 0
        self.width = max(self.width, len(self.wires))
        self._trim()
        self.core = self.matrix

    def _act(self, gate: Matrix, wires: Sequence[int]) -> None:
        self.matrix = applied(gate, self._places(wires), self.matrix)
        self.slack += _ROUNDING * len(self.matrix)

    def _undo(self, gate: Matrix, wires: Sequence[int]) -> None:
        places = self._places(wires)
        self.matrix = transposed(applied(conjugated(gate), places, transposed(self.matrix)))
        self.slack += _ROUNDING * len(self.matrix)

    def _places(self, wires: Sequence[int]) -> list[int]:
        self._extend(wires)
        return [self.wires.index(wire) for wire in wires]

    def _extend(self, wires: Sequence[int]) -> None:
        for wire in wires:
            if wire not in self.wires:
                self.wires.append(wire)
                self.matrix = extended(self.matrix)

    def _trim(self) -> None:
        """Let go of the wires on which W does nothing."""
        for place in range(len(self.wires) - 1, -1, -1):
            matrix, left_out = without(self.matrix, place)
            if left_out <= TOLERANCE:
                self.matrix = matrix
                self.slack += 4 * left_out
                del self.wires[place]
