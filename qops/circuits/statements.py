"""The statements of OpenQASM 2 and 3 that circuits use."""

from collections.abc import Callable

from qops.circuits import actions, control, declarations
from qops.circuits.definitions import define_gate
from qops.circuits.program import Program
from qops.circuits.scanner import Cursor, Fault, Uncovered
from qops.circuits.scope import Scope

_DEEPEST = 100
_UNCOVERED = frozenset(
    "def extern cal defcal defcalgrammar array int uint float angle bool complex duration stretch box return end "
    "output pragma readonly mutable".split()
)


def statement(program: Program, cursor: Cursor, scope: Scope) -> None:
    """Read one statement and collect its operations in `scope`."""
    if cursor.kind == "end":
        raise Fault("the file ends inside a block; a `}` is missing", cursor.start)
    if cursor.accept(";"):
        return
    word, offset = cursor.value, cursor.start
    if cursor.kind == "symbol" and word in "@#":
        raise Uncovered("an annotation or pragma", offset)
    if cursor.kind != "word":
        raise Fault(f"expected a statement, found {cursor.found()}", offset)
    if word in _BLOCKS:
        cursor.advance()
        _BLOCKS[word](program, cursor, scope, offset)
        return
    if word in _UNCOVERED:
        raise Uncovered(f"`{word}`", offset)
    _simple(program, cursor, scope, word)
    if cursor.value != ";":
        raise Fault(f"expected `;` after the statement, found {cursor.found()}", cursor.start)
    cursor.advance()


def _simple(program: Program, cursor: Cursor, scope: Scope, word: str) -> None:
    if word in _SIMPLE:
        offset = cursor.start
        cursor.advance()
        _SIMPLE[word](program, cursor, scope, offset)
    elif word in scope.bits.named:
        actions.assignment(program, cursor, scope)
    else:
        program.gate_call(cursor, scope)


def _nested(reader: Callable[..., None]) -> Callable[[Program, Cursor, Scope, int], None]:
    def read(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
        if scope.kind == "gate":
            raise Fault("control flow has no place inside a gate", offset)
        program.depth += 1
        if program.depth > _DEEPEST:
            raise Fault(f"blocks are nested more than {_DEEPEST} deep", offset)
        reader(program, cursor, scope, statement)
        program.depth -= 1

    return read


def _gate(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    declarations.top_only(scope, "a gate", offset)
    define_gate(program, cursor, statement, opaque=False)


def _opaque(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    declarations.top_only(scope, "a gate", offset)
    define_gate(program, cursor, statement, opaque=True)


_BLOCKS = {
    "gate": _gate,
    "if": _nested(control.branch),
    "while": _nested(control.while_loop),
    "for": _nested(control.for_loop),
    "switch": _nested(control.switch),
}
_SIMPLE = {
    "OPENQASM": declarations.second_version,
    "include": declarations.include,
    "opaque": _opaque,
    "qreg": declarations.qreg,
    "creg": declarations.creg,
    "qubit": declarations.qubit,
    "bit": declarations.bit,
    "const": declarations.constant,
    "input": declarations.input_parameter,
    "let": declarations.alias,
    "measure": actions.measure,
    "reset": actions.reset,
    "barrier": actions.barrier,
    "delay": actions.delay,
    "gphase": actions.gphase,
    "break": actions.jump("break"),
    "continue": actions.jump("continue"),
}
