"""Angles as Qiskit's numbers, parameters and expressions."""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import add, mul, neg, sub, truediv
from typing import Any

from qiskit.circuit import Parameter, ParameterExpression

from qops.model.angle import Angle, Symbol

_BINARY: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
    "**": pow,
}
_UNARY: Mapping[str, Callable[[Any], Any]] = {
    "neg": neg,
    "sin": ParameterExpression.sin,
    "cos": ParameterExpression.cos,
    "tan": ParameterExpression.tan,
    "arcsin": ParameterExpression.arcsin,
    "arccos": ParameterExpression.arccos,
    "arctan": ParameterExpression.arctan,
    "exp": ParameterExpression.exp,
    "log": ParameterExpression.log,
    "sqrt": lambda operand: operand**0.5,
    "abs": ParameterExpression.abs,
}


class Parameters:
    """One `Parameter` for each name."""

    def __init__(self) -> None:
        self._known: dict[str, Parameter] = {}

    def named(self, name: str) -> Parameter:
        """The parameter of that name."""
        return self._known.setdefault(name, Parameter(name))

    def angle(self, angle: Angle) -> Any:  # noqa: ANN401 - Qiskit's classes are not typed
        """The angle, constants exact: a float, or an expression of parameters."""
        if isinstance(angle, float):
            return angle
        if isinstance(angle, Symbol):
            return self.named(angle.name)
        operands = [self.angle(operand) for operand in angle.operands]
        if angle.operator in _BINARY:
            return reduce(_BINARY[angle.operator], operands)
        return _UNARY[angle.operator](operands[0])
