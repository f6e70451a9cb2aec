"""Standard gates, which are most of any circuit, without asking Qiskit to build an object for each."""

from math import isfinite

from qiskit.circuit import CircuitInstruction, Gate, Parameter
from qiskit.circuit.library import get_standard_gate_name_mapping

from qops.circuits.normal import exchange
from qops.circuits.prelude import STANDARD
from qops.model.angle import Angle, Symbol
from qops.model.circuit import Operation

_SPELLED_ALIKE = frozenset(
    name
    for name, gate in get_standard_gate_name_mapping().items()
    if isinstance(gate, Gate) and name in STANDARD and name != "mcx"
)
_EXCHANGEABLE = frozenset(name for name in _SPELLED_ALIKE if STANDARD[name].exchangeable)


def standard_operation(instruction: CircuitInstruction, qubits: tuple[int, ...]) -> Operation | None:
    """The operation that applies one of Qiskit's standard gates; None where its controls or angles are not plain."""
    gate = instruction.name
    if gate not in _SPELLED_ALIKE:
        return None
    if gate in _EXCHANGEABLE:
        qubits = exchange(gate, qubits)
    numbers = instruction.params
    if not numbers:
        return Operation(gate, qubits)
    if len(numbers) == 1 and type(numbers[0]) is float and isfinite(numbers[0]):
        return Operation(gate, qubits, (numbers[0] + 0.0,))
    angles = tuple([angle for number in numbers if (angle := _angle(number)) is not None])
    return Operation(gate, qubits, angles) if len(angles) == len(numbers) else None


def _angle(number: object) -> Angle | None:
    if type(number) is float:
        return number + 0.0 if isfinite(number) else None
    return Symbol(number.name) if isinstance(number, Parameter) else None
