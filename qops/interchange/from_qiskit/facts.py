"""What makes an instruction of Qiskit's what it is, besides its name and size."""

import msgspec
import numpy as np
from qiskit.circuit import (
    ControlFlowOp,
    ControlledGate,
    ForLoopOp,
    Gate,
    Instruction,
    ParameterExpression,
    SwitchCaseOp,
)
from qiskit.circuit import Operation as QiskitOperation

from qops.errors import InputError


class Real(msgspec.Struct, frozen=True):
    """A parameter that is an angle, to be told from numbers that are part of the content."""

    value: object


def facts_of(operation: QiskitOperation) -> dict[str, object]:
    """The content of an instruction by names of its parts; they may hold anything."""
    match operation:
        case ForLoopOp():
            values, _, body = operation.params
            return {"values": values, "body": body}
        case SwitchCaseOp():
            labels = [[repr(label) for label in values] for values, _ in operation.cases_specifier()]
            return {"target": operation.target, "labels": labels, "blocks": operation.blocks}
        case ControlFlowOp():
            asked = getattr(operation, "condition", None)
            return {**public_facts(operation), "condition": asked, "blocks": operation.blocks}
    facts = public_facts(operation)
    if isinstance(operation, ControlledGate):
        facts["controls"] = [operation.num_ctrl_qubits, operation.ctrl_state]
    if isinstance(operation, Instruction):
        facts["params"] = [_real_or_content(value) for value in operation.params]
    if type(operation) in (Gate, Instruction):
        facts["definition"] = operation.definition
    return facts


def public_facts(value: object) -> dict[str, object]:
    """The attributes of a Qiskit object; those with an underscore are caches and presentation."""
    return {name: item for name, item in vars(value).items() if not name.startswith("_") and name != "condition"}


def numbers(value: object) -> list[object]:
    """A number or an array as kind, shape and IEEE bytes, negative zero made zero.

    Raises:
        InputError: for numbers that are not finite, and arrays of anything else.
    """
    array = np.asarray(value)
    kinds = {"b": "|b1", "i": "<i8", "u": "<u8", "f": "<f8", "c": "<c16"}
    if array.dtype.kind not in kinds:
        raise InputError(f"an array of {array.dtype} cannot be identified")
    exact = array.astype(kinds[array.dtype.kind])
    if not np.isfinite(exact).all():
        raise InputError("it holds a number that is not finite")
    if array.dtype.kind in "fc":
        exact = exact + 0.0
    return [exact.dtype.str, list(exact.shape), exact.tobytes()]


def _real_or_content(value: object) -> object:
    real = isinstance(value, int | float | np.integer | np.floating | ParameterExpression)
    return Real(value) if real and not isinstance(value, bool) else value
