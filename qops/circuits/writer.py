"""The canonical OpenQASM 3 text: bit-exact, one operation a line, in an order that diffs well.

Read back, it gives the same skeleton, parameters and frame, always. Numbers are shortest round-trip decimals [1]_;
gates that `stdgates.inc` lacks are written with modifiers or with their definitions, so that other readers of
OpenQASM 3 understand the text too; what text cannot carry is named, not approximated.

References:
    [1] G. L. Steele and J. L. White, How to print floating-point numbers accurately, PLDI (1990); Python's `repr`.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import msgspec

from qops.circuits import expressions, prelude
from qops.circuits.directives import MARK
from qops.circuits.lines import Lines, standard
from qops.circuits.names import WORDS, Names
from qops.circuits.order import lexicographic
from qops.model.circuit import Circuit, For, GateDefinition, Operation, Sealed, every_operation


def write(circuit: Circuit) -> str:
    """The canonical text of a circuit; its lines end with a line feed."""
    frame = framed(circuit, circuit.operations)
    return frame.around(frame.lines.block(lexicographic(circuit.operations), ""))


class Frame(NamedTuple):
    """All of a circuit's text but the lines of its operations, and `lines`, which knows how to write those."""

    head: list[str]
    lines: Lines
    foot: list[str]

    def around(self, body: Iterable[str]) -> str:
        """The whole text."""
        return "\n".join([*self.head, *body, *self.foot]) + "\n"


def framed(circuit: Circuit, kinds: Collection[Operation]) -> Frame:
    """The frame of a circuit; `kinds` are its operations, of those that are equal one at the least."""
    names = Names()
    everything = _everything(circuit, kinds)
    detailed = [operation for operation in everything if operation.detail is not None]
    seals = _seals(detailed, names)
    gates = _gates_in_order(circuit.gates)
    for key in gates:
        names.declare("gate", circuit.gates[key].name, key)
    for name in (*circuit.parameters, *_variables(circuit, detailed)):
        names.declare("parameter", name)
    for register in circuit.qubits:
        if register.name != "$":
            names.declare("qubit", register.name)
    for register in circuit.bits:
        names.declare("bit", register.name)
    definitions = [line for key in gates for line in _definition(key, circuit.gates[key], names)]
    standard = [line for name in sorted(_undeclared(circuit, everything)) for line in _standard_definition(name)]
    head = ["OPENQASM 3.0;", MARK, *_directives(circuit, names, seals), 'include "stdgates.inc";']
    head += [*_inputs(circuit, names), *standard, *definitions, *_registers(circuit, names)]
    return Frame(head, Lines(circuit, names, seals), list(_phase(circuit, names)))


def _phase(circuit: Circuit, names: Names) -> Iterator[str]:
    if circuit.phase != 0.0:
        yield f"gphase({expressions.text(circuit.phase, lambda name: names.of('parameter', name))});"


Seals = dict[tuple[Sealed, int, int], str]


def _everything(circuit: Circuit, kinds: Iterable[Operation]) -> list[Operation]:
    """All operations, those inside control flow and in the bodies of users' gates included."""
    bodies = [gate.body for gate in circuit.gates.values() if gate.body is not None]
    return [operation for block in (kinds, *bodies) for operation in every_operation(block)]


def _seals(detailed: list[Operation], names: Names) -> Seals:
    found = {(o.detail, len(o.angles), len(o.qubits)) for o in detailed if isinstance(o.detail, Sealed)}
    ordered = sorted(found, key=lambda seal: (seal[0].kind, seal[0].digest, *seal[1:]))
    return {seal: names.declare("seal", f"sealed_{place}") for place, seal in enumerate(ordered)}


def _variables(circuit: Circuit, detailed: list[Operation]) -> list[str]:
    loops = [operation.detail for operation in detailed if isinstance(operation.detail, For)]
    return sorted({loop.variable for loop in loops if loop.variable} - set(circuit.parameters))


def _directives(circuit: Circuit, names: Names, seals: Seals) -> Iterator[str]:
    for what, written, true in names.changed:
        yield f"// qops:name {_json([what, written, true])}"
    for key, value in circuit.annotations:
        yield f"// qops:annotation {_json([key, value])}"
    for (seal, angles, qubits), name in seals.items():
        yield f"// qops:seal {_json([name, seal.kind, seal.digest, angles, qubits])}"
    for reason in circuit.sealed:
        yield f"// qops:sealed {_json(reason)}"


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _inputs(circuit: Circuit, names: Names) -> Iterator[str]:
    for name in circuit.parameters:
        yield f"input float[64] {names.of('parameter', name)};"


def _registers(circuit: Circuit, names: Names) -> Iterator[str]:
    for register in circuit.qubits:
        if register.name != "$":
            yield f"qubit[{register.size}] {names.of('qubit', register.name)};"
    for register in circuit.bits:
        yield f"bit[{register.size}] {names.of('bit', register.name)};"


def _gates_in_order(gates: dict[str, GateDefinition]) -> list[str]:
    """Keys of definitions, those that others call before their callers, otherwise by name."""
    ordered: dict[str, None] = {}

    def visit(key: str) -> None:
        if key in ordered:
            return
        for operation in gates[key].body or ():
            if operation.gate in gates:
                visit(operation.gate)
        ordered[key] = None

    for key in sorted(gates):
        visit(key)
    return list(ordered)


def _definition(key: str, gate: GateDefinition, names: Names) -> Iterator[str]:
    name = names.of("gate", key)
    called = {standard(o.gate, len(o.qubits)).split()[-1] for o in gate.body or () if o.gate in prelude.STANDARD}
    inner = Names(WORDS | called | {name})
    parameters = {formal: inner.declare(f"formal {name}", formal) for formal in gate.parameters}
    qubits = [inner.declare(f"formal {name}", formal) for formal in gate.qubits]
    names.changed += inner.changed
    yield from _gate_text(gate, name, parameters, qubits, names)


def _gate_text(
    gate: GateDefinition, name: str, parameters: dict[str, str], qubits: list[str], names: Names
) -> Iterator[str]:
    signature = f"{name}({', '.join(parameters.values())})" if parameters else name
    if gate.body is None:
        yield f"opaque {signature} {', '.join(qubits)};"
        return
    yield f"gate {signature} {', '.join(qubits)} {{"
    lines = Lines.of_gate(names, qubits, parameters)
    yield from lines.block(lexicographic(gate.body), "  ")
    yield "}"


def _undeclared(circuit: Circuit, everything: list[Operation]) -> set[str]:
    """The standard gates in use that neither `stdgates.inc` nor a modifier can spell."""
    used = {operation.gate for operation in everything}
    return {name for name in used - set(circuit.gates) if _body(name) is not None}


def _body(name: str) -> str | None:
    gate = prelude.STANDARD.get(name)
    return gate.body if gate else None


def _standard_definition(name: str) -> Iterator[str]:
    gate = prelude.STANDARD[name]
    parameters, qubits = prelude.formals(gate)
    signature = f"{name}({', '.join(parameters)})" if parameters else name
    yield f"gate {signature} {', '.join(qubits)} {{"
    for line in filter(None, (part.strip() for part in (gate.body or "").split(";"))):
        yield f"  {line};"
    yield "}"
