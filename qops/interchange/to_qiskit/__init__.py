"""Our circuits as Qiskit's."""

from qops.interchange.to_qiskit.circuit import circuit_to_qiskit

__all__ = ["circuit_to_qiskit"]
