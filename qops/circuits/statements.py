"""The statements of OpenQASM 2 and 3 that circuits use."""

from collections.abc import Callable

from qops.circuits import control
from qops.circuits.arithmetic import expression, finite
from qops.circuits.definitions import define_gate
from qops.circuits.operands import operand
from qops.circuits.program import Program, reserved
from qops.circuits.scanner import Cursor, Fault, Uncovered
from qops.circuits.scope import Scope, Wires
from qops.model.angle import Symbol
from qops.model.circuit import Delay, Operation
from qops.model.wording import counted

_UNITS = {"µs": "us", "μs": "us"}
_STANDARD_INCLUDES = ("qelib1.inc", "stdgates.inc")
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
        _assignment(program, cursor, scope)
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
    _top_only(scope, "a gate", offset)
    define_gate(program, cursor, statement, opaque=False)


def _opaque(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    _top_only(scope, "a gate", offset)
    define_gate(program, cursor, statement, opaque=True)


def _top_only(scope: Scope, what: str, offset: int) -> None:
    if scope.kind != "program":
        raise Fault(f"{what} can only be declared at the top of the program", offset)


def _version(_program: Program, _cursor: Cursor, _scope: Scope, offset: int) -> None:
    raise Fault("the version line must be the first statement of the file, and the only one", offset)


def _include(_program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    _top_only(scope, "an include", offset)
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
    _top_only(scope, f"a {wires.kind}", offset)
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
        _measured(program, cursor, scope, (scope.bits.named[name], name in scope.bits.lone), offset)


def _unused(scope: Scope, name: str, offset: int) -> None:
    if name in scope.qubits.named or name in scope.bits.named or name in scope.values:
        raise Fault(f"`{name}` is declared twice", offset)
    if reserved(name):
        raise Fault(f"`{name}` is a constant of the language", offset)


def _qreg(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    _register(program, cursor, scope, scope.qubits, offset, old=True)


def _creg(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    _register(program, cursor, scope, scope.bits, offset, old=True)


def _qubit(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    _register(program, cursor, scope, scope.qubits, offset, old=False)


def _bit(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
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


def _const(program: Program, cursor: Cursor, scope: Scope, _offset: int) -> None:
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


def _input(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    _top_only(scope, "an input", offset)
    _type(program, cursor, scope, ("float", "angle"))
    place = cursor.start
    name = cursor.name("a name")
    _unused(scope, name, place)
    scope.values[name] = Symbol(name)
    program.inputs.append(name)


def _let(program: Program, cursor: Cursor, scope: Scope, _offset: int) -> None:
    place = cursor.start
    name = cursor.name("a name")
    _unused(scope, name, place)
    cursor.expect("=")
    wires = scope.qubits if cursor.value in scope.qubits.named else scope.bits
    chosen = list(operand(cursor, wires, scope, program.index)[0])
    while cursor.accept("++"):
        chosen += operand(cursor, wires, scope, program.index)[0]
    wires.named[name] = tuple(chosen)


def _measure(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    qubits, alone = program.qubit_operand(cursor, scope)
    if cursor.accept("->"):
        target = operand(cursor, scope.bits, scope, program.index)
        _pair_up(scope, (qubits, alone), target, offset)
        return
    for qubit in qubits:
        scope.add(Operation("measure", (qubit,)), offset)


def _assignment(program: Program, cursor: Cursor, scope: Scope) -> None:
    offset = cursor.start
    target = operand(cursor, scope.bits, scope, program.index)
    cursor.expect("=")
    if not cursor.accept("measure"):
        raise Uncovered("an assignment to classical bits", cursor.start)
    _measured(program, cursor, scope, target, offset)


def _measured(
    program: Program, cursor: Cursor, scope: Scope, target: tuple[tuple[int, ...], bool], offset: int
) -> None:
    _pair_up(scope, program.qubit_operand(cursor, scope), target, offset)


def _pair_up(
    scope: Scope, source: tuple[tuple[int, ...], bool], target: tuple[tuple[int, ...], bool], offset: int
) -> None:
    if scope.kind == "gate":
        raise Fault("a measurement has no place inside a gate", offset)
    if len(source[0]) != len(target[0]):
        raise Fault(
            f"{counted(len(source[0]), 'qubit')} cannot be measured into {counted(len(target[0]), 'bit')}", offset
        )
    for qubit, bit in zip(source[0], target[0], strict=True):
        scope.add(Operation("measure", (qubit,), bits=(bit,)), offset)


def _every_operand(program: Program, cursor: Cursor, scope: Scope) -> list[int]:
    chosen = list(program.qubit_operand(cursor, scope)[0])
    while cursor.accept(","):
        chosen += program.qubit_operand(cursor, scope)[0]
    return chosen


def _reset(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    if scope.kind == "gate":
        raise Fault("a reset has no place inside a gate", offset)
    for qubit in _every_operand(program, cursor, scope):
        scope.add(Operation("reset", (qubit,)), offset)


def _barrier(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    everything = range(scope.qubits.count or program.physical)
    chosen = list(everything) if cursor.at(";") else _every_operand(program, cursor, scope)
    scope.add(Operation("barrier", tuple(sorted(set(chosen)))), offset)


def _delay(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    cursor.expect("[")
    if cursor.kind != "duration":
        raise Uncovered("a delay that is not a constant duration", cursor.start)
    digits = cursor.value.rstrip("nuµμmsdt").strip().replace("_", "")
    unit = cursor.value[len(cursor.value.rstrip("nuµμmsdt")) :]
    cursor.advance()
    cursor.expect("]")
    detail = Delay(finite(float(digits), offset), _UNITS.get(unit, unit))
    everything = range(scope.qubits.count or program.physical)
    chosen = list(everything) if cursor.at(";") else _every_operand(program, cursor, scope)
    for qubit in chosen:
        scope.add(Operation("delay", (qubit,), detail=detail), offset)


def _gphase(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    cursor.expect("(")
    angle = program.angle(cursor, scope)
    cursor.expect(")")
    if scope.kind == "program":
        program.add_phase(angle, offset)
    else:
        scope.add(Operation("gphase", (), (angle,)), offset)


def _jump(kind: str) -> Callable[[Program, Cursor, Scope, int], None]:
    def read(_program: Program, _cursor: Cursor, scope: Scope, offset: int) -> None:
        if scope.kind != "block":
            raise Fault(f"`{kind}` has no place outside a loop", offset)
        scope.add(Operation(kind, ()), offset)

    return read


_BLOCKS = {
    "gate": _gate,
    "if": _nested(control.branch),
    "while": _nested(control.while_loop),
    "for": _nested(control.for_loop),
    "switch": _nested(control.switch),
}
_SIMPLE = {
    "OPENQASM": _version,
    "include": _include,
    "opaque": _opaque,
    "qreg": _qreg,
    "creg": _creg,
    "qubit": _qubit,
    "bit": _bit,
    "const": _const,
    "input": _input,
    "let": _let,
    "measure": _measure,
    "reset": _reset,
    "barrier": _barrier,
    "delay": _delay,
    "gphase": _gphase,
    "break": _jump("break"),
    "continue": _jump("continue"),
}
