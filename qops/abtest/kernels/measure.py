"""A kernel measured on a backend: every pair of rows once, few shots each, in one random order over all jobs."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from qops.circuits.binding import bind
from qops.circuits.fidelity_test import fidelity_test, z_circuit, zz_circuit
from qops.errors import InconclusiveError
from qops.model.circuit import Circuit
from qops.model.kernels import QuantumKernel
from qops.model.ports import Backend, Job
from qops.stats.kernels.concentration import QUBITS, Concentration
from qops.stats.kernels.gram import Reals
from qops.stats.kernels.schedule import matrix, randomised

PAIRS_A_JOB = 300


class Entry(NamedTuple):
    """One pair of rows: how often zero was found, the backend's name for the job, and its calibration."""

    left: int
    right: int
    zeros: int
    job: str
    calibration: str


class Measured(NamedTuple):
    """The matrix of shares, and where each entry came from, in the order in which they were measured."""

    matrix: Reals
    entries: tuple[Entry, ...]


def state_circuits(kernel: QuantumKernel, angles: Reals, circuits: Mapping[str, Circuit]) -> list[Circuit]:
    """The circuit that prepares the state of each row; `angles` in radians."""
    rows = [[float(angle) for angle in row[: kernel.qubits or None]] for row in angles]
    match kernel.feature_map:
        case "zz":
            return [zz_circuit(row, kernel.repetitions, kernel.pairs) for row in rows]
        case "z":
            return [z_circuit(row, kernel.repetitions) for row in rows]
        case name:
            circuit = circuits[name]
            return [bind(circuit, dict(zip(circuit.parameters, row, strict=True))) for row in rows]


def measure(
    backend: Backend,
    states: Sequence[Circuit],
    shots: int,
    seed: int,
    pairs_a_job: int = PAIRS_A_JOB,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Measured:
    """Measure the kernel between states; `progress` is told the entries that are done, and how many there are.

    The order of pairs, and the seeds of jobs, are drawn from `seed`.
    """
    plan = randomised(len(states), pairs_a_job, seed)
    found: list[Entry] = []
    for start in range(0, len(plan.left), pairs_a_job):
        rows = slice(start, start + pairs_a_job)
        pairs = list(zip(plan.left[rows].tolist(), plan.right[rows].tolist(), strict=True))
        jobs = [
            Job(fidelity_test(states[i], states[j]), shots, (seed + start + place) % 2**32)
            for place, (i, j) in enumerate(pairs)
        ]
        for (i, j), ran in zip(pairs, backend.run(jobs), strict=True):
            zeros = sum(times for outcome, times in ran.counts.items() if "1" not in outcome)
            found.append(Entry(i, j, zeros, ran.job, ran.calibration))
        progress(len(found), len(plan.left))
    shares = np.array([entry.zeros / shots for entry in found])
    return Measured(matrix(plan, len(states), shares), tuple(found))


def must_resolve(kernel: QuantumKernel, qubits: int, found: Concentration, shots: int) -> None:
    """Do nothing if so many shots can tell entries apart; from twelve qubits on, anything else is not begun.

    Raises:
        InconclusiveError: the entries are too concentrated.
    """
    if qubits < QUBITS or (found.shots is not None and shots >= found.shots):
        return
    cause = (
        f"entries of `{kernel.name}` on {qubits} qubits are {found.mean:.2g} ± {found.deviation:.2g}, "
        f"which {shots:,} shots do not tell apart"
    )
    hint = f"ask for {found.shots:,} shots, or a smaller `scale`" if found.shots else "take a smaller `scale`"
    raise InconclusiveError(cause, hint=hint)
