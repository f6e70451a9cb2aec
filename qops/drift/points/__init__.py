"""Test points: small questions to idle qubits while a circuit runs, which cost it neither depth nor time."""
