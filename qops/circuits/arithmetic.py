"""Arithmetic on angles: constants are folded exactly as IEEE doubles, symbols stay a tree."""

import math
import operator
from collections.abc import Callable

from qops.circuits.scanner import Cursor, Fault
from qops.model.angle import Angle, Expression, Symbol

Value = int | float | Symbol | Expression
Lookup = Callable[[str, int], Value]

CONSTANTS: dict[str, float] = {
    "pi": math.pi,
    "π": math.pi,
    "tau": math.tau,
    "τ": math.tau,
    "euler": math.e,
    "ℇ": math.e,
}
_FUNCTIONS: dict[str, tuple[str, Callable[[float], float]]] = {
    "sin": ("sin", math.sin),
    "cos": ("cos", math.cos),
    "tan": ("tan", math.tan),
    "arcsin": ("arcsin", math.asin),
    "asin": ("arcsin", math.asin),
    "arccos": ("arccos", math.acos),
    "acos": ("arccos", math.acos),
    "arctan": ("arctan", math.atan),
    "atan": ("arctan", math.atan),
    "exp": ("exp", math.exp),
    "ln": ("log", math.log),
    "log": ("log", math.log),
    "sqrt": ("sqrt", math.sqrt),
    "abs": ("abs", abs),
    "ceiling": ("ceiling", math.ceil),
    "floor": ("floor", math.floor),
}
_DEEPEST = 100
_MOST_TERMS = 200
_LONGEST_INTEGER = 400


class ConstantError(Exception):
    """The text is not one finite number. `offset` counts characters from zero."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def constant(text: str) -> float:
    """The number of radians that an expression without symbols spells, in double precision.

    Raises:
        ConstantError: for anything else, with the place of the trouble.

    >>> constant("-3*pi/4")
    -2.356194490192345
    """
    try:
        cursor = Cursor(text)
        value = expression(cursor, _no_symbols, version=2)
        if cursor.kind != "end":
            raise Fault(f"unexpected {cursor.found()} after the number", cursor.start)
        if isinstance(value, int | float):
            return finite(value, 0) + 0.0
        raise Fault("the text is not a constant", 0)
    except Fault as fault:
        raise ConstantError(fault.message, fault.offset) from None


def _no_symbols(name: str, offset: int) -> Value:
    raise Fault(f"`{name}` is not a number", offset)


def expression(cursor: Cursor, lookup: Lookup, *, version: int) -> Value:
    """Read an expression; `lookup` gives the value of a name. In OpenQASM 2 `^` is the power and division is real."""
    return _Parser(cursor, lookup, version).sum(0)


def to_angle(value: Value, offset: int) -> Angle:
    """A finite number of radians, negative zero made zero, or the tree as it is."""
    if isinstance(value, int | float):
        return finite(value, offset) + 0.0
    return value


def combine(name: str, operands: tuple[Value, ...], offset: int, *, real_division: bool = True) -> Value:
    """One step of arithmetic: a number where all operands are numbers, a tree otherwise."""
    numbers = [operand for operand in operands if isinstance(operand, int | float)]
    if len(numbers) < len(operands):
        return Expression(name, tuple(float(x) if isinstance(x, int) else x for x in operands))
    try:
        return _bounded(_compute(name, numbers, real_division=real_division), offset)
    except ZeroDivisionError:
        raise Fault("division by zero", offset) from None
    except (OverflowError, ValueError):
        raise Fault(f"`{name}` has no finite real value here", offset) from None


def _compute(name: str, numbers: list[int | float], *, real_division: bool) -> int | float:
    if name in _BINARY:
        left, right = numbers
        if name == "/" and not real_division and isinstance(left, int) and isinstance(right, int):
            return int(math.copysign(1, left * right)) * (abs(left) // abs(right))
        if name == "**" and (not isinstance(right, int) or not 0 <= right <= 64):
            return math.pow(left, right)
        result: int | float = _BINARY[name](left, right)
        return result
    if name == "neg":
        return -numbers[0]
    return _FUNCTIONS[name][1](numbers[0]) if name != "log" else math.log(numbers[0])


_BINARY: dict[str, Callable[[int | float, int | float], int | float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": operator.mod,
    "**": operator.pow,
}


def finite(value: float, offset: int) -> float:
    """The number as a double; a fault at `offset` if it is infinite or none."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise Fault("the angle is not a finite number", offset)
    return number


