"""Whether test points leave an application alone: by the structure of the circuit, and by its states.

If every inserted operation acts on one watch qubit and new bits alone, and a watch qubit is never touched by the
application, or is reset before its first operation, or was measured for the last time, then what happens to all other
qubits is a factor of its own: the application's state and record are those of the circuit without the points, under any
noise that acts on each operation's own qubits. That is checked operation by operation. Where few enough qubits are in
use, the density matrices of the application are compared as well, record by record, by the product's own simulator.
"""

from collections.abc import Sequence

import msgspec
import numpy as np

from qops.circuits.measurements import final_measurements
from qops.circuits.order import wires
from qops.circuits.simulation.evolution import Course, NotSimulated, run
from qops.circuits.simulation.state import Array, State
from qops.model.circuit import Circuit, Operation

TOLERANCE = 1e-12
MOST_QUBITS = 9
"""The most qubits of an application whose density matrices are compared."""


class Proof(msgspec.Struct, frozen=True):
    """What was found: `objections` to the structure; the greatest difference of two entries of a density matrix.

    `difference` is None where no state was looked at, and `because` says why.
    """

    objections: tuple[str, ...]
    difference: float | None
    because: str = ""

    @property
    def holds(self) -> bool:
        """Whether the application is left alone."""
        return not self.objections and (self.difference is None or self.difference <= TOLERANCE)


def prove(plain: Circuit, watched: Circuit) -> Proof:
    """Compare a circuit with the same and test points; bits of `watched` beyond those of `plain` are the points'."""
    objections = tuple(_objections(plain, watched))
    spent = _spent(plain, watched)
    qubits = sorted({qubit for each in plain.operations for qubit in each.qubits} - spent)
    if len(qubits) > MOST_QUBITS:
        return Proof(objections, None, f"{len(qubits)} qubits are too many for density matrices")
    try:
        return Proof(objections, difference(plain, watched, qubits))
    except NotSimulated as reason:
        return Proof(objections, None, str(reason))


def _objections(plain: Circuit, watched: Circuit) -> list[str]:
    """All that is against the structure."""
    found = []
    own, inserted = _apart(plain, watched)
    if own is None:
        return ["the operations of the application are not those of the circuit"]
    used = {wire for operation in plain.operations for wire in wires(operation)}
    for place, operation in inserted:
        if len(operation.qubits) != 1 or operation.blocks():
            found.append(f"`{operation.gate}` at {list(operation.qubits)} is inserted and is not on one qubit")
        elif any(bit < plain.bit_count for bit in operation.bits):
            found.append(f"`{operation.gate}` at {list(operation.qubits)} writes a bit of the application")
        elif operation.qubits[0] in used and not _is_idle(watched.operations, own, place):
            found.append(f"`{operation.gate}` at {list(operation.qubits)} is while the application holds the qubit")
    return found


def _apart(plain: Circuit, watched: Circuit) -> tuple[set[int] | None, list[tuple[int, Operation]]]:
    """The places of the application's operations, None where some are missing, and the operations that are inserted.

    The application's are found in their order, the last of them last, so that a chain in front stays a chain.
    """
    left = list(plain.operations)
    own: set[int] = set()
    inserted = []
    for place in range(len(watched.operations) - 1, -1, -1):
        operation = watched.operations[place]
        if left and operation == left[-1]:
            own.add(place)
            left.pop()
        else:
            inserted.append((place, operation))
    return (None if left else own), inserted[::-1]


def _is_idle(operations: Sequence[Operation], own: set[int], place: int) -> bool:
    """Whether the application has not begun with the qubit and gets it back reset, or has measured it at last."""
    (qubit,) = operations[place].qubits
    on_wire = [index for index, each in enumerate(operations) if qubit in each.qubits]
    theirs = [index for index in on_wire if index in own]
    if place > theirs[-1]:
        return operations[theirs[-1]].gate == "measure"
    before = on_wire[on_wire.index(theirs[0]) - 1]
    return place < theirs[0] and operations[before].gate == "reset"


def _spent(plain: Circuit, watched: Circuit) -> set[int]:
    """The qubits whose state after the last measurement is no longer the application's."""
    own, inserted = _apart(plain, watched)
    last = {qubit: place for place in sorted(own or ()) for qubit in watched.operations[place].qubits}
    return {
        qubit
        for place, operation in inserted
        for qubit in operation.qubits
        if qubit in last and place > last[qubit] and watched.operations[last[qubit]].gate == "measure"
    }


def difference(plain: Circuit, watched: Circuit, qubits: Sequence[int]) -> float:
    """The greatest difference of two entries of the density matrices of `qubits`, record by record of plain's bits.

    Final measurements of these qubits are not made: the state before says more.

    Raises:
        NotSimulated: there are too many courses, or an operation has no known effect.
    """
    waiting = {bit for bit, qubit in final_measurements(plain).items() if qubit in qubits}
    old, new = (_densities(circuit, qubits, plain.bit_count, waiting) for circuit in (plain, watched))
    return max(
        (float(np.abs(old.get(record, 0) - new.get(record, 0)).max()) for record in {*old, *new}),
        default=0.0,
    )


def _densities(circuit: Circuit, qubits: Sequence[int], bits: int, waiting: set[int]) -> dict[tuple[int, ...], Array]:
    """By record of the first bits, the density matrix of the qubits times the record's probability."""
    active = sorted({qubit for each in circuit.operations for qubit in each.qubits} | set(qubits))
    place = {qubit: number for number, qubit in enumerate(active)}
    operations = tuple(
        msgspec.structs.replace(each, qubits=tuple(place[qubit] for qubit in each.qubits))
        for each in circuit.operations
        if each.gate not in {"barrier", "delay"}
    )
    (register,) = circuit.qubits
    small = msgspec.structs.replace(
        circuit, qubits=(msgspec.structs.replace(register, size=len(active)),), operations=operations
    )
    zero = np.array([1, 0], complex)
    found: dict[tuple[int, ...], Array] = {}
    for course in run(small, State.of([zero] * len(active)), waiting):
        density = _reduced(course, [place[qubit] for qubit in qubits])
        record = course.bits[:bits]
        found[record] = found[record] + density if record in found else density
    return found


def _reduced(course: Course, qubits: Sequence[int]) -> Array:
    facing = course.state.facing(qubits)
    return (facing @ facing.conj().T).astype(complex, copy=False)
