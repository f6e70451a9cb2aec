"""What canonical text says in comments: true names, annotations, and what is sealed elsewhere.

Other readers of OpenQASM pass over them, and lose nothing but names.
"""

import re
from collections.abc import Callable

import msgspec

from qops.circuits.prelude import user_key
from qops.circuits.program import Program
from qops.circuits.rewriting import rewrite
from qops.circuits.scanner import Fault
from qops.model.angle import rename
from qops.model.circuit import Circuit, For, GateDefinition, Operation, Register

MARK = "// qops:circuit 1"
_LINE = re.compile(r"\n// qops:(\w+) ([^\n]*)")


class Directives:
    """The directives of one canonical text; empty for any other text."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], str] = {}
        self.annotations: list[tuple[str, str]] = []
        self.seals: list[tuple[str, str, str, int, int]] = []
        self.sealed: list[str] = []

    @classmethod
    def read(cls, text: str, position: int) -> "Directives":
        """The directives that follow the version line."""
        directives = cls()
        if not text.startswith("\n" + MARK + "\n", position):
            return directives
        position += 1 + len(MARK)
        while found := _LINE.match(text, position):
            try:
                directives.take(found.group(1), found.group(2))
            except (msgspec.DecodeError, ValueError, TypeError):
                raise Fault("the directive is damaged", found.start(1)) from None
            position = found.end()
        return directives

    def take(self, kind: str, rest: str) -> None:
        """Keep one directive; the rest of its line is a JSON list."""
        match kind:
            case "name":
                what, written, true = msgspec.json.decode(rest, type=tuple[str, str, str])
                self.names[what, written] = true
            case "annotation":
                key, value = msgspec.json.decode(rest, type=tuple[str, str])
                self.annotations.append((key, value))
            case "seal":
                self.seals.append(msgspec.json.decode(rest, type=tuple[str, str, str, int, int]))
            case "sealed":
                self.sealed.append(msgspec.json.decode(rest, type=str))
            case _:
                raise ValueError(kind)

    def declare(self, program: Program) -> None:
        """Make the names of sealed content known before the first statement."""
        for name, kind, digest, angles, qubits in self.seals:
            program.declare_sealed(name, kind, digest, angles, qubits)

    def apply(self, circuit: Circuit) -> Circuit:
        """The circuit with its true names, annotations and reasons."""
        if self.names:
            circuit = _renamed(circuit, lambda what, written: self.names.get((what, written), written))
        return msgspec.structs.replace(circuit, annotations=tuple(self.annotations), sealed=tuple(self.sealed))


Naming = Callable[[str, str], str]


def _renamed(circuit: Circuit, naming: Naming) -> Circuit:
    def parameter(written: str) -> str:
        return naming("parameter", written)

    def register(what: str, registers: tuple[Register, ...]) -> tuple[Register, ...]:
        return tuple(Register(naming(what, r.name), r.size) for r in registers)

    keys: dict[str, str] = {}
    for key, gate in circuit.gates.items():
        keys[key] = user_key(naming("gate", gate.name), keys.values())
    return msgspec.structs.replace(
        circuit,
        qubits=register("qubit", circuit.qubits),
        bits=register("bit", circuit.bits),
        parameters=tuple(map(parameter, circuit.parameters)),
        operations=_operations(circuit.operations, keys, parameter),
        gates={keys[key]: _renamed_gate(gate, keys, naming) for key, gate in circuit.gates.items()},
        phase=rename(circuit.phase, parameter),
    )


def _renamed_gate(gate: GateDefinition, keys: dict[str, str], naming: Naming) -> GateDefinition:
    def formal(written: str) -> str:
        return naming(f"formal {gate.name}", written)

    return GateDefinition(
        naming("gate", gate.name),
        tuple(map(formal, gate.parameters)),
        tuple(map(formal, gate.qubits)),
        None if gate.body is None else _operations(gate.body, keys, formal),
    )


def _operations(
    operations: tuple[Operation, ...], keys: dict[str, str], parameter: Callable[[str], str]
) -> tuple[Operation, ...]:
    def true_names(operation: Operation) -> Operation:
        detail = operation.detail
        if isinstance(detail, For) and detail.variable:
            detail = For(detail.values, parameter(detail.variable), detail.body)
        angles = tuple(rename(angle, parameter) for angle in operation.angles)
        gate = keys.get(operation.gate, operation.gate)
        return msgspec.structs.replace(operation, gate=gate, angles=angles, detail=detail)

    return rewrite(operations, true_names)
