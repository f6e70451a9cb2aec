"""Which standard gate, user's gate or modified gate an instruction of Qiskit's calls."""

import msgspec
from qiskit.circuit import (
    AnnotatedOperation,
    ControlledGate,
    ControlModifier,
    Gate,
    Instruction,
    InverseModifier,
    PowerModifier,
)
from qiskit.circuit import Operation as QiskitOperation
from qiskit.circuit.library import (
    C3XGate,
    C4XGate,
    GlobalPhaseGate,
    PauliEvolutionGate,
    PauliGate,
    get_standard_gate_name_mapping,
)

from qops.circuits import prelude
from qops.interchange.from_qiskit.angles import angles_from_qiskit
from qops.interchange.from_qiskit.carrying import HoldsMoreError, NotCarriedError
from qops.interchange.from_qiskit.gates import GateTable
from qops.model.angle import Angle

_STANDARD = {
    gate.base_class: name
    for name, gate in get_standard_gate_name_mapping().items()
    if isinstance(gate, Gate) and prelude.find(name)
} | {C3XGate: "mcx", C4XGate: "mcx", GlobalPhaseGate: "gphase"}


class Call(msgspec.Struct, frozen=True):
    """A gate by its name here, its angles, and modifiers, outermost first; `users` when it is a user's gate."""

    gate: str
    angles: tuple[Angle, ...]
    modifiers: tuple[str, ...] = ()
    users: bool = False

    def under(self, modifier: str) -> "Call":
        """This call with one more modifier around it."""
        return msgspec.structs.replace(self, modifiers=(modifier, *self.modifiers))


def call_of(operation: QiskitOperation, table: GateTable) -> Call:
    """The call that `operation` is; new definitions go into `table`.

    Raises:
        HoldsMoreError: it is made of operations that cannot all stand in a gate.
        NotCarriedError: it has no exact form here.
    """
    if isinstance(operation, AnnotatedOperation):
        return _annotated(operation, table)
    if not isinstance(operation, Instruction):
        raise NotCarriedError(f"an operation of the class {type(operation).__name__}")
    name = _STANDARD.get(operation.base_class)
    if not isinstance(operation, ControlledGate):
        return Call(name, angles_from_qiskit(operation.params)) if name else _defined(operation, table)
    if name and operation.ctrl_state == 2**operation.num_ctrl_qubits - 1:
        return Call(name, angles_from_qiskit(operation.params))
    if _controls_its_base(operation):
        return _modified(operation.base_gate, table).under(_pattern(operation.num_ctrl_qubits, operation.ctrl_state))
    return _defined(operation, table)


def _annotated(operation: AnnotatedOperation, table: GateTable) -> Call:
    call = _modified(operation.base_op, table)
    for modifier in operation.modifiers:  # the first one is applied first
        match modifier:
            case ControlModifier(num_ctrl_qubits=count, ctrl_state=state):
                call = call.under(_pattern(count, state))
            case InverseModifier():
                call = call.under("inv")
            case PowerModifier(power=power):
                call = call.under(f"pow:{float(power)!r}")
            case _:
                raise NotCarriedError(f"the modifier {modifier}")
    return call


def _modified(base: QiskitOperation, table: GateTable) -> Call:
    """The call inside modifiers, where content that is no gate cannot stand on its own."""
    try:
        return call_of(base, table)
    except HoldsMoreError as problem:
        raise NotCarriedError(str(problem)) from None


def _pattern(count: int, state: int) -> str:
    """Our modifier for a control state; its lowest bit belongs to the first control.

    >>> _pattern(3, 0b110)
    'ctrl:011'
    """
    return "ctrl:" + "".join("1" if state >> place & 1 else "0" for place in range(count))


def _controls_its_base(gate: ControlledGate) -> bool:
    """Whether nothing is lost by saying `ctrl @ base`; `cu` has an angle more than its base, others have ancillas."""
    base = gate.base_gate
    return gate.num_qubits == gate.num_ctrl_qubits + base.num_qubits and len(gate.params) == len(base.params)


def _defined(operation: Instruction, table: GateTable) -> Call:
    kind = type(operation)
    if kind.__module__.startswith("qiskit.") and kind not in (Gate, Instruction, PauliGate):
        if kind is PauliEvolutionGate or not isinstance(operation, Gate):
            # what it does is one thing, the circuit that Qiskit makes for it another
            raise NotCarriedError(f"an operation of the class {kind.__name__}")
        angles_from_qiskit(operation.params)  # neither a matrix nor a state: the circuit is a rounded image of those
    key, angles = table.define(operation)
    return Call(key, angles, users=True)
