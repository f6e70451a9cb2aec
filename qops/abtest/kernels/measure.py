"""A kernel measured on a backend: every pair of rows once, few shots each, in one random order over all jobs."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from qops.circuits.binding import bind
from qops.circuits.fidelity_test import fidelity_test, z_circuit, zz_circuit
from qops.errors import InconclusiveError
from qops.model.circuit import Circuit
from qops.model.kernels import PairCount, QuantumKernel
from qops.model.ports import Backend, Job, Ran
from qops.stats.kernels.concentration import QUBITS, Concentration
from qops.stats.kernels.gram import Reals
from qops.stats.kernels.schedule import Schedule, matrix, randomised

PAIRS_A_JOB = 300


class Measurement(NamedTuple):
    """What is measured: the circuit of each row's state, shots an entry, and the order of pairs, drawn from `seed`.

    `identity` tells it from any other.
    """

    states: Sequence[Circuit]
    shots: int
    plan: Schedule
    seed: int
    identity: str = ""


def measurement(states: Sequence[Circuit], shots: int, seed: int, pairs_a_job: int = PAIRS_A_JOB) -> Measurement:
    """All pairs of states in one random order."""
    return Measurement(states, shots, randomised(len(states), pairs_a_job, seed), seed)


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


def submission(backend: Backend, wanted: Measurement, number: int) -> tuple[PairCount, ...]:
    """Measure the pairs of one job of the plan, as one submission."""
    places = np.flatnonzero(wanted.plan.job == number)
    pairs = list(zip(wanted.plan.left[places].tolist(), wanted.plan.right[places].tolist(), strict=True))
    jobs = [
        Job(fidelity_test(wanted.states[i], wanted.states[j]), wanted.shots, (wanted.seed + place) % 2**32)
        for place, (i, j) in zip(places.tolist(), pairs, strict=True)
    ]
    return tuple(
        PairCount(i, j, _zeros(ran), wanted.shots, ran.job, ran.began_at, ran.calibration, wanted.identity)
        for (i, j), ran in zip(pairs, backend.run(jobs), strict=True)
    )


def assembled(wanted: Measurement, found: Sequence[PairCount]) -> Reals:
    """The matrix of shares, of counts in the order of the plan."""
    return matrix(wanted.plan, len(wanted.states), np.array([count.zeros / count.shots for count in found]))


def _zeros(ran: Ran) -> int:
    return sum(times for outcome, times in ran.counts.items() if "1" not in outcome)


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
