"""The states that one circuit makes of many rows of parameter values, all rows at once."""

from collections.abc import Mapping

import numpy as np

from qops.circuits.equivalence.gates import Matrices
from qops.circuits.measurements import final_measurements
from qops.circuits.simulation.evolution import NotSimulated
from qops.circuits.simulation.state import Array, Reals
from qops.model.angle import symbols
from qops.model.circuit import Circuit, Operation

_LEFT_OUT = {"barrier", "delay"}


def states(circuit: Circuit, values: Mapping[str, Reals], rows: int) -> Array:
    """The state of each row, (rows, 2^q) amplitudes, qubit 0 the lowest bit; measurements at the end are left out.

    Args:
        circuit: gates alone, but for measurements at the end.
        values: `rows` numbers for every parameter, in radians.
        rows: how many.

    Raises:
        NotSimulated: a measurement or reset comes before the end, or a gate has no matrix.
    """
    by_row = [
        Matrices(circuit.gates, {name: float(column[row]) for name, column in values.items()}) for row in range(rows)
    ]
    waiting = final_measurements(circuit).keys()
    found = np.zeros((rows, 1 << circuit.qubit_count), complex)
    found[:, 0] = 1
    for operation in circuit.operations:
        final = operation.gate == "measure" and waiting >= set(operation.bits)
        if not final and operation.gate not in _LEFT_OUT:
            found = _after(found, _matrices(operation, by_row), operation.qubits)
    return found


def _matrices(operation: Operation, by_row: list[Matrices]) -> Array:
    """One matrix for each row, or one for all where no angle depends on the row."""
    varies = any(True for angle in operation.angles for _ in symbols(angle))
    found = [matrices.of(operation) for matrices in (by_row if varies else by_row[:1])]
    if any(matrix is None for matrix in found):
        raise NotSimulated(f"`{operation.gate}` on {len(operation.qubits)} qubits is no gate with a matrix of numbers")
    return np.array(found, complex)


def _after(states_before: Array, matrices: Array, qubits: tuple[int, ...]) -> Array:
    rows, size = states_before.shape
    width = size.bit_length() - 1
    front = [width - qubit for qubit in reversed(qubits)]
    rest = [axis for axis in range(1, width + 1) if axis not in front]
    order = [0, *front, *rest]
    facing = states_before.reshape(rows, *(2,) * width).transpose(order).reshape(rows, 1 << len(qubits), -1)
    product = (matrices @ facing).reshape(rows, *(2,) * width)
    return np.ascontiguousarray(product.transpose(np.argsort(order))).reshape(rows, size)
