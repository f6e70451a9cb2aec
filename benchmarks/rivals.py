"""Qiskit's OpenQASM 2 reader, told of the gates that its own `qelib1.inc` lacks and its writer writes (`sx`)."""

from qiskit import QuantumCircuit, qasm2


def loads(data: bytes) -> QuantumCircuit:
    """The circuit in an OpenQASM 2 text, as Qiskit reads it."""
    return qasm2.loads(data.decode(), custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
