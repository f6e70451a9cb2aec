"""Floor 1: reading OpenQASM, canonical form, identity, edit script. Standard library only; no Qiskit, no numpy."""
