"""Kernels measured pair by pair: the circuits, the order, and what drift between jobs does to a test."""

from collections.abc import Sequence

import numpy as np
import pytest

from qops.abtest.kernels.measure import assembled, measurement, must_resolve, state_circuits, submission
from qops.circuits.measurements import final_measurements
from qops.circuits.reader import read
from qops.circuits.simulation.encoding import z_states, zz_states
from qops.circuits.simulation.evolution import run
from qops.circuits.simulation.overlap import distribution
from qops.circuits.simulation.state import State
from qops.errors import InconclusiveError
from qops.model.circuit import Circuit
from qops.model.kernels import QuantumKernel
from qops.model.ports import Job, Ran
from qops.model.target import Target
from qops.stats import binomial
from qops.stats.kernels import built_in, fidelity
from qops.stats.kernels.concentration import Concentration
from qops.stats.kernels.definite import indefinite
from qops.stats.kernels.design import rows_apart
from qops.stats.kernels.fused import p_value
from qops.stats.kernels.gram import given
from qops.stats.kernels.schedule import matrix, randomised

ROWS = np.random.default_rng(1).normal(size=(7, 2))
MAP = read(b"OPENQASM 3.0;\ninput float a;\ninput float b;\nqubit[2] q;\nry(a) q[0];\ncp(b) q[0], q[1];\n", "m.qasm")


def zero(circuit: Circuit) -> float:
    """The probability of zero."""
    ends = final_measurements(circuit)
    courses = run(circuit, State.of([np.array([1, 0], complex)] * circuit.qubit_count), set(ends))
    (weights,) = distribution(courses, [ends[bit] for bit in sorted(ends)]).values()
    return float(weights[0])


class Device:
    """A backend that knows every probability, and whose contrast may be another in each submission."""

    def __init__(self, contrasts: Sequence[float] = (1.0,)) -> None:
        self.contrasts = contrasts
        self.submissions: list[int] = []

    def target(self) -> Target:
        raise NotImplementedError

    def run(self, jobs: Sequence[Job]) -> tuple[Ran, ...]:
        number = len(self.submissions)
        contrast = self.contrasts[number % len(self.contrasts)]
        self.submissions.append(len(jobs))
        return tuple(self._ran(job, contrast, number) for job in jobs)

    def _ran(self, job: Job, contrast: float, number: int) -> Ran:
        zeros = int(np.random.default_rng(job.seed).binomial(job.shots, min(1.0, contrast * zero(job.circuit))))
        width = job.circuit.bit_count
        return Ran({"0" * width: zeros, "1" * width: job.shots - zeros}, f"job-{number}", "", "cal")


def measure(device: Device, states: list[Circuit], shots: int, pairs_a_job: int = 300) -> np.ndarray:
    wanted = measurement(states, shots, 5, pairs_a_job)
    jobs = int(wanted.plan.job[-1]) + 1
    return assembled(wanted, [count for job in range(jobs) for count in submission(device, wanted, job)])


@pytest.mark.parametrize("kernel", [QuantumKernel("zz"), QuantumKernel("zz", pairs="linear"), QuantumKernel("z")])
def test_the_circuits_have_the_fidelities(kernel: QuantumKernel) -> None:
    exact = z_states(ROWS, 2) if kernel.feature_map == "z" else zz_states(ROWS, 2, kernel.pairs)
    measured = measure(Device(), state_circuits(kernel, ROWS, {}), 10**7)
    assert measured == pytest.approx(fidelity.prepare(exact).block(slice(0, 7), slice(0, 7)), abs=2e-3)


def test_a_circuit_of_the_manifest() -> None:
    states = state_circuits(QuantumKernel("map"), ROWS, {"map": MAP})
    expected = np.cos((ROWS[0, 0] - ROWS[1, 0]) / 2) ** 2
    assert measure(Device(), states, 10**7)[0, 1] == pytest.approx(expected, abs=2e-3)


def test_every_pair_once_in_random_order_with_its_job() -> None:
    device = Device()
    wanted = measurement(state_circuits(QuantumKernel("z"), ROWS, {}), 20, 5, 8)
    found = [count for job in range(3) for count in submission(device, wanted, job)]
    pairs = [(count.left, count.right) for count in found]
    assert sorted(pairs) == [(i, j) for i in range(7) for j in range(i + 1, 7)]
    assert pairs != sorted(pairs)
    assert device.submissions == [8, 8, 5]
    assert [count.job for count in found] == ["job-0"] * 8 + ["job-1"] * 8 + ["job-2"] * 5
    assert submission(Device(), wanted, 1) != submission(Device(), wanted, 2)
    assert indefinite(measure(Device((1.0, 0.2)), list(wanted.states), 2, 8))


def alarms(order: str, runs: int) -> int:
    """False alarms at 0.05 among matrices whose contrast drifts by a tenth from job to job."""
    chance, found = np.random.default_rng(4), 0
    size = 60
    for seed in range(runs):
        states = zz_states(0.15 * chance.normal(size=(size, 2)), 2)
        plan = randomised(size, 177, seed)
        of_second = (plan.left >= size // 2).astype(int) + (plan.right >= size // 2)
        contrast = chance.normal(0.85, 0.1, 12)[plan.job if order == "random" else of_second]
        exact = fidelity.prepare(states).pairs(plan.left, plan.right)
        shares = chance.binomial(1000, np.clip(contrast * exact, 0, 1)) / 1000
        statistics = built_in("permutation").statistics(
            given(matrix(plan, size, shares)), rows_apart(size // 2, size // 2), 39, seed
        )
        found += p_value(statistics) <= 0.05
    return found


def test_random_order_keeps_the_level_under_drift_where_three_calls_do_not() -> None:
    low, high = binomial.interval(alarms("random", 300), 300, 0.999)
    assert low <= 0.05 <= high
    assert binomial.interval(alarms("three calls", 100), 100, 0.999)[0] > 0.1


@pytest.mark.parametrize(
    ("qubits", "shots", "needed", "fine"),
    [(11, 10, 1000, True), (12, 1000, 1000, True), (12, 999, 1000, False), (12, 10**6, None, False)],
)
def test_from_twelve_qubits_on_entries_have_to_be_told_apart(
    qubits: int, shots: int, needed: int | None, *, fine: bool
) -> None:
    found = Concentration(0.001, 0.0001, needed)
    if fine:
        must_resolve(QuantumKernel("zz"), qubits, found, shots)
    else:
        with pytest.raises(InconclusiveError, match="do not tell apart"):
            must_resolve(QuantumKernel("zz"), qubits, found, shots)
