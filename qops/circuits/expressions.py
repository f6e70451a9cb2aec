"""Angles as text: what the reader reads back to the same tree, bit for bit."""

from collections.abc import Callable

from qops.model.angle import Angle, Symbol

_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "neg": 3, "**": 4}


def text(angle: Angle, name: Callable[[str], str] = str, number: Callable[[float], str] = repr) -> str:
    """The angle as an OpenQASM 3 expression, numbers as shortest round-trip decimals.

    Args:
        angle: the angle.
        name: how a symbol is called.
        number: how a constant is written.

    >>> from qops.model.angle import Expression
    >>> text(Expression("*", (2.0, Expression("-", (Symbol("a"), Symbol("b"))))))
    '2.0*(a - b)'
    """
    return _text(angle, name, number)[0]


def _text(angle: Angle, name: Callable[[str], str], number: Callable[[float], str]) -> tuple[str, int]:
    if isinstance(angle, float):
        written = number(angle)
        return written, 3 if written.startswith("-") else 5
    if isinstance(angle, Symbol):
        return name(angle.name), 5
    parts = [_text(operand, name, number) for operand in angle.operands]
    if angle.operator == "neg":
        return "-" + _wrap(parts[0], 4), 3
    if angle.operator not in _PRECEDENCE:
        return f"{angle.operator}({', '.join(part for part, _ in parts)})", 5
    level = _PRECEDENCE[angle.operator]
    if angle.operator == "**":
        return f"{_wrap(parts[0], 5)}**{_wrap(parts[1], 4)}", level
    left, right = _wrap(parts[0], level), _wrap(parts[1], max(level + 1, 4) if _negative(parts[1]) else level + 1)
    joint = f" {angle.operator} " if level == 1 else angle.operator
    return f"{left}{joint}{right}", level


def _negative(part: tuple[str, int]) -> bool:
    return part[0].startswith("-")


def _wrap(part: tuple[str, int], level: int) -> str:
    return part[0] if part[1] >= level else f"({part[0]})"
