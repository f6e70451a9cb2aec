"""Qiskit's objects and ours, one into the other; pure, and the only floor below the edges that imports Qiskit."""
