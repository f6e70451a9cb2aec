"""Qiskit's generic backend: as many qubits as asked for, connected as asked for, its numbers drawn from a seed."""

from math import isqrt

from qiskit.exceptions import QiskitError
from qiskit.providers.fake_provider import GenericBackendV2
from qiskit.transpiler import CouplingMap

from qops.backends import Site
from qops.backends.simulated import Simulated
from qops.errors import InputError
from qops.interchange.targets import from_qiskit
from qops.model.manifest import BackendEntry

_LARGEST_DISTANCE = 63


def open_backend(entry: BackendEntry, _site: Site) -> Simulated:
    """The backend; without a seed it is another one every time."""
    qubits = entry.qubits or 1
    try:
        backend = GenericBackendV2(
            qubits,
            basis_gates=list(entry.basis) or None,
            coupling_map=_coupling(entry, qubits),
            seed=entry.seed,
        )
    except QiskitError as problem:
        raise InputError(f"the generic backend `{entry.name}`: {problem.message}", where=entry.where) from None
    return Simulated(from_qiskit(backend.target, entry.name))


def _coupling(entry: BackendEntry, qubits: int) -> CouplingMap:
    match entry.coupling:
        case "line":
            return CouplingMap.from_line(qubits)
        case "ring":
            return CouplingMap.from_ring(qubits)
        case "grid":
            return _grid(entry, qubits)
        case "heavy-hex":
            return _heavy_hex(entry, qubits)
        case _:
            return CouplingMap.from_full(qubits)


def _grid(entry: BackendEntry, qubits: int) -> CouplingMap:
    """The grid that is nearest to a square."""
    rows = next(rows for rows in range(isqrt(qubits), 0, -1) if qubits % rows == 0)
    if rows == 1 and qubits > 1:
        hint = f"take {qubits + 1} qubits, or `coupling: line`"
        raise InputError(f"{qubits} qubits are no grid, but a line", where=entry.where, hint=hint)
    return CouplingMap.from_grid(rows, qubits // rows)


def _heavy_hex(entry: BackendEntry, qubits: int) -> CouplingMap:
    """The heavy-hexagon code of an odd distance d, which has (5 d² - 2 d - 1) / 2 qubits."""
    sizes = {(5 * d * d - 2 * d - 1) // 2: d for d in range(3, _LARGEST_DISTANCE + 1, 2)}
    if qubits not in sizes:
        hint = f"take {min(sizes, key=lambda size: abs(size - qubits))} qubits"
        raise InputError(f"no lattice of heavy hexagons has {qubits} qubits", where=entry.where, hint=hint)
    return CouplingMap.from_heavy_hex(sizes[qubits])
