"""Gate definitions, and the standard gates that files define for themselves."""

from collections.abc import Callable
from functools import cache

from qops.circuits import prelude
from qops.circuits.letters import body_identity
from qops.circuits.plain_calls import PlainCalls
from qops.circuits.program import Program
from qops.circuits.scanner import Cursor, Fault
from qops.circuits.scope import Scope, Wires
from qops.model.angle import Symbol
from qops.model.circuit import GateDefinition, Operation

StatementReader = Callable[[Program, Cursor, Scope], None]


def define_gate(program: Program, cursor: Cursor, read: StatementReader, *, opaque: bool) -> None:
    """Read `gate name(parameters) qubits { … }` or `opaque name(parameters) qubits;` after its first word.

    `read` reads one statement of the body.
    """
    offset = cursor.start
    name = cursor.name("the gate's name")
    parameters = _names(cursor, "a parameter") if cursor.accept("(") else ()
    if parameters or cursor.at(")"):
        cursor.expect(")")
    qubits = _names(cursor, "a qubit")
    _distinct((*parameters, *qubits), offset)
    body = None if opaque else _body(program, cursor, parameters, qubits, read)
    definition = GateDefinition(name, parameters, qubits, body)
    if _is_standard(definition, program, read):
        return
    before = program.defined(name)
    if before is not None and body_identity(before, program.gates) != body_identity(definition, program.gates):
        raise Fault(f"the gate `{name}` is defined twice, differently", offset)
    program.define(definition)


def _names(cursor: Cursor, what: str) -> tuple[str, ...]:
    names: list[str] = []
    while cursor.kind == "word":
        names.append(cursor.name(what))
        if not cursor.accept(","):
            break
    return tuple(names)


def _distinct(names: tuple[str, ...], offset: int) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Fault(f"`{name}` is named twice in the gate's signature", offset)
        seen.add(name)


def _body(
    program: Program, cursor: Cursor, parameters: tuple[str, ...], qubits: tuple[str, ...], read: StatementReader
) -> tuple[Operation, ...]:
    wires = Wires("qubit")
    for name in qubits:
        wires.declare(name, None, cursor.start)
    constants = {name: value for name, value in program.scope.values.items() if not isinstance(value, Symbol)}
    values = {**constants, **{name: Symbol(name) for name in parameters}}
    scope = Scope(wires, Wires("bit"), values, "gate")
    cursor.expect("{")
    calls = PlainCalls(program, cursor.text, scope)
    while True:
        cursor.move(calls.read(cursor.start))
        if cursor.accept("}"):
            break
        read(program, cursor, scope)
    return tuple(scope.operations)


def _is_standard(definition: GateDefinition, program: Program, read: StatementReader) -> bool:
    """Whether the definition only spells out the standard gate of its name."""
    found = prelude.find(definition.name)
    if found is None or definition.body is None:
        return False
    written = body_identity(definition, program.gates)
    return any(written == body_identity(known, {}) for known in _known(found[0], read))


@cache
def _known(name: str, read: StatementReader) -> tuple[GateDefinition, ...]:
    gate = prelude.STANDARD[name]
    if gate.qubits == prelude.UNLIMITED:
        return ()
    texts = [text for text in (gate.body, prelude.USUAL_BODIES.get(name)) if text is not None]
    parameters, qubits = prelude.formals(gate)
    definitions = []
    for text in texts:
        program = Program(text + "}", version=3)
        body = _body(program, Cursor("{" + text + "}"), parameters, qubits, read)
        definitions.append(GateDefinition(name, parameters, qubits, body))
    return tuple(definitions)
