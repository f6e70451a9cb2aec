"""Which of our wires the bits of a Qiskit circuit are."""

import msgspec
from qiskit.circuit import ClassicalRegister, Clbit, QuantumCircuit, Qubit

from qops.interchange.from_qiskit.carrying import NotCarriedError

Wires = tuple[int, ...]


class Scope(msgspec.Struct, frozen=True):
    """Wires by bit; a block of control flow and the definition of a gate have scopes of their own."""

    qubits: dict[Qubit, int]
    bits: dict[Clbit, int]

    @classmethod
    def of(cls, circuit: QuantumCircuit, qubits: Wires | None = None, bits: Wires | None = None) -> "Scope":
        """The bits of `circuit`, in order, as the given wires, or as the wires from zero on."""
        return cls(
            dict(zip(circuit.qubits, qubits or range(circuit.num_qubits), strict=True)),
            dict(zip(circuit.clbits, bits or range(circuit.num_clbits), strict=True)),
        )

    def spelled(self, target: object) -> Wires:
        """The wires of a classical bit or register, least significant first.

        Raises:
            NotCarriedError: it is something else.
        """
        if isinstance(target, Clbit):
            return (self.bits[target],)
        if isinstance(target, ClassicalRegister) and len(target):
            return tuple([self.bits[bit] for bit in target])
        raise NotCarriedError("a question about a classical variable")
