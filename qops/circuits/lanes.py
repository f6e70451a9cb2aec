"""A circuit's canonical form: for every wire, the operations on it, in order.

Two sequences of operations mean the same circuit up to the exchange of operations without a common wire exactly when,
on every wire, the same operations follow one another [1]_. So the lanes below need no canonical *order*: they are
themselves the canonical form, and they cost one step for each operand.

References:
    [1] R. Cori and D. Perrin, Automates et commutations partielles, RAIRO Informatique théorique 19 (1985) 21-32:
        a trace is determined by its projections onto the cliques of its dependence relation; here, onto the wires.
"""

from collections import defaultdict
from collections.abc import Sequence

from qops.model.circuit import Operation


class Lanes:
    """Positions of operations, wire by wire; barriers stand apart.

    `qubits` and `bits` map a wire to the positions of the operations on it; `barriers` map a qubit to pairs of how
    many operations came before on that wire and the position of the barrier; `wireless` are positions without a wire.
    """

    __slots__ = ("_leading", "barriers", "bits", "operations", "qubits", "wireless")

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        self.qubits: dict[int, list[int]] = {}
        self.bits: dict[int, list[int]] = {}
        self.barriers: dict[int, list[tuple[int, int]]] = {}
        self.wireless: list[int] = []
        self._leading: defaultdict[int, list[int]] = defaultdict(list)  # by the first of the qubits
        qubits, leading = self.qubits, self._leading
        for position, operation in enumerate(operations):
            if operation.gate == "barrier":
                self._barrier(position, operation)
                continue
            for qubit in operation.qubits:
                lane = qubits.get(qubit)
                if lane is None:
                    qubits[qubit] = lane = []
                lane.append(position)
            if operation.qubits:
                leading[operation.qubits[0]].append(position)
            if operation.bits:
                for bit in operation.bits:
                    self.bits.setdefault(bit, []).append(position)
            elif not operation.qubits:
                self.wireless.append(position)

    def _barrier(self, position: int, operation: Operation) -> None:
        for qubit in operation.qubits:
            self.barriers.setdefault(qubit, []).append((len(self.qubits.get(qubit, ())), position))

    def canonical(self) -> list[int]:
        """Every position once, in an order that depends on the circuit alone.

        An operation comes in the lane of its first operand; lanes of qubits come first, each kind in ascending order.
        """
        operations, order = self.operations, list[int]()
        for qubit in sorted(self._leading):
            order += self._leading[qubit]
        for bit in sorted(self.bits):
            lane = self.bits[bit]
            order += [p for p in lane if not operations[p].qubits and operations[p].bits[0] == bit]
        return order + self.wireless
