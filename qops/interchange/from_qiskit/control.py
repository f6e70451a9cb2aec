"""Qiskit's control flow as branches, loops and switches."""

from collections.abc import Callable

import msgspec
from qiskit.circuit import (
    CASE_DEFAULT,
    ControlFlowOp,
    ForLoopOp,
    IfElseOp,
    QuantumCircuit,
    SwitchCaseOp,
    WhileLoopOp,
)

from qops.circuits.conditions import bits_of
from qops.circuits.control import assemble
from qops.circuits.rewriting import rewrite
from qops.errors import InputError
from qops.interchange.from_qiskit.carrying import NotCarriedError
from qops.interchange.from_qiskit.conditions import bits_from_qiskit, condition_from_qiskit
from qops.interchange.from_qiskit.names import LoopNames
from qops.interchange.from_qiskit.scope import Scope
from qops.model.angle import rename
from qops.model.circuit import Branch, Case, For, Operation, Switch, While

_LONGEST_LOOP = 100_000
Block = tuple[Operation, ...]


def control_flow(
    operation: ControlFlowOp, scope: Scope, block: Callable[[QuantumCircuit], Block], loops: LoopNames
) -> Operation:
    """The operation that `operation` is; `block` translates one of its bodies.

    Raises:
        NotCarriedError: it asks about more than classical bits, or it is a box.
    """
    match operation:
        case IfElseOp(condition=question):
            condition = condition_from_qiskit(question, scope)
            branches = [block(body) for body in operation.blocks]
            return assemble("if", Branch(condition, *branches), bits_of(condition))
        case WhileLoopOp(condition=question):
            condition = condition_from_qiskit(question, scope)
            return assemble("while", While(condition, block(operation.blocks[0])), bits_of(condition))
        case ForLoopOp():
            return _for(operation, block, loops)
        case SwitchCaseOp(target=target):
            bits = bits_from_qiskit(target, scope)
            cases = tuple(Case(_values(labels), block(body)) for labels, body in operation.cases_specifier())
            return assemble("switch", Switch(bits, cases), set(bits))
    raise NotCarriedError(f"control flow of the class {type(operation).__name__}")


def _for(operation: ForLoopOp, block: Callable[[QuantumCircuit], Block], loops: LoopNames) -> Operation:
    values, variable, body = operation.params
    if not isinstance(values, range | tuple | list):
        raise NotCarriedError("a loop over a variable")
    if len(values) > _LONGEST_LOOP:
        raise InputError(f"a loop over more than {_LONGEST_LOOP:,} values is not read")
    chosen, inner = tuple([int(value) for value in values]), block(body)
    if variable is None:
        return assemble("for", For(chosen, None, inner), set())
    name = loops.of(variable.name)
    if name != variable.name:
        inner = rewrite(inner, lambda operation: _with_variable(operation, variable.name, name))
    return assemble("for", For(chosen, name, inner), set())


def _with_variable(operation: Operation, old: str, new: str) -> Operation:
    angles = tuple([rename(angle, lambda name: new if name == old else name) for angle in operation.angles])
    return msgspec.structs.replace(operation, angles=angles) if angles else operation


def _values(labels: tuple[object, ...]) -> tuple[int, ...]:
    """The values of a case; a case that is also the default needs no values."""
    if CASE_DEFAULT in labels:
        return ()
    return tuple(int(label) for label in labels if isinstance(label, int))
