"""Clifford circuits: what they do to Pauli operators, the whole groups of one and two qubits, and a device's gates."""
