"""A backend that is simulated by Aer, with the noise that its target tells of, or with none.

The noise of a gate is depolarising and thermal, from its error, its duration and the qubits' T1 and T2, as Aer derives
it [1]_; qubits that idle are not noisy. Only the qubits that a circuit touches are simulated.

References:
    [1] Qiskit Aer, `NoiseModel.from_backend`, https://qiskit.github.io/qiskit-aer/stubs/qiskit_aer.noise.NoiseModel.html
"""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

import msgspec
from qiskit import QuantumCircuit, transpile
from qiskit_aer import AerError, AerSimulator
from qiskit_aer.noise import NoiseModel

from qops import world
from qops.backends import counts
from qops.errors import InputError
from qops.formats import calibration_json
from qops.interchange.targets import to_qiskit
from qops.interchange.to_qiskit import circuit_to_qiskit
from qops.model.calibration import of_target
from qops.model.ports import Job, Ran
from qops.model.target import QubitQuality, Target


class Simulated:
    """The backend with a target. `options` are Aer's own."""

    def __init__(self, target: Target, options: Mapping[str, object] | None = None) -> None:
        self._target = target
        self._options = dict(options or {})
        self._noisy = any(place.error is not None for i in target.instructions for place in i.places or ())

    def target(self) -> Target:
        """What it can do."""
        return self._target

    def run(self, jobs: Sequence[Job]) -> tuple[Ran, ...]:
        """Run the jobs one after the other; a circuit on virtual qubits is compiled first, at level 1.

        Raises:
            InputError: Aer cannot simulate a circuit, or it measures nothing.
        """
        calibration = calibration_json.identity(of_target(self._target)) if self._noisy else ""
        return tuple(self._one(job, calibration) for job in jobs)

    def _one(self, job: Job, calibration: str) -> Ran:
        counts.must_measure(job.circuit)
        circuit = compiled(job, self._target)
        began = world.now()
        try:
            simulator = AerSimulator(noise_model=self._noise(circuit), **self._options)
            result = simulator.run(circuit, shots=job.shots, seed_simulator=job.seed).result()
        except AerError as problem:
            raise InputError(f"Aer refuses: {problem}") from None
        if not result.success:
            raise InputError(f"Aer cannot simulate the circuit: {result.status}")
        return Ran(counts.plain(result.get_counts()), f"simulated-{job.seed}", began, calibration)

    def _noise(self, circuit: QuantumCircuit) -> NoiseModel | None:
        if not self._noisy:
            return None
        active = {circuit.find_bit(qubit).index for step in circuit.data for qubit in step.qubits}
        return _noise_model(restricted(self._target, active))


def compiled(job: Job, target: Target) -> QuantumCircuit:
    """The circuit of a job as Qiskit's, on the wires of the target."""
    circuit = circuit_to_qiskit(job.circuit)
    if any(register.name == "$" for register in job.circuit.qubits):
        return circuit
    return transpile(circuit, target=to_qiskit(target), optimization_level=1, seed_transpiler=job.seed)


def restricted(target: Target, qubits: set[int]) -> Target:
    """The target, what it can do at other qubits left out."""
    return msgspec.structs.replace(
        target,
        instructions=tuple(
            msgspec.structs.replace(i, places=tuple(place for place in i.places if qubits.issuperset(place.qubits)))
            for i in target.instructions
            if i.places is not None
        ),
    )


def _noise_model(target: Target) -> NoiseModel:
    """Aer asks for a backend; of one, it uses these four."""
    if not target.qualities:
        target = msgspec.structs.replace(target, qualities=(QubitQuality(),) * target.qubits)
    theirs = to_qiskit(target)
    names = list(theirs.operation_names)
    return NoiseModel.from_backend(SimpleNamespace(version=2, operation_names=names, target=theirs, dt=theirs.dt))
