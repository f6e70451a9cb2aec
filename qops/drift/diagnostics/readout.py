"""How well qubits are read: all in 0, and all in 1, half of the shots each."""

from qops.circuits.clifford.native import native
from qops.drift.diagnostics.device import Device
from qops.model.circuit import Operation
from qops.model.diagnostic import Diagnostic, Question


def ask(diagnostic: Diagnostic, device: Device) -> tuple[Question, ...]:
    """Two circuits: nothing, and X on every qubit."""
    every = [Operation("x", (qubit,)) for qubit in device.qubits]
    return tuple(_question(diagnostic, device, gates, bit) for gates, bit in (([], "0"), (every, "1")))


def _question(diagnostic: Diagnostic, device: Device, gates: list[Operation], bit: str) -> Question:
    operations = native(gates, device.known)
    outcome = bit * len(device.qubits)
    pure = device.purity(operations)
    size = 1 << len(outcome)
    expected = None if pure is None else device.reads(outcome, pure + (1 - pure) / size)
    return device.question(diagnostic, operations, outcome, expected)
