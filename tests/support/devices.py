"""Small devices with delays and resets, and a compiled circuit on one of them."""

import msgspec

from qops.circuits.clifford.native import native
from qops.model.angle import Symbol
from qops.model.circuit import Circuit, Operation, Register
from qops.model.target import Instruction, Place, QubitQuality, Target
from support.targets import PLAIN

WAITING = msgspec.structs.replace(
    PLAIN,
    instructions=(
        *(each for each in PLAIN.instructions if each.name < "delay"),
        Instruction("delay", "delay", 1, (Symbol("t"),), places=tuple(Place((q,)) for q in range(3))),
        *(each for each in PLAIN.instructions if each.name > "delay"),
    ),
)
"""The line of three qubits, which can also wait."""

WIDTH = 7
EDGES = tuple((qubit, qubit + 1) for qubit in range(WIDTH - 1))


def places(error: float, duration_s: float) -> tuple[Place, ...]:
    return tuple(Place((qubit,), error, duration_s) for qubit in range(WIDTH))


CHAIN = Target(
    backend="chain",
    captured_at="2026-01-31T12:00:00Z",
    qubits=WIDTH,
    instructions=(
        Instruction("cx", "cx", 2, places=tuple(Place(edge, 0.01, 4e-07) for edge in EDGES)),
        Instruction("delay", "delay", 1, (Symbol("t"),), places=tuple(Place((qubit,)) for qubit in range(WIDTH))),
        Instruction("measure", "measure", 1, places=places(0.02, 1e-06)),
        Instruction("reset", "reset", 1, places=places(0.0, 1e-06)),
        Instruction("rz", "rz", 1, (Symbol("a"),), places=places(0.0, 0.0)),
        Instruction("sx", "sx", 1, places=places(0.0003, 4e-08)),
    ),
    qualities=(QubitQuality(1e-4, 8e-5),) * WIDTH,
    dt_s=4e-09,
)
"""Seven qubits in a row."""


def circuit(*operations: Operation, bits: int = 3) -> Circuit:
    return Circuit((Register("$", 3),), (Register("c", bits),), (), operations)


def measured(*qubits: int) -> list[Operation]:
    return [Operation("measure", (qubit,), bits=(qubit,)) for qubit in qubits]


BODY = native([Operation("h", (0,)), *[Operation("cx", edge) for edge in EDGES[:2] * 4]], dict.fromkeys(EDGES, "cx"))
LONG = circuit(*BODY, *measured(0, 1, 2))
