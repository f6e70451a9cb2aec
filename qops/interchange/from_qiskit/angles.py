"""Qiskit's parameters and expressions as angles in radians."""

from collections.abc import Iterable

import numpy as np
from qiskit.circuit import Parameter, ParameterExpression

from qops.circuits.arithmetic import Value, combine, to_angle
from qops.errors import InputError
from qops.interchange.from_qiskit.carrying import NotCarriedError
from qops.model.angle import Angle, Symbol

_DEEPEST = 250
_OPERATORS = {"ADD": "+", "SUB": "-", "MUL": "*", "DIV": "/", "POW": "**"}
_REVERSED = {"RSUB": "-", "RDIV": "/", "RPOW": "**"}
_Tree = tuple[Value, int]  # with its depth
_FUNCTIONS = {
    "SIN": "sin",
    "COS": "cos",
    "TAN": "tan",
    "ASIN": "arcsin",
    "ACOS": "arccos",
    "ATAN": "arctan",
    "EXP": "exp",
    "LOG": "log",
    "ABS": "abs",
}


def angle_from_qiskit(value: object) -> Angle:
    """A number or `ParameterExpression` as an angle, constants exact; negative zero becomes zero.

    Qiskit keeps expressions simplified, so a tree may be another one than was written, of the same value.

    Raises:
        NotCarriedError: it is no real expression of named parameters.
        qops.circuits.scanner.Fault: it is a number, but not a finite one.
    """
    if isinstance(value, ParameterExpression):
        return to_angle(_replayed(value), 0)
    if isinstance(value, bool | int | float | np.integer | np.floating):
        return to_angle(_number(value), 0)
    raise NotCarriedError(f"a parameter of type {type(value).__name__}")


def angles_from_qiskit(values: Iterable[object]) -> tuple[Angle, ...]:
    """Each of `values` as an angle."""
    return tuple(angle_from_qiskit(value) for value in values)


def _replayed(expression: ParameterExpression) -> Value:
    """Run the postfix program that QPY stores: an absent operand is the result of an earlier step."""
    if isinstance(expression, Parameter):
        return Symbol(expression.name)
    if not expression.parameters:
        return _number(expression.numeric())
    stack = _Stack()
    for step in expression._qpy_replay:  # noqa: SLF001 - the only exact form: printed expressions do not quote names
        stack.apply(str(step.op).rpartition(".")[2], step.lhs, step.rhs)
    return stack.result()


class _Stack:
    """Trees on their way to one."""

    def __init__(self) -> None:
        self._values: list[_Tree] = []

    def apply(self, name: str, left: object, right: object) -> None:
        if name in _FUNCTIONS:
            self._push(_FUNCTIONS[name], self._operand(left))
        elif name in _OPERATORS or name in _REVERSED:
            second, first = self._operand(right), self._operand(left)
            self._combine(name, first, second)
        else:
            raise NotCarriedError(f"the function {name.lower()} of a parameter")

    def _combine(self, name: str, first: _Tree, second: _Tree) -> None:
        if name in _REVERSED:
            self._push(_REVERSED[name], second, first)
        elif name == "MUL" and -1 in (first[0], second[0]):  # how Qiskit stores a negation
            self._push("neg", first if second[0] == -1 else second)
        else:
            self._push(_OPERATORS[name], first, second)

    def result(self) -> Value:
        return self._values[-1][0]

    def _operand(self, operand: object) -> _Tree:
        if operand is None:
            return self._values.pop()
        return (Symbol(operand.name) if isinstance(operand, Parameter) else _number(operand)), 0

    def _push(self, operator: str, *operands: _Tree) -> None:
        depth = max(depth for _, depth in operands) + 1
        if depth > _DEEPEST:
            raise InputError(f"an angle is an expression nested more than {_DEEPEST} deep")
        self._values.append((combine(operator, tuple([tree for tree, _ in operands]), 0), depth))


def _number(value: object) -> int | float:
    if isinstance(value, bool | int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value)
    raise NotCarriedError(f"a parameter with the value {value}")
