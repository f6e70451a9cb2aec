"""Control flow: `if`, `while`, `for`, `switch`, `break` and `continue`."""

from qops.circuits.conditions import bits_of, condition
from qops.circuits.definitions import StatementReader
from qops.circuits.operands import operand
from qops.circuits.program import Program
from qops.circuits.rewriting import Block, with_blocks
from qops.circuits.scanner import Cursor, Fault, Uncovered
from qops.circuits.scope import Scope
from qops.model.angle import Symbol
from qops.model.circuit import Branch, Case, Condition, Detail, For, Operation, Switch, While

_LONGEST_LOOP = 100_000


def branch(program: Program, cursor: Cursor, scope: Scope, read: StatementReader) -> None:
    """Read `if (…) … else …` after its first word."""
    offset = cursor.start
    question = _parenthesised(program, cursor, scope)
    then = _block(program, cursor, scope, read)
    otherwise = _block(program, cursor, scope, read) if cursor.accept("else") else ()
    scope.add(assemble("if", Branch(question, then, otherwise), bits_of(question)), offset)


def while_loop(program: Program, cursor: Cursor, scope: Scope, read: StatementReader) -> None:
    """Read `while (…) …` after its first word."""
    offset = cursor.start
    question = _parenthesised(program, cursor, scope)
    scope.add(assemble("while", While(question, _block(program, cursor, scope, read)), bits_of(question)), offset)


def for_loop(program: Program, cursor: Cursor, scope: Scope, read: StatementReader) -> None:
    """Read `for int i in … …` after its first word."""
    offset = cursor.start
    if not (cursor.accept("int") or cursor.accept("uint")):
        raise Uncovered("a loop over something else than integers", offset)
    if cursor.accept("["):
        program.index.integer(cursor, scope)
        cursor.expect("]")
    variable = cursor.name("the loop's variable")
    cursor.expect("in")
    values = _values(program, cursor, scope)
    inner = Scope(scope.qubits, scope.bits, {**scope.values, variable: Symbol(variable)}, "block")
    body = _block(program, cursor, inner, read)
    scope.add(assemble("for", For(values, variable, body), set()), offset)


def switch(program: Program, cursor: Cursor, scope: Scope, read: StatementReader) -> None:
    """Read `switch (…) { case … { … } default { … } }` after its first word."""
    offset = cursor.start
    cursor.expect("(")
    bits, _ = operand(cursor, scope.bits, scope, program.index)
    cursor.expect(")")
    cursor.expect("{")
    cases = []
    while not cursor.accept("}"):
        values: list[int] = []
        if not cursor.accept("default"):
            cursor.expect("case")
            values.append(program.index.integer(cursor, scope))
            while cursor.accept(","):
                values.append(program.index.integer(cursor, scope))
        cases.append(Case(tuple(values), _block(program, cursor, scope, read)))
    scope.add(assemble("switch", Switch(bits, tuple(cases)), set(bits)), offset)


def assemble(gate: str, detail: Detail, read_bits: set[int]) -> Operation:
    """Control flow as one operation on all the wires that it touches; jumps inside it touch them all."""
    shell = Operation(gate, (), detail=detail)
    qubits: set[int] = set()
    bits = set(read_bits)
    for block in shell.blocks():
        for operation in block:
            qubits.update(operation.qubits)
            bits.update(operation.bits)
    wires = tuple(sorted(qubits)), tuple(sorted(bits))
    return Operation(gate, wires[0], bits=wires[1], detail=_with_jumps(detail, *wires))


def _with_jumps(detail: Detail, qubits: tuple[int, ...], bits: tuple[int, ...]) -> Detail | None:
    def jumps(block: Block) -> Block:
        if not any(operation.gate in ("break", "continue") for operation in block):
            return block
        return tuple(Operation(o.gate, qubits, bits=bits) if o.gate in ("break", "continue") else o for o in block)

    return with_blocks(detail, jumps)


def _parenthesised(program: Program, cursor: Cursor, scope: Scope) -> Condition:
    cursor.expect("(")
    question = condition(program, cursor, scope)
    cursor.expect(")")
    return question


def _block(program: Program, cursor: Cursor, scope: Scope, read: StatementReader) -> Block:
    inner = scope.inside()
    if not cursor.accept("{"):
        read(program, cursor, inner)
        return tuple(inner.operations)
    while not cursor.at("}"):
        read(program, cursor, inner)
    cursor.advance()
    return tuple(inner.operations)


def _values(program: Program, cursor: Cursor, scope: Scope) -> tuple[int, ...]:
    offset = cursor.start
    if cursor.accept("{"):
        values: list[int] = []
        while not cursor.accept("}"):
            values.append(program.index.integer(cursor, scope))
            if not cursor.at("}"):
                cursor.expect(",")
        return tuple(values)
    if not cursor.accept("["):
        raise Uncovered("a loop over a variable", offset)
    parts = [program.index.integer(cursor, scope)]
    while cursor.accept(":"):
        parts.append(program.index.integer(cursor, scope))
    cursor.expect("]")
    if len(parts) not in (2, 3) or (len(parts) == 3 and not parts[1]):
        raise Fault("a range is `[start:stop]` or `[start:step:stop]`, with a step other than zero", offset)
    step = parts[1] if len(parts) == 3 else 1
    run = range(parts[0], parts[-1] + (1 if step > 0 else -1), step)
    if abs(run.stop - run.start) > _LONGEST_LOOP * abs(step):
        raise Fault(f"a loop over more than {_LONGEST_LOOP:,} values is not read", offset)
    return tuple(run)
