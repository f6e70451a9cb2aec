"""Qiskit's registers as runs of consecutive wires."""

from collections.abc import Sequence
from itertools import groupby

import msgspec
from qiskit.circuit import Bit, QuantumCircuit
from qiskit.circuit import Register as QiskitRegister

from qops.interchange.from_qiskit.names import fresh
from qops.model.circuit import Register


class Registers(msgspec.Struct, frozen=True):
    """Runs of wires that cover all of them, and, where Qiskit's registers are no such runs, what those were."""

    runs: tuple[Register, ...]
    scattered: dict[str, list[int]]


def registers_from_qiskit(circuit: QuantumCircuit) -> tuple[Registers, Registers]:
    """The quantum and the classical registers. Bits without a register get one named `q` or `c`.

    Registers that share bits, or whose bits are not consecutive and in order, cannot be declared in OpenQASM: one run
    then covers all wires.
    """
    taken = {register.name for register in (*circuit.qregs, *circuit.cregs)}
    return _runs(circuit.qubits, circuit.qregs, "q", taken), _runs(circuit.clbits, circuit.cregs, "c", taken)


def _runs(wires: Sequence[Bit], registers: Sequence[QiskitRegister], loose: str, taken: set[str]) -> Registers:
    index = {bit: place for place, bit in enumerate(wires)}
    places = {register.name: [index[bit] for bit in register] for register in registers if len(register)}
    owner: dict[int, str] = {}
    for name, members in places.items():
        owner.update(dict.fromkeys(members, name))
    together = sum(map(len, places.values())) == len(owner)
    if not together or any(
        members != list(range(members[0], members[0] + len(members))) for members in places.values()
    ):
        return Registers((Register(fresh(loose, taken), len(wires)),), places)
    runs = [(name, len(list(run))) for name, run in groupby(owner.get(place) for place in range(len(wires)))]
    return Registers(tuple(Register(name or fresh(loose, taken), size) for name, size in runs), {})
