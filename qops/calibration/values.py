"""The parameters of a calibration by what they are and where."""

from typing import NamedTuple

from qops.model.calibration import Calibration


class Parameter(NamedTuple):
    """A parameter: its kind, the gate (empty for a qubit's own), and the qubits."""

    kind: str
    gate: str
    qubits: tuple[int, ...]

    def __str__(self) -> str:
        """`cz 3-5 two-qubit error`, as reports call it."""
        place = "-".join(map(str, self.qubits))
        return f"{self.gate} {place}" if self.gate else f"qubit {place}"


def values(calibration: Calibration) -> dict[Parameter, float]:
    """Every error and time that was measured; durations apart."""
    found: dict[Parameter, float | None] = {}
    for qubit, quality in enumerate(calibration.qubits):
        found[Parameter("T1", "", (qubit,))] = quality.t1_s
        found[Parameter("T2", "", (qubit,))] = quality.t2_s
        found[Parameter("readout error", "", (qubit,))] = quality.readout_error
    for gate in calibration.gates:
        kind = {1: "one-qubit error", 2: "two-qubit error"}.get(len(gate.qubits), "error")
        found[Parameter(kind, gate.gate, gate.qubits)] = gate.error
    return {parameter: value for parameter, value in found.items() if value is not None}


def durations(calibration: Calibration) -> dict[Parameter, float]:
    """How long gates take, in seconds."""
    known = [gate for gate in calibration.gates if gate.duration_s is not None]
    return {Parameter("duration", gate.gate, gate.qubits): gate.duration_s or 0.0 for gate in known}
