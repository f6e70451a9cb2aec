"""Declarations: registers, constants, inputs, aliases, includes."""

from qops.circuits.actions import measured
from qops.circuits.arithmetic import CONSTANTS, expression
from qops.circuits.operands import operand
from qops.circuits.program import Program
from qops.circuits.scanner import Cursor, Fault, Uncovered
from qops.circuits.scope import Scope, Wires
from qops.model.angle import Symbol

_STANDARD_INCLUDES = ("qelib1.inc", "stdgates.inc")


def top_only(scope: Scope, what: str, offset: int) -> None:
    """Refuse a declaration of `what` anywhere but at the top of the program."""
    if scope.kind != "program":
        raise Fault(f"{what} can only be declared at the top of the program", offset)


def second_version(_program: Program, _cursor: Cursor, _scope: Scope, offset: int) -> None:
    """A version line that is not the first statement."""
    raise Fault("the version line must be the first statement of the file, and the only one", offset)


def include(_program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    """Read `include "…"` after its first word; the standard ones are known, no file is opened."""
    top_only(scope, "an include", offset)
    if cursor.kind != "string":
        raise Fault(f"expected a file name in quotes, found {cursor.found()}", cursor.start)
    if cursor.value[1:-1] not in _STANDARD_INCLUDES:
        raise Fault(
            f"the include {cursor.found()} is not opened",
            cursor.start,
            "only qelib1.inc and stdgates.inc are known; paste the definitions into the file",
        )
    cursor.advance()


def _register(program: Program, cursor: Cursor, scope: Scope, wires: Wires, offset: int, *, old: bool) -> None:
    top_only(scope, f"a {wires.kind}", offset)
    size = None
    if not old and cursor.accept("["):
        size = program.index.integer(cursor, scope)
        cursor.expect("]")
    place = cursor.start
    name = cursor.name("a name")
    if old:
        cursor.expect("[")
        size = program.index.integer(cursor, scope)
        cursor.expect("]")
    _unused(scope, name, place)
    if wires is scope.qubits and program.physical:
        raise Fault("declared qubits cannot be mixed with physical ones", place)
    wires.declare(name, size, place)
    if wires is scope.bits and cursor.accept("="):
        if not cursor.accept("measure"):
            raise Uncovered("a classical bit with a first value", cursor.start)
        measured(program, cursor, scope, (scope.bits.named[name], name in scope.bits.lone), offset)


def _unused(scope: Scope, name: str, offset: int) -> None:
    if name in scope.qubits.named or name in scope.bits.named or name in scope.values:
        raise Fault(f"`{name}` is declared twice", offset)
    if name in CONSTANTS:
        raise Fault(f"`{name}` is a constant of the language", offset)


def qreg(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    """Read `qreg name[size]` after its first word."""
    _register(program, cursor, scope, scope.qubits, offset, old=True)


def creg(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    """Read `creg name[size]` after its first word."""
    _register(program, cursor, scope, scope.bits, offset, old=True)


def qubit(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    """Read `qubit[size] name` after its first word."""
    _register(program, cursor, scope, scope.qubits, offset, old=False)


def bit(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    """Read `bit[size] name` after its first word, with a measurement into it or without."""
    _register(program, cursor, scope, scope.bits, offset, old=False)


def _type(program: Program, cursor: Cursor, scope: Scope, allowed: tuple[str, ...]) -> str:
    kind = cursor.value
    if kind not in allowed:
        raise Uncovered(f"a value of type {cursor.found()} here", cursor.start)
    cursor.advance()
    if cursor.accept("["):
        program.index.integer(cursor, scope)
        cursor.expect("]")
    return kind


def constant(program: Program, cursor: Cursor, scope: Scope, _offset: int) -> None:
    """Read `const type name = value` after its first word."""
    kind = _type(program, cursor, scope, ("int", "uint", "float", "angle"))
    place = cursor.start
    name = cursor.name("a name")
    _unused(scope, name, place)
    cursor.expect("=")
    value = expression(cursor, scope.lookup, version=program.version)
    if not isinstance(value, int | float):
        raise Fault(f"the value of the constant `{name}` is not constant", place)
    if kind in ("int", "uint") and not isinstance(value, int):
        raise Uncovered("an integer constant with a real value", place)
    scope.values[name] = value if kind in ("int", "uint") else float(value)


def input_parameter(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    """Read `input type name` after its first word."""
    top_only(scope, "an input", offset)
    _type(program, cursor, scope, ("float", "angle"))
    place = cursor.start
    name = cursor.name("a name")
    _unused(scope, name, place)
    scope.values[name] = Symbol(name)
    program.inputs.append(name)


def alias(program: Program, cursor: Cursor, scope: Scope, _offset: int) -> None:
    """Read `let name = …` after its first word."""
    place = cursor.start
    name = cursor.name("a name")
    _unused(scope, name, place)
    cursor.expect("=")
    wires = scope.qubits if cursor.value in scope.qubits.named else scope.bits
    chosen = list(operand(cursor, wires, scope, program.index)[0])
    while cursor.accept("++"):
        chosen += operand(cursor, wires, scope, program.index)[0]
    wires.named[name] = tuple(chosen)
