"""What is measured, and which measurements can wait for the end."""

from qops.model.circuit import Circuit, every_operation


def measured_bits(circuit: Circuit) -> set[int]:
    """The bits that some measurement writes, inside control flow too."""
    return {bit for op in every_operation(circuit.operations) if op.gate == "measure" for bit in op.bits}


def final_measurements(circuit: Circuit) -> dict[int, int]:
    """Qubit by bit, for measurements that can wait: nothing afterwards touches either, and nothing else the bit."""
    qubits: set[int] = set()
    bits: set[int] = set()
    found: dict[int, int] = {}
    for operation in reversed(circuit.operations):
        if operation.gate in ("barrier", "delay"):
            continue
        for bit in operation.bits:
            found.pop(bit, None)
        free = qubits.isdisjoint(operation.qubits) and bits.isdisjoint(operation.bits)
        if operation.gate == "measure" and operation.bits and free:
            found[operation.bits[0]] = operation.qubits[0]
        qubits.update(operation.qubits)
        bits.update(operation.bits)
    return found
