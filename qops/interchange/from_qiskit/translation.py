"""Instructions of Qiskit's to operations."""

from collections.abc import Callable

import msgspec
from qiskit.circuit import (
    Barrier,
    BreakLoopOp,
    ContinueLoopOp,
    ControlFlowOp,
    Delay,
    Measure,
    QuantumCircuit,
    Qubit,
    Reset,
)
from qiskit.circuit import Operation as QiskitOperation

from qops.circuits import normal
from qops.circuits.scanner import Fault
from qops.errors import InputError
from qops.interchange.from_qiskit.angles import angle_from_qiskit
from qops.interchange.from_qiskit.calls import call_of
from qops.interchange.from_qiskit.carrying import HoldsMoreError, NotCarriedError
from qops.interchange.from_qiskit.content import Content
from qops.interchange.from_qiskit.control import control_flow
from qops.interchange.from_qiskit.gates import GateTable
from qops.interchange.from_qiskit.names import LoopNames
from qops.interchange.from_qiskit.phases import is_phase, without_phases
from qops.interchange.from_qiskit.scope import Scope, Wires
from qops.interchange.from_qiskit.standard import standard_operation
from qops.model import circuit as model
from qops.model.angle import Angle
from qops.model.circuit import Circuit, Operation, Register, Sealed
from qops.model.digest import to_hex

Operations = tuple[Operation, ...]
_UNITS = frozenset({"ns", "us", "ms", "s", "dt"})


class Translation:
    """One circuit on its way. `reasons` collects what its text will not carry, in words."""

    def __init__(self, circuit: QuantumCircuit) -> None:
        self.gates = GateTable(lambda body: self._nested(body, Scope.of(body)))
        self.reasons: dict[str, None] = {}
        self._every_wire = tuple(range(circuit.num_qubits)), tuple(range(circuit.num_clbits))
        self._variables: dict[object, int] = {}
        self._loops = LoopNames()
        self._turned = False  # whether an operation turns the global phase and nothing else

    def whole(self, circuit: QuantumCircuit) -> tuple[Operations, Angle]:
        """The operations of `circuit`, on wires numbered from zero, and its global phase."""
        operations, phase = self._operations(circuit, Scope.of(circuit)), angle_from_qiskit(circuit.global_phase)
        return without_phases(operations, phase) if self._turned else (operations, phase)

    def _operations(self, circuit: QuantumCircuit, scope: Scope) -> Operations:
        found: list[Operation] = []
        known: dict[object, Operation] = {}  # compiled circuits say the same again and again
        places: dict[tuple[Qubit, ...], Wires] = {}
        for instruction in circuit.data:
            key = None
            where = instruction.qubits
            if instruction.is_standard_gate():
                key = (instruction.name, where, *instruction.params)
                if (again := known.get(key)) is not None:
                    found.append(again)
                    continue
            if (qubits := places.get(where)) is None:
                qubits = places[where] = tuple([scope.qubits[qubit] for qubit in where])
            plain = standard_operation(instruction, qubits) if key else None
            if plain is None:
                bits = tuple([scope.bits[bit] for bit in instruction.clbits])
                others = self._instruction(instruction.operation, qubits, bits, scope)
                self._turned = self._turned or any(map(is_phase, others))
                found += others
            else:
                known[key] = plain
                found.append(plain)
        return tuple(found)

    def _nested(self, circuit: QuantumCircuit, scope: Scope) -> Operations:
        """The operations of a block or definition, its global phase made one of them."""
        phase = angle_from_qiskit(circuit.global_phase)
        first = () if phase == 0.0 else (Operation("gphase", (), (phase,)),)
        return first + self._operations(circuit, scope)

    def _instruction(self, operation: QiskitOperation, qubits: Wires, bits: Wires, scope: Scope) -> Operations:
        _refuse_misfits(operation, qubits, bits)
        try:
            return (self._carried(operation, qubits, bits, scope),)
        except Fault as fault:
            wires = ", ".join(map(str, qubits))
            raise InputError(f"`{operation.name}` on qubit {wires}: {fault.message}", hint=fault.hint) from None
        except HoldsMoreError:
            self.reasons[f"that `{operation.name}` is one instruction"] = None
            return self._nested(operation.definition, Scope.of(operation.definition, qubits, bits))
        except NotCarriedError as problem:
            self.reasons[f"`{operation.name}`: {problem}"] = None
            return (self._sealed(operation, qubits, bits, scope),)

    def _carried(self, operation: QiskitOperation, qubits: Wires, bits: Wires, scope: Scope) -> Operation:
        match operation:
            case Measure():
                return Operation("measure", qubits, bits=bits)
            case Reset():
                return Operation("reset", qubits)
            case Barrier():
                return Operation("barrier", tuple(sorted(qubits)))
            case Delay():
                return Operation("delay", qubits, detail=_duration(operation))
            case BreakLoopOp() | ContinueLoopOp():
                return Operation(operation.name.removesuffix("_loop"), ())
            case ControlFlowOp():
                return control_flow(operation, scope, self._block(qubits, bits), self._loops)
        call = call_of(operation, self.gates)
        return normal.operation(call.gate, qubits, call.angles, call.modifiers, users=call.users)

    def _block(self, qubits: Wires, bits: Wires) -> Callable[[QuantumCircuit], Operations]:
        return lambda body: self._nested(body, Scope.of(body, qubits, bits))

    def _sealed(self, operation: QiskitOperation, qubits: Wires, bits: Wires, scope: Scope) -> Operation:
        content = Content(lambda target: _places(scope.spelled(target), bits), self._circuit, self._variables)
        reduced = content.reduce(operation)
        if content.uses_variables:  # what else does is not known here, so nothing may pass it
            reduced, (qubits, bits) = [reduced, qubits, bits], self._every_wire
        seal = Sealed(operation.name, to_hex(msgspec.msgpack.encode(reduced)))
        return Operation("sealed", qubits, tuple(content.angles), bits, detail=seal)

    def _circuit(self, circuit: QuantumCircuit) -> Circuit:
        wires = (Register("q", circuit.num_qubits),), (Register("c", circuit.num_clbits),)
        operations, phase = self.whole(circuit)
        return Circuit(*wires, (), operations, self.gates.definitions, phase)


def _refuse_misfits(operation: QiskitOperation, qubits: Wires, bits: Wires) -> None:
    """Raise an `InputError` for what only a damaged QPY file can say: Qiskit loads it without a look."""
    if (operation.num_qubits, operation.num_clbits) != (len(qubits), len(bits)):
        wires = f"{len(qubits)} qubits and {len(bits)} bits"
        raise InputError(f"`{operation.name}` does not fit on the {wires} it is on")
    if len({*qubits}) < len(qubits) or len({*bits}) < len(bits):
        raise InputError(f"`{operation.name}` is on one qubit or bit twice")


def _places(wires: Wires, among: Wires) -> Wires:
    return tuple([among.index(wire) for wire in wires])


def _duration(delay: Delay) -> model.Delay:
    if delay.unit not in _UNITS:
        raise NotCarriedError(f"a delay in `{delay.unit}`")
    duration = angle_from_qiskit(delay.duration)
    if not isinstance(duration, float):
        raise NotCarriedError("a delay of a length that is a parameter")
    return model.Delay(duration, delay.unit)
