"""The circuits of all arms, compiled for the backend alike."""

from collections.abc import Mapping

from qops.abtest.arms import Prepared
from qops.abtest.ports import AbTestPorts
from qops.model.abtest import AbTestEntry
from qops.model.circuit import Circuit
from qops.model.manifest import BackendEntry
from qops.recorded.compilation import Wanted, Workbench, compiled

Circuits = dict[tuple[str, str], Circuit]
"""What is run, by arm and basis."""


def circuits(ports: AbTestPorts, entry: AbTestEntry, backend: BackendEntry, arms: Mapping[str, Prepared]) -> Circuits:
    """Every circuit on the wires of the backend; one that names physical qubits already is left as it is.

    Raises:
        InputError: a circuit cannot be compiled for the backend.
    """
    every = {(arm, basis): one for arm, made in arms.items() for basis, one in made.circuits.items()}
    bench = Workbench(ports.targets, ports.compiler, ports.executor)
    return compiled(bench, Wanted(backend, entry.compiled.level, entry.compiled.seed, entry.where), every)
