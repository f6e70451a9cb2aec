"""What no reader may hand on as if it meant something. Each function is quiet, or raises `Nonsense`."""

import math
from collections.abc import Iterator
from posixpath import normpath

from qops.circuits.sizes import measure
from qops.model.angle import Angle, Expression
from qops.model.circuit import Circuit, Delay, Operation, Register
from qops.model.kernels import FeatureTable, PairCount
from qops.model.manifest import Manifest, PythonSource
from qops.model.parameters import ParameterSet
from qops.model.target import Target

MOST_WIRES = 100_000


class Nonsense(Exception):
    """Something that means nothing was read."""


def circuit(read: Circuit) -> None:
    """Registers of a size that exists, operands that are there and differ, numbers that are finite."""
    qubits, bits = _size(read.qubits), _size(read.bits)
    _must(all(math.isfinite(number) for number in _numbers(read.phase)), "the phase is not finite")
    for operation in _every(read.operations):
        _operation(operation, qubits, bits)
    for gate in read.gates.values():
        for operation in _every(gate.body or ()):
            _operation(operation, len(gate.qubits), 0)
    measure(read)


def values(read: ParameterSet) -> None:
    """Finite numbers under names that differ."""
    _must(len(set(read.names)) == len(read.names) > 0, f"names {read.names}")
    _must(len(set(read.bindings)) == len(read.bindings) == len(read.values) > 0, f"bindings {read.bindings}")
    for row in read.values:
        _must(len(row) == len(read.names), f"{len(row)} values for {len(read.names)} names")
        _must(all(math.isfinite(value) for value in row), f"values {row}")


def features(read: FeatureTable) -> None:
    """Finite numbers under names that differ, and no column that is constant."""
    _must(len(set(read.names)) == len(read.names) > 0, f"names {read.names}")
    for column in zip(*read.rows, strict=True):
        _must(all(math.isfinite(value) for value in column), f"values {column}")
        _must(min(column) < max(column), f"a constant column {column}")


def pairs(read: tuple[PairCount, ...]) -> None:
    """Counts that are possible."""
    for count in read:
        _must(0 <= count.left < count.right and 0 <= count.zeros <= count.shots > 0, f"counts {count}")


def manifest(read: Manifest) -> None:
    """Paths inside of the repository."""
    for entry in read.circuits.values():
        paths = [entry.parameters] if entry.parameters else []
        paths += [] if isinstance(entry.source, PythonSource) else [entry.source.path]
        for path in paths:
            inside(path)
    inside(read.store)
    for similarity in read.similarities.values():
        inside(similarity.samples.first)
        inside(similarity.samples.second)
        _must(len(similarity.a.kernels) > 0 < len(similarity.b.kernels), f"kernels {similarity}")


def target(read: Target) -> None:
    """Probabilities from 0 to 1, times from 0 up, and no qubit that is not there."""
    for instruction in read.instructions:
        for place in instruction.places or ():
            _must(all(0 <= qubit < read.qubits for qubit in place.qubits), f"qubits {place.qubits} of {read.qubits}")
            _must(len(set(place.qubits)) == len(place.qubits), f"qubits {place.qubits}")
            _must(place.error is None or 0 <= place.error <= 1, f"an error of {place.error}")
            _must(place.duration_s is None or 0 <= place.duration_s < math.inf, f"a duration of {place.duration_s}")
    _must(read.qubits <= MOST_WIRES, f"{read.qubits} qubits")


def inside(path: str) -> None:
    """A relative path that does not lead out, and not into git's own directory."""
    _must(bool(path) and not path.startswith("/") and "\0" not in path, f"the path {path!r}")
    _must(normpath(path).split("/")[0] not in {"..", ".git"}, f"the path {path!r}")


def digest(text: str) -> None:
    """An MD5, with `.dir` after it or not."""
    plain = text.removesuffix(".dir")
    _must(len(plain) == 32 and not set(plain) - set("0123456789abcdef"), f"the digest {text!r}")


def _size(registers: tuple[Register, ...]) -> int:
    names = [register.name for register in registers]
    _must(len(set(names)) == len(names), f"registers {names}")
    total = sum(register.size for register in registers)
    _must(all(register.size >= 0 for register in registers) and total <= MOST_WIRES, f"{total} wires")
    return total


def _operation(operation: Operation, qubits: int, bits: int) -> None:
    _must(len(set(operation.qubits)) == len(operation.qubits), f"{operation.gate} on {operation.qubits}")
    _must(all(0 <= wire < qubits for wire in operation.qubits), f"{operation.gate} on {operation.qubits} of {qubits}")
    _must(all(0 <= wire < bits for wire in operation.bits), f"{operation.gate} to {operation.bits} of {bits}")
    for angle in operation.angles:
        for number in _numbers(angle):
            _must(math.isfinite(number), f"{operation.gate}({number})")
    if isinstance(operation.detail, Delay):
        _must(math.isfinite(operation.detail.duration) and operation.detail.duration >= 0, "a delay")


def _every(operations: tuple[Operation, ...]) -> Iterator[Operation]:
    stack = list(operations)
    while stack:
        operation = stack.pop()
        yield operation
        for block in operation.blocks():
            stack += block


def _numbers(angle: Angle) -> Iterator[float]:
    stack: list[Angle] = [angle]
    while stack:
        part = stack.pop()
        if isinstance(part, Expression):
            stack += part.operands
        elif isinstance(part, float | int):
            yield part


def _must(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - the condition of an assertion
    if not holds:
        raise Nonsense(otherwise)
