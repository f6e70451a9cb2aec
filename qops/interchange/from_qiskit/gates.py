"""The user's gates of a circuit: one definition for each distinct body, under a name of its own."""

from collections.abc import Callable

import msgspec
from qiskit.circuit import Gate, Instruction, QuantumCircuit

from qops.circuits.prelude import user_key
from qops.errors import InputError
from qops.interchange.from_qiskit.angles import angles_from_qiskit
from qops.interchange.from_qiskit.carrying import HoldsMoreError, NotCarriedError
from qops.interchange.from_qiskit.names import uncounted
from qops.model.angle import Angle, Symbol, rename, symbols
from qops.model.circuit import GateDefinition, Operation

Body = tuple[Operation, ...]
Call = tuple[str, tuple[Angle, ...]]
_NOT_IN_A_GATE = frozenset("measure reset delay if while for switch break continue sealed".split())


class GateTable:
    """Definitions by key, those that others use before them.

    Args:
        translate: gives the operations of a definition, on wires numbered from zero.
    """

    def __init__(self, translate: Callable[[QuantumCircuit], Body]) -> None:
        self.definitions: dict[str, GateDefinition] = {}
        self._translate = translate
        self._keys: dict[object, str] = {}
        self._seen: dict[int, tuple[Instruction, Call | None]] = {}

    def define(self, gate: Instruction) -> Call:
        """The key of the gate's definition, and the angles of this call of it.

        The parameters of the definition are the free symbols of the body: numbers that Qiskit has already put into
        the body stay in it.

        Raises:
            HoldsMoreError: the definition has content that no OpenQASM gate can hold.
            NotCarriedError: it has no definition, and yet says what it is in another way.
        """
        if id(gate) not in self._seen:  # the gate is kept beside its call, so that its id stays its own
            self._seen[id(gate)] = gate, self._opaque(gate) if gate.definition is None else self._defined(gate)
        call = self._seen[id(gate)][1]
        if call is None:
            raise HoldsMoreError(gate.name)
        return call

    def _defined(self, gate: Instruction) -> Call | None:
        inside, outside = gate.definition, (gate.num_qubits, gate.num_clbits)
        if (inside.num_qubits, inside.num_clbits) != outside:
            raise InputError(f"the definition of `{gate.name}` is on other qubits and bits than the gate")
        body = self._translate(gate.definition)
        if any(operation.gate in _NOT_IN_A_GATE for operation in body):
            return None
        free = tuple(dict.fromkeys(name for operation in body for angle in operation.angles for name in symbols(angle)))
        formal = {name: f"p{place}" for place, name in enumerate(free)}
        renamed = tuple([_renamed(operation, formal) for operation in body])
        return self._key(gate, len(free), renamed), tuple([Symbol(name) for name in free])

    def _opaque(self, gate: Instruction) -> Call:
        if type(gate) is not Gate:
            raise NotCarriedError(f"an operation of the class {type(gate).__name__}, without a definition")
        angles = angles_from_qiskit(gate.params)
        return self._key(gate, len(angles), None), angles

    def _key(self, gate: Instruction, parameters: int, body: Body | None) -> str:
        name = uncounted(gate.name) or "unnamed"
        identity = name, gate.num_qubits, parameters, body
        key = self._keys.get(identity)
        if key is None:
            key = self._keys[identity] = user_key(name, self.definitions)
            formals = tuple([f"p{place}" for place in range(parameters)])
            qubits = tuple([f"q{place}" for place in range(gate.num_qubits)])
            self.definitions[key] = GateDefinition(name, formals, qubits, body)
        return key


def _renamed(operation: Operation, names: dict[str, str]) -> Operation:
    angles = tuple([rename(angle, names.__getitem__) for angle in operation.angles])
    return msgspec.structs.replace(operation, angles=angles) if angles else operation
