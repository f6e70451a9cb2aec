"""Clifford circuits in the gates of a device: `rz` and `sx`, and `cx`, `cz` or `ecr`, whichever there is at a place.

Gates of one qubit that meet become one element of the group, with at most two `sx`; barriers keep them apart.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from qops.circuits.clifford.group import after, named, number, word
from qops.errors import InputError
from qops.model.circuit import Operation
from qops.model.target import Target

Entanglers = Mapping[tuple[int, int], str]
_KNOWN = ("cx", "cz", "ecr")


def entanglers(target: Target) -> dict[tuple[int, int], str]:
    """Which gate of two qubits there is at which place, faulty places left out; `cz` stands at both directions."""
    found: dict[tuple[int, int], str] = {}
    for gate in _KNOWN:
        for first, second in _places(target, gate):
            found.setdefault((first, second), gate)
            if gate == "cz":
                found.setdefault((second, first), gate)
    return found


def _places(target: Target, gate: str) -> Iterator[tuple[int, int]]:
    for instruction in target.instructions:
        if instruction.gate == gate and instruction.places is None:
            yield from ((a, b) for a in range(target.qubits) for b in range(target.qubits) if a != b)
        for place in (instruction.places or ()) if instruction.gate == gate else ():
            if place.error is None or place.error < 1:
                yield place.qubits[0], place.qubits[1]


def require(target: Target, qubits: Iterable[int]) -> None:
    """Refuse a target that has not the gates of one qubit.

    Raises:
        InputError: it has no `sx` or no `rz` at a qubit, or no such qubit.
    """
    for qubit in qubits:
        if qubit >= target.qubits:
            raise InputError(
                f"`{target.backend}` has no qubit {qubit}", hint=f"its qubits are 0 to {target.qubits - 1}"
            )
        for gate in ("sx", "rz", "measure"):
            if not _has(target, gate, qubit):
                hint = "diagnostics are made of rz, sx, and cx, cz or ecr"
                raise InputError(f"`{target.backend}` has no `{gate}` at qubit {qubit}", hint=hint)


def _has(target: Target, gate: str, qubit: int) -> bool:
    return any(
        each.gate == gate and (each.places is None or any(place.qubits == (qubit,) for place in each.places))
        for each in target.instructions
    )


def native(operations: Iterable[Operation], known: Entanglers) -> list[Operation]:
    """The circuit in the gates of the device.

    Args:
        operations: Clifford gates of one qubit, `cx`, and what is to stay as it is (barriers, delays, measurements).
        known: which gate of two qubits there is at which place.

    Raises:
        InputError: two qubits are not connected.
    """
    return _Rendering(known).circuit(operations)


class _Rendering:
    """Holds back the gates of one qubit until something else happens there."""

    def __init__(self, known: Entanglers) -> None:
        self._known = known
        self._waiting: dict[int, int] = {}
        self._done: list[Operation] = []

    def circuit(self, operations: Iterable[Operation]) -> list[Operation]:
        for operation in operations:
            if operation.gate == "cx":
                self._controlled(*operation.qubits)
            elif operation.bits or operation.detail is not None or operation.gate in {"barrier", "reset"}:
                self._flush(operation.qubits)
                self._done.append(operation)
            else:
                self._turn(operation.qubits[0], number([Operation(operation.gate, (0,), operation.angles)]))
        self._flush(tuple(self._waiting))
        return self._done

    def _turn(self, qubit: int, element: int) -> None:
        self._waiting[qubit] = after(self._waiting.get(qubit, 0), element)

    def _flush(self, qubits: tuple[int, ...]) -> None:
        for qubit in qubits:
            self._done += word(self._waiting.pop(qubit, 0), qubit)

    def _controlled(self, control: int, target: int) -> None:
        gate = self._known.get((control, target))
        if gate is None:
            if (target, control) not in self._known:
                raise InputError(f"the qubits {control} and {target} are not connected")
            self._around("h", (control, target), lambda: self._controlled(target, control))
        elif gate == "cz":
            self._around("h", (target,), lambda: self._place(gate, min(control, target), max(control, target)))
        elif gate == "cx":
            self._place(gate, control, target)
        else:  # ecr is s, sx, cx, x
            self._turn(control, named("sdg"))
            self._turn(target, named("sxdg"))
            self._place(gate, control, target)
            self._turn(control, named("x"))

    def _around(self, gate: str, qubits: tuple[int, ...], do: Callable[[], None]) -> None:
        for qubit in qubits:
            self._turn(qubit, named(gate))
        do()
        for qubit in qubits:
            self._turn(qubit, named(gate))

    def _place(self, gate: str, first: int, second: int) -> None:
        self._flush((first, second))
        self._done.append(Operation(gate, (first, second)))
