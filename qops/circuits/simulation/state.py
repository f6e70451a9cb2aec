"""A state vector, and the one operation on it: a matrix on some of its qubits.

The axes of the array stand in any order; a product brings the qubits that it touches to the front and leaves them
there, which is one copy of the state and one call of BLAS.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.complex128]
Reals = npt.NDArray[np.float64]


class State:
    """A pure state of numbered qubits, perhaps not normalised.

    `amplitudes` has 2ⁿ entries; `order` names the qubit of each axis, the slowest first.
    """

    __slots__ = ("amplitudes", "order")

    def __init__(self, amplitudes: Array, order: Sequence[int]) -> None:
        self.amplitudes = amplitudes
        self.order = list(order)

    @classmethod
    def of(cls, qubits: Sequence[Array]) -> "State":
        """The product of one-qubit states, in the order of their numbers."""
        amplitudes = np.ones(1, complex)
        for qubit in qubits:
            amplitudes = np.kron(qubit, amplitudes)
        return cls(amplitudes, range(len(qubits) - 1, -1, -1))

    def facing(self, qubits: Sequence[int]) -> Array:
        """The amplitudes as a matrix: row i has the qubits in state i, the first of them the lowest bit."""
        front = list(reversed(qubits))
        chosen = set(front)
        rest = [qubit for qubit in self.order if qubit not in chosen]
        place = {qubit: axis for axis, qubit in enumerate(self.order)}
        axes = [place[qubit] for qubit in (*front, *rest)]
        tensor = self.amplitudes.reshape((2,) * len(axes)).transpose(axes)
        return tensor.reshape(1 << len(front), -1)

    def after(self, matrix: Array, qubits: Sequence[int]) -> "State":
        """The product with a matrix on `qubits`, the first of them the lowest bit."""
        return State((matrix @ self.facing(qubits)).reshape(-1), self._led_by(qubits))

    def after_controlled(self, matrix: Array, qubits: Sequence[int], controls: Sequence[int], state: int) -> "State":
        """The product with a matrix on `qubits` where `controls` are in `state`."""
        facing = self.facing((*qubits, *controls)).copy()
        blocks = facing.reshape(1 << len(controls), 1 << len(qubits), -1)
        blocks[state] = matrix @ blocks[state]
        return State(facing.reshape(-1), self._led_by((*qubits, *controls)))

    def projected(self, qubit: int, outcome: int) -> "State":
        """What is left where `qubit` is found in `outcome`, not normalised."""
        facing = self.facing((qubit,)).copy()
        facing[1 - outcome] = 0
        return State(facing.reshape(-1), self._led_by((qubit,)))

    def flipped(self, qubit: int) -> "State":
        """The state with `qubit` turned over."""
        return State(np.ascontiguousarray(self.facing((qubit,))[::-1]).reshape(-1), self._led_by((qubit,)))

    def weight(self) -> float:
        """The squared norm: for a branch, its probability."""
        return float(np.vdot(self.amplitudes, self.amplitudes).real)

    def _led_by(self, qubits: Sequence[int]) -> list[int]:
        chosen = set(qubits)
        return [*reversed(qubits), *(qubit for qubit in self.order if qubit not in chosen)]
