"""Aer's simulator: ideal, with all the gates that it knows, or with the noise of another backend."""

import msgspec
from qiskit.transpiler import Target as QiskitTarget
from qiskit_aer import AerSimulator

from qops.backends import Site
from qops.backends.simulated import Simulated
from qops.interchange.targets import CONTROL_FLOW, from_qiskit, standard
from qops.model.manifest import BackendEntry
from qops.model.target import Target

QUBITS = 30
"""How many qubits an ideal simulator has where none are asked for: as many as a machine with 16 GB can hold."""


def open_backend(entry: BackendEntry, site: Site) -> Simulated:
    """The simulator."""
    if entry.noise_from:
        return Simulated(site.target(entry.noise_from), entry.options)
    return Simulated(_ideal(entry.name, entry.qubits or QUBITS), entry.options)


def _ideal(name: str, qubits: int) -> Target:
    """All that Aer does and circuits can say, everywhere and without error."""
    theirs = AerSimulator().target
    ours = QiskitTarget(num_qubits=qubits)
    for word in theirs.operation_names:
        if word in standard():
            ours.add_instruction(theirs.operation_from_name(word), {None: None}, name=word)
        elif word in CONTROL_FLOW:
            ours.add_instruction(CONTROL_FLOW[word], name=word)
    return msgspec.structs.replace(from_qiskit(ours, name), backend=name)
