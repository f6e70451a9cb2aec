"""The exact content of what is sealed, reduced to plain values: no names that mean nothing, no UUIDs, no addresses."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from uuid import UUID

import msgspec
import numpy as np
from qiskit.circuit import ClassicalRegister, Clbit, Duration, ForLoopOp, ParameterExpression, QuantumCircuit
from qiskit.circuit import Operation as QiskitOperation
from qiskit.circuit.classical import expr
from qiskit.quantum_info import SparseObservable

from qops.circuits.identity import identify
from qops.errors import InputError
from qops.interchange.from_qiskit.angles import angle_from_qiskit
from qops.interchange.from_qiskit.carrying import NotCarriedError
from qops.interchange.from_qiskit.facts import Real, facts_of, numbers, public_facts
from qops.model.angle import Angle, Symbol, rename, symbols
from qops.model.circuit import Circuit, For, every_operation

Plain = object  # what MessagePack can hold


class Content:
    """Reduces one operation.

    Its angles are collected in `angles`, by which the operation keeps naming them; the reduced form has places alone.

    Args:
        spelled: gives the wires of a classical bit or register.
        translate: gives the translation of a nested circuit, on wires numbered from zero.
        variables: numbers for the standalone classical variables seen so far; new ones are added.
    """

    def __init__(
        self,
        spelled: Callable[[object], tuple[int, ...]],
        translate: Callable[[QuantumCircuit], Circuit],
        variables: dict[object, int],
    ) -> None:
        self.angles: list[Angle] = []
        self.uses_variables = False
        self._spelled = spelled
        self._translate = translate
        self._variables = variables
        self._bound: set[str] = set()

    def reduce(self, value: object) -> Plain:
        """A value as numbers, text and lists.

        Raises:
            InputError: it holds something whose content cannot be told.
        """
        match value:
            case None | bool() | int() | str() | bytes():
                return value
            case float() | complex() | np.generic() | np.ndarray():
                return self._array(np.asarray(value))
            case ParameterExpression() | Real():
                return self._angle(value.value if isinstance(value, Real) else value)
            case Mapping() | AbstractSet() | range() | Sequence():
                return self._collection(value)
            case Clbit() | ClassicalRegister():
                return ["bits", list(self._spelled(value))]
            case QuantumCircuit():
                return self._circuit(value)
            case expr.Expr():
                return self._expression(value)
            case QiskitOperation():
                return self._operation(value)
        return self._object(value)

    def _array(self, array: np.ndarray) -> Plain:
        if array.dtype == object:
            return ["array", list(array.shape), [self.reduce(item) for item in array.flat]]
        return numbers(array)

    def _collection(self, value: Mapping[object, object] | AbstractSet[object] | Sequence[object] | range) -> Plain:
        if isinstance(value, Mapping):
            pairs = [[self.reduce(key), self.reduce(item)] for key, item in value.items()]
            return ["mapping", sorted(pairs, key=repr)]
        items = [self.reduce(item) for item in value]
        return ["set", sorted(items, key=repr)] if isinstance(value, AbstractSet) else ["sequence", items]

    def _angle(self, value: object) -> Plain:
        try:
            return self._place(angle_from_qiskit(value))
        except NotCarriedError as problem:
            raise InputError(f"{problem} cannot be identified") from None

    def _place(self, angle: Angle) -> Plain:
        """The place of an angle in `angles`; one that a loop changes stays here."""
        if not self._bound.isdisjoint(symbols(angle)):
            return ["in a loop", msgspec.json.encode(rename(angle, lambda name: "" if name in self._bound else name))]
        self.angles.append(angle)
        return ["angle", len(self.angles) - 1]

    def _circuit(self, value: QuantumCircuit) -> Plain:
        circuit = self._translate(value)
        identity = identify(circuit)
        self._bound |= set(_loop_variables(circuit))
        slots = [self._place(Symbol(name)) for name in identity.slots]
        constants = [self._place(number) for number in identity.numbers]
        phase = [] if circuit.phase == 0.0 else [self._place(circuit.phase)]
        return ["circuit", identity.lanes, identity.barriers, slots, constants, *phase]

    def _operation(self, operation: QiskitOperation) -> Plain:
        if isinstance(operation, ForLoopOp) and operation.params[1] is not None:
            self._bound.add(operation.params[1].name)
        return [operation.name, operation.num_qubits, operation.num_clbits, self.reduce(facts_of(operation))]

    def _expression(self, value: expr.Expr) -> Plain:
        match value:
            case expr.Var(var=UUID() as identity) | expr.Stretch(var=identity):
                self.uses_variables = True
                return ["variable", self._variables.setdefault(identity, len(self._variables)), repr(value.type)]
            case expr.Var(var=bits):
                return self.reduce(bits)
            case expr.Value(value=inner):
                return ["value", repr(value.type), repr(inner)]
            case expr.Unary(op=op, operand=inner):
                return [op.name, self.reduce(inner)]
            case expr.Binary(op=op, left=left, right=right):
                return [op.name, self.reduce(left), self.reduce(right)]
            case expr.Cast(operand=inner):
                return ["cast", repr(value.type), self.reduce(inner)]
            case expr.Index(target=target, index=index):
                return ["index", self.reduce(target), self.reduce(index)]
        raise InputError(f"an expression of the class {type(value).__name__} cannot be identified")

    def _object(self, value: object) -> Plain:
        kind = type(value)
        if isinstance(value, Duration):
            return repr(value)
        if isinstance(value, SparseObservable):
            parts = (value.coeffs, value.bit_terms, value.indices, value.boundaries)
            facts: object = [value.num_qubits, *map(np.asarray, parts)]
        elif kind.__module__.startswith("qiskit."):
            facts = getattr(value, "settings", None) or public_facts(value)
        else:
            raise InputError(
                f"it holds a value of the class {kind.__qualname__}, whose content cannot be identified",
                hint="give the gate a definition made of other gates",
            )
        return [kind.__qualname__, self.reduce(facts)]


def _loop_variables(circuit: Circuit) -> Iterator[str]:
    for operation in every_operation(circuit.operations):
        if isinstance(operation.detail, For) and operation.detail.variable is not None:
            yield operation.detail.variable
