"""Qiskit's circuits to ours. Imports Qiskit, so it runs in the contained child alone."""

from qops.interchange.from_qiskit.circuit import circuit_from_qiskit

__all__ = ["circuit_from_qiskit"]