def _bounded(value: float, offset: int) -> int | float:
    if isinstance(value, int):
        if value.bit_length() > _LONGEST_INTEGER * 4:
            raise Fault("the integer is too large", offset)
        return value
    return finite(value, offset)


def number(cursor: Cursor, *, grouped: bool = True) -> int | float:
    """Read a numeric literal; `grouped` digits (`1_000`) are OpenQASM 3 only."""
    text, offset = cursor.value, cursor.start
    if len(text) > _LONGEST_INTEGER:
        raise Fault("the number is too long", offset)
    if "_" in text and not grouped:
        raise Fault("digits cannot be grouped by `_` here", offset)
    cursor.advance()
    if cursor.start == offset + len(text) and cursor.kind in ("word", "number"):
        raise Fault(f"`{text}{cursor.value[:40]}` is not a number", offset)
    try:
        if text[:2].lower() in ("0x", "0b", "0o") or text.replace("_", "").isdigit():
            return int(text, 0 if text[:1] == "0" and text[1:2].isalpha() else 10)
        return finite(float(text), offset)
    except ValueError:
        raise Fault(f"`{text}` is not a number", offset) from None


class _Parser:
    """Recursive descent over one expression."""

    __slots__ = ("_cursor", "_lookup", "_version")

    def __init__(self, cursor: Cursor, lookup: Lookup, version: int) -> None:
        self._cursor = cursor
        self._lookup = lookup
        self._version = version

    def sum(self, depth: int) -> Value:
        if depth > _DEEPEST:
            raise Fault(f"the expression is nested more than {_DEEPEST} deep", self._cursor.start)
        return self._chain(("+", "-"), self._product, depth)

    def _product(self, depth: int) -> Value:
        return self._chain(("*", "/", "%"), self._unary, depth)

    def _chain(self, symbols: tuple[str, ...], operand: Callable[[int], Value], depth: int) -> Value:
        value, terms = operand(depth), 1
        while self._cursor.kind == "symbol" and self._cursor.value in symbols:
            symbol, offset = self._cursor.value, self._cursor.start
            terms += 1
            if terms > _MOST_TERMS and isinstance(value, Expression):
                raise Fault(f"the expression has more than {_MOST_TERMS} terms", offset)
            self._cursor.advance()
            pair = (value, operand(depth))
            value = combine(symbol, pair, offset, real_division=self._version == 2)
        return value

    def _unary(self, depth: int) -> Value:
        negative, offset = False, self._cursor.start
        while self._cursor.at("-") or self._cursor.at("+"):
            negative ^= self._cursor.at("-")
            self._cursor.advance()
        value = self._power(depth)
        return combine("neg", (value,), offset) if negative else value

    def _power(self, depth: int) -> Value:
        base = self._atom(depth)
        offset = self._cursor.start
        if self._cursor.accept("**") or (self._version == 2 and self._cursor.accept("^")):
            if depth > _DEEPEST:
                raise Fault(f"the expression is nested more than {_DEEPEST} deep", offset)
            return combine("**", (base, self._unary(depth + 1)), offset)
        return base

    def _atom(self, depth: int) -> Value:
        cursor = self._cursor
        if cursor.kind == "number":
            return number(cursor, grouped=self._version == 3)
        if cursor.accept("("):
            value = self.sum(depth + 1)
            cursor.expect(")")
            return value
        if cursor.kind == "word":
            return self._named(depth)
        raise Fault(f"expected a number, found {cursor.found()}", cursor.start)

    def _named(self, depth: int) -> Value:
        cursor = self._cursor
        word, offset = cursor.value, cursor.start
        cursor.advance()
        if cursor.at("(") and word in _FUNCTIONS:
            cursor.advance()
            value = self.sum(depth + 1)
            cursor.expect(")")
            return combine(_FUNCTIONS[word][0], (value,), offset)
        if word in ("pow", "mod") and cursor.accept("("):
            left = self.sum(depth + 1)
            cursor.expect(",")
            right = self.sum(depth + 1)
            cursor.expect(")")
            return combine("**" if word == "pow" else "%", (left, right), offset)
        if word in CONSTANTS:
            return CONSTANTS[word]
        return self._lookup(word, offset)
