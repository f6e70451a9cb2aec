"""Qiskit's conditions and classical expressions as questions about classical bits."""

from qiskit.circuit.classical import expr, types

from qops.circuits.conditions import compare, negate
from qops.interchange.from_qiskit.carrying import NotCarriedError
from qops.interchange.from_qiskit.scope import Scope, Wires
from qops.model.circuit import Condition

_CONNECTIVES = {
    "LOGIC_AND": "and",
    "BIT_AND": "and",
    "LOGIC_OR": "or",
    "BIT_OR": "or",
    "BIT_XOR": "xor",
}
_COMPARISONS = {
    "EQUAL": "==",
    "NOT_EQUAL": "!=",
    "LESS": "<",
    "LESS_EQUAL": "<=",
    "GREATER": ">",
    "GREATER_EQUAL": ">=",
}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


def condition_from_qiskit(question: expr.Expr | tuple[object, int], scope: Scope) -> Condition:
    """The condition of an `if` or `while`, in the normal form that our own reader gives it.

    Raises:
        NotCarriedError: it asks about more than classical bits and constants.
    """
    if isinstance(question, expr.Expr):
        return _asked(question, scope)
    target, value = question
    return compare("==", scope.spelled(target), int(value))


def bits_from_qiskit(target: object, scope: Scope) -> Wires:
    """The bits that a switch looks at."""
    if isinstance(target, expr.Expr):
        side = _side(target, scope)
        if isinstance(side, int):
            raise NotCarriedError("a switch on a constant")
        return side
    return scope.spelled(target)


def _asked(node: expr.Expr, scope: Scope) -> Condition:
    match node:
        case expr.Unary(op=op, operand=inner) if op.name in ("LOGIC_NOT", "BIT_NOT") and _is_bool(inner):
            return negate(_asked(inner, scope))
        case expr.Binary(op=op, left=left, right=right) if op.name in _CONNECTIVES and _is_bool(left, right):
            return _connected(_CONNECTIVES[op.name], (_asked(left, scope), _asked(right, scope)))
        case expr.Binary(op=op, left=left, right=right) if op.name in _COMPARISONS:
            return _compared(_COMPARISONS[op.name], left, right, scope)
        case expr.Cast(operand=inner) if _is_bool(node, inner):
            return _asked(inner, scope)
    side = _side(node.operand if isinstance(node, expr.Cast) else node, scope)
    if isinstance(side, int):
        raise NotCarriedError("a constant condition")
    return compare("==", side, 1) if len(side) == 1 else compare("!=", side, 0)


def _connected(kind: str, parts: tuple[Condition, ...]) -> Condition:
    flat = [inner for part in parts for inner in (part.parts if part.kind == kind else (part,))]
    return Condition(kind, parts=tuple(flat))


def _compared(kind: str, left: expr.Expr, right: expr.Expr, scope: Scope) -> Condition:
    first, second = _side(left, scope), _side(right, scope)
    if isinstance(first, int):
        first, second, kind = second, first, _MIRRORED[kind]
    if isinstance(first, int) or not isinstance(second, int):
        raise NotCarriedError("a condition that does not compare bits with a constant")
    return compare(kind, first, second)


def _side(node: expr.Expr, scope: Scope) -> int | Wires:
    """One side of a comparison: a constant, or the bits that spell an unsigned integer."""
    match node:
        case expr.Cast(operand=inner, implicit=True):
            return _side(inner, scope)
        case expr.Value(value=value) if isinstance(value, bool | int):
            return int(value)
        case expr.Var(var=var):
            return scope.spelled(var)
        case expr.Index(target=expr.Var(var=var), index=expr.Value(value=place)):
            bits = scope.spelled(var)
            if place < len(bits):
                return (bits[place],)
    raise NotCarriedError("a condition that computes with integers")


def _is_bool(*nodes: expr.Expr) -> bool:
    return all(isinstance(node.type, types.Bool) for node in nodes)
