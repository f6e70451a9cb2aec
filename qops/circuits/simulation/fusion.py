"""Gates multiplied together before they meet the state: a product with five qubits costs little more than with one."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec
import numpy as np
import numpy.typing as npt

from qops.circuits.equivalence.gates import WIDEST, Matrices
from qops.circuits.inlining import NotElementary, inlined
from qops.circuits.prelude import STANDARD
from qops.circuits.simulation.state import Array
from qops.model.circuit import GateDefinition, Operation

Indices = npt.NDArray[np.intp]


class Product(msgspec.Struct, frozen=True):
    """A matrix on some qubits, the first the lowest bit, applied where `controls` are in `state`."""

    matrix: Array
    qubits: tuple[int, ...]
    controls: tuple[int, ...] = ()
    state: int = 0


class Fuser:
    """Collects gates in blocks of at most `WIDEST` qubits; blocks that are open share no qubit.

    Args:
        gates: the users' gates of the circuit.
    """

    def __init__(self, gates: Mapping[str, GateDefinition]) -> None:
        self._gates = gates
        self._matrices = Matrices(gates)
        self._arrays: dict[int, Array] = {}
        self._open: dict[int, _Block] = {}

    def add(self, operation: Operation, values: Mapping[str, float]) -> Iterator[Product]:
        """Take in a gate; the blocks that it pushes out.

        Raises:
            NotElementary: it has no matrix.
        """
        for gate in self._elementary(operation, values):
            found = self._matrix(gate)
            if not gate.qubits:  # a global phase
                continue
            if found is None:
                yield from self._wide(gate)
            else:
                yield from self._fuse(found, gate.qubits)

    def flush(self, qubits: Sequence[int] | None = None) -> Iterator[Product]:
        """The blocks on these qubits, or all that are open."""
        for block in self._touched(list(self._open) if qubits is None else qubits):
            for qubit in block.qubits:
                del self._open[qubit]
            yield Product(block.matrix, tuple(block.qubits))

    def _touched(self, qubits: Sequence[int]) -> "list[_Block]":
        return list({id(block): block for qubit in qubits if (block := self._open.get(qubit))}.values())

    def _elementary(self, operation: Operation, values: Mapping[str, float]) -> Iterator[Operation]:
        whole = list(inlined((operation,), {}, values))
        if whole and operation.gate in self._gates and self._matrices.of(whole[0]) is None:
            yield from inlined((operation,), self._gates, values)
        else:
            yield from whole

    def _matrix(self, gate: Operation) -> Array | None:
        rows = self._matrices.of(gate)
        if rows is None:
            return None
        found = self._arrays.get(id(rows))  # the rows live as long as the matrices do
        if found is None:
            found = self._arrays[id(rows)] = np.array(rows, complex)
        return found

    def _fuse(self, matrix: Array, qubits: tuple[int, ...]) -> Iterator[Product]:
        blocks = self._touched(qubits)
        if len(set(qubits).union(*(block.qubits for block in blocks))) > WIDEST:
            yield from self.flush(qubits)
            blocks = []
        whole = _Block()
        for block in blocks:
            whole.join(block)
        whole.apply(matrix, qubits)
        self._open |= dict.fromkeys(whole.qubits, whole)

    def _wide(self, gate: Operation) -> Iterator[Product]:
        """A gate with so many controls that its matrix would be too large: the matrix without them."""
        yield from self.flush(gate.qubits)
        pattern = "".join(modifier[5:] for modifier in gate.modifiers if modifier.startswith("ctrl:"))
        known = STANDARD.get(gate.gate)
        base, own = gate.gate, len(gate.qubits) - len(pattern)
        if known is not None and known.base is not None:
            base, inner = known.base, STANDARD[known.base].qubits
            pattern += "1" * (own - inner)
        rest = tuple(modifier for modifier in gate.modifiers if not modifier.startswith("ctrl:"))
        targets = gate.qubits[len(pattern) :]
        matrix = self._matrix(Operation(base, targets, gate.angles, modifiers=rest))
        if matrix is None:
            raise NotElementary(f"`{gate.gate}` on {len(gate.qubits)} qubits has no matrix")
        yield Product(matrix, targets, gate.qubits[: len(pattern)], int(pattern[::-1], 2))


class _Block:
    """A product of gates so far, on `qubits`, the first of them the lowest bit."""

    def __init__(self) -> None:
        self.qubits: list[int] = []
        self.matrix: Array = np.ones((1, 1), complex)

    def join(self, other: "_Block") -> None:
        """Take in a block on other qubits."""
        self.qubits += other.qubits
        self.matrix = np.kron(other.matrix, self.matrix).astype(complex, copy=False)

    def apply(self, matrix: Array, qubits: Sequence[int]) -> None:
        """Take in a gate that comes after."""
        new = [qubit for qubit in qubits if qubit not in self.qubits]
        self.qubits += new
        self.matrix = np.kron(np.eye(1 << len(new)), self.matrix).astype(complex, copy=False)
        forth, back = _rows(len(self.qubits), tuple([self.qubits.index(qubit) for qubit in qubits]))
        size = len(self.matrix)
        self.matrix = (matrix @ self.matrix[forth].reshape(len(matrix), -1)).reshape(size, size)[back]


@cache
def _rows(width: int, places: tuple[int, ...]) -> tuple[Indices, Indices]:
    """The order of rows that brings the bits `places` to the front, and the one that takes them back."""
    axes = [width - 1 - place for place in reversed(places)]
    axes += [axis for axis in range(width) if axis not in axes]
    forth = np.arange(1 << width).reshape((2,) * width).transpose(axes).reshape(-1)
    return forth, np.argsort(forth)
