"""Global phase: what turns it and nothing else has no place among the operations of a circuit."""

from qops.circuits.arithmetic import combine, to_angle
from qops.model.angle import Angle
from qops.model.circuit import Operation

Operations = tuple[Operation, ...]


def without_phases(operations: Operations, phase: Angle) -> tuple[Operations, Angle]:
    """The operations less those that turn the global phase, and `phase` turned by these."""
    for operation in filter(is_phase, operations):
        (angle,) = operation.angles
        phase = angle if phase == 0.0 else to_angle(combine("+", (phase, angle), 0), 0)
    return tuple([operation for operation in operations if not is_phase(operation)]), phase


def is_phase(operation: Operation) -> bool:
    """Whether it turns the global phase, and does nothing else."""
    return operation.gate == "gphase" and not operation.qubits
