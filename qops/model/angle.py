"""Angles: a number of radians, or an expression of named parameters."""

from collections.abc import Callable, Iterator

import msgspec


class Symbol(msgspec.Struct, frozen=True, tag="symbol"):
    """A named parameter."""

    name: str


class Expression(msgspec.Struct, frozen=True, tag="expression"):
    """An arithmetic tree with at least one symbol; constant subtrees are folded when it is built.

    `operator` is one of `+ - * / ** neg` or a function name (`sin`, `cos`, `tan`, `arcsin`, `arccos`, `arctan`,
    `exp`, `log`, `sqrt`, `abs`).
    """

    operator: str
    operands: tuple["float | Symbol | Expression", ...]


Angle = float | Symbol | Expression


def symbols(angle: Angle) -> Iterator[str]:
    """The parameter names in `angle`, in the order of its text, repeated where they repeat.

    >>> list(symbols(Expression("*", (2.0, Symbol("theta")))))
    ['theta']
    """
    if isinstance(angle, Symbol):
        yield angle.name
    elif isinstance(angle, Expression):
        for operand in angle.operands:
            yield from symbols(operand)


def rename(angle: Angle, name: Callable[[str], str]) -> Angle:
    """`angle` with every symbol's name passed through `name`."""
    if isinstance(angle, Symbol):
        return Symbol(name(angle.name))
    if isinstance(angle, Expression):
        return Expression(angle.operator, tuple(rename(operand, name) for operand in angle.operands))
    return angle
