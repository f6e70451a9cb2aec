"""What a circuit does besides gates: measure, reset, barrier, delay, global phase, jumps."""

from collections.abc import Callable

from qops.circuits.arithmetic import finite
from qops.circuits.operands import operand
from qops.circuits.program import Program
from qops.circuits.scanner import Cursor, Fault, Uncovered
from qops.circuits.scope import Scope
from qops.model.circuit import Delay, Operation
from qops.model.wording import counted

_UNITS = {"µs": "us", "μs": "us"}


def measure(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    """Read `measure qubits -> bits` or `measure qubits` after its first word."""
    qubits, alone = program.qubit_operand(cursor, scope)
    if cursor.accept("->"):
        target = operand(cursor, scope.bits, scope, program.index)
        _pair_up(scope, (qubits, alone), target, offset)
        return
    for qubit in qubits:
        scope.add(Operation("measure", (qubit,)), offset)


def assignment(program: Program, cursor: Cursor, scope: Scope) -> None:
    """Read `bits = measure qubits`."""
    offset = cursor.start
    target = operand(cursor, scope.bits, scope, program.index)
    cursor.expect("=")
    if not cursor.accept("measure"):
        raise Uncovered("an assignment to classical bits", cursor.start)
    measured(program, cursor, scope, target, offset)


def measured(program: Program, cursor: Cursor, scope: Scope, target: tuple[tuple[int, ...], bool], offset: int) -> None:
    """Read the qubits that are measured into `target`: bits, and whether they are one bit alone."""
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


def reset(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    """Read `reset qubits` after its first word."""
    if scope.kind == "gate":
        raise Fault("a reset has no place inside a gate", offset)
    for qubit in _every_operand(program, cursor, scope):
        scope.add(Operation("reset", (qubit,)), offset)


def barrier(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    """Read `barrier qubits` after its first word; without qubits it spans all of them."""
    everything = range(scope.qubits.count or program.physical)
    chosen = list(everything) if cursor.at(";") else _every_operand(program, cursor, scope)
    scope.add(Operation("barrier", tuple(sorted(set(chosen)))), offset)


def delay(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    """Read `delay[duration] qubits` after its first word."""
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


def gphase(program: Program, cursor: Cursor, scope: Scope, offset: int) -> None:
    """Read `gphase(angle)` after its first word."""
    cursor.expect("(")
    angle = program.angle(cursor, scope)
    cursor.expect(")")
    program.add_phase(scope, angle, offset)


def jump(kind: str) -> Callable[[Program, Cursor, Scope, int], None]:
    """A reader of `break` or `continue` after its first word."""

    def read(_program: Program, _cursor: Cursor, scope: Scope, offset: int) -> None:
        if scope.kind != "block":
            raise Fault(f"`{kind}` has no place outside a loop", offset)
        scope.add(Operation(kind, ()), offset)

    return read
