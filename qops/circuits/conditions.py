"""Boolean questions about classical bits."""

from qops.circuits.arithmetic import expression
from qops.circuits.operands import operand
from qops.circuits.program import Program
from qops.circuits.scanner import Cursor, Fault, Uncovered
from qops.circuits.scope import Scope
from qops.model.circuit import Condition

_COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")
_FLIPPED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_CONNECTIVES = (("||", "|", "or"), ("^", "^", "xor"), ("&&", "&", "and"))
_CASTS = frozenset({"int", "uint", "bool", "bit", "float"})
_DEEPEST = 100

Bits = tuple[int, ...]


def condition(program: Program, cursor: Cursor, scope: Scope) -> Condition:
    """Read a condition in normal form: comparisons of bits with constants, joined by `and`, `or`, `xor`, `not`."""
    return _Reader(program, cursor, scope).connected(0, 0)


def compare(kind: str, bits: Bits, value: int) -> Condition:
    """A comparison in normal form: a single bit is only ever compared by `==` with 0 or 1.

    >>> compare("!=", (2,), 1)
    Condition(kind='==', bits=(2,), value=0, parts=())
    """
    if len(bits) == 1 and kind == "!=" and value in (0, 1):
        return Condition("==", bits, 1 - value)
    return Condition(kind, bits, value)


def negate(question: Condition) -> Condition:
    """The opposite question."""
    if question.kind in _FLIPPED:
        return compare(_FLIPPED[question.kind], question.bits, question.value)
    if question.kind == "not":
        return question.parts[0]
    return Condition("not", parts=(question,))


def bits_of(question: Condition) -> set[int]:
    """All the classical bits that a condition reads."""
    found = set(question.bits)
    for part in question.parts:
        found |= bits_of(part)
    return found


class _Reader:
    def __init__(self, program: Program, cursor: Cursor, scope: Scope) -> None:
        self._program = program
        self._cursor = cursor
        self._scope = scope

    def connected(self, level: int, depth: int) -> Condition:
        if depth > _DEEPEST:
            raise Fault(f"the condition is nested more than {_DEEPEST} deep", self._cursor.start)
        if level == len(_CONNECTIVES):
            return self._truth(depth)
        long, short, kind = _CONNECTIVES[level]
        parts = [self.connected(level + 1, depth)]
        while self._cursor.accept(long) or self._cursor.accept(short):
            parts.append(self.connected(level + 1, depth))
        if len(parts) == 1:
            return parts[0]
        flat = [inner for part in parts for inner in (part.parts if part.kind == kind else (part,))]
        return Condition(kind, parts=tuple(flat))

    def _truth(self, depth: int) -> Condition:
        negative = False
        while self._cursor.accept("!") or self._cursor.accept("~"):
            negative = not negative
        question = self._comparison(depth)
        return negate(question) if negative else question

    def _comparison(self, depth: int) -> Condition:
        cursor = self._cursor
        if cursor.accept("("):
            question = self.connected(0, depth + 1)
            cursor.expect(")")
            return self._against_truth_value(question)
        offset = cursor.start
        left = self._side()
        if cursor.value not in _COMPARISONS:
            if isinstance(left, int):
                raise Fault("a condition must ask about classical bits", offset)
            return compare("==" if len(left) == 1 else "!=", left, int(len(left) == 1))
        kind = cursor.value
        cursor.advance()
        right = self._side()
        if isinstance(left, int) and not isinstance(right, int):
            return compare(_MIRRORED[kind], right, left)
        if isinstance(right, int) and not isinstance(left, int):
            return compare(kind, left, right)
        raise Uncovered("a condition that does not compare bits with a constant", offset)

    def _against_truth_value(self, question: Condition) -> Condition:
        cursor = self._cursor
        if not (cursor.at("==") or cursor.at("!=")):
            return question
        equal = cursor.at("==")
        cursor.advance()
        offset = cursor.start
        value = self._side()
        if not isinstance(value, int) or value not in (0, 1):
            raise Uncovered("a comparison of two conditions", offset)
        return question if equal == bool(value) else negate(question)

    def _side(self) -> int | Bits:
        cursor = self._cursor
        if cursor.kind == "string":
            digits = cursor.value[1:-1].replace("_", "")
            if not digits or set(digits) - {"0", "1"}:
                raise Fault(f"{cursor.found()} is not a string of bits", cursor.start)
            cursor.advance()
            return int(digits, 2)
        if cursor.kind == "word" and cursor.value in ("true", "false"):
            truth = cursor.value == "true"
            cursor.advance()
            return int(truth)
        if cursor.kind == "word" and cursor.value in self._scope.bits.named:
            return operand(cursor, self._scope.bits, self._scope, self._program.index)[0]
        if cursor.value in _CASTS:
            raise Uncovered("a cast in a condition", cursor.start)
        if cursor.kind == "word" and cursor.value not in self._scope.values:
            operand(cursor, self._scope.bits, self._scope, self._program.index)
        offset = cursor.start
        value = expression(cursor, self._scope.lookup, version=self._program.version)
        if not isinstance(value, int) or value < 0:
            raise Fault("classical bits are compared with a whole number, zero or more", offset)
        return value
