"""A backend that is simulated by Aer, with the noise that its target tells of, or with none.

The noise of a gate is depolarising and thermal, from its error, its duration and the qubits' T1 and T2, as Aer derives
it [1]_; a qubit that idles is noisy where the circuit has a `delay`, and nowhere else. Only the qubits that a circuit
touches are simulated.

References:
    [1] Qiskit Aer, `NoiseModel.from_backend`, https://qiskit.github.io/qiskit-aer/stubs/qiskit_aer.noise.NoiseModel.html
"""

import cmath
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import SimpleNamespace

import msgspec
from qiskit import QuantumCircuit, transpile
from qiskit.circuit import Delay
from qiskit.circuit.library import UnitaryGate
from qiskit_aer import AerError, AerSimulator
from qiskit_aer.noise import NoiseModel

from qops import world
from qops.backends import components, counts
from qops.circuits.success import SECONDS
from qops.errors import InputError
from qops.formats import calibration_json
from qops.interchange.targets import to_qiskit
from qops.interchange.to_qiskit import circuit_to_qiskit
from qops.model.calibration import of_target
from qops.model.circuit import Circuit
from qops.model.ports import Job, Ran
from qops.model.target import QubitQuality, Target


class Simulated:
    """The backend with a target.

    `options` are Aer's own. `truth` is the target whose noise there really is, where that is another than is published;
    `detuning_hz` by how much the frequency of a qubit is off, which turns it while it waits.
    """

    def __init__(
        self,
        target: Target,
        options: Mapping[str, object] | None = None,
        truth: Target | None = None,
        detuning_hz: Callable[[int], float] | None = None,
    ) -> None:
        self._target = target
        self._options = dict(options or {})
        self._truth = truth or target
        self._detuning_hz = detuning_hz or (lambda _: 0.0)
        resets = [each for each in self._truth.instructions if each.gate == "reset"]
        self._failing = {place.qubits[0] for each in resets for place in each.places or () if place.error}
        self._noisy = any(place.error is not None for i in target.instructions for place in i.places or ())
        self._alike = not self._noisy and detuning_hz is None

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
        """One job; on physical qubits in its parts, see `qops.backends.components`."""
        counts.must_measure(job.circuit)
        if not job.circuit.is_placed or self._is_quick(job.circuit):
            began, (found,) = self._simulated([compiled(job, self._target)], job)
            return Ran(found, f"simulated-{job.seed}", began, calibration)
        parts = components.parts(job.circuit, self._failing, alike=self._alike)
        method = {"method": "statevector"} if all(self._is_quick(part.circuit) for part in parts) else {}
        began, each = self._simulated([circuit_to_qiskit(part.circuit) for part in parts], job, method)
        whole = each[0] if len(parts) == 1 else components.joined(each, parts, job.circuit.bit_count, job.seed)
        return Ran(whole, f"simulated-{job.seed}", began, calibration)

    def _is_quick(self, circuit: Circuit) -> bool:
        """Whether it is simulated once for all shots, and on so few qubits that parts would cost more."""
        once = not self._noisy and components.at_the_end(circuit.operations)
        return once and components.width(circuit) <= components.FEW

    def _simulated(
        self, circuits: Sequence[QuantumCircuit], job: Job, method: Mapping[str, object] | None = None
    ) -> tuple[str, list[dict[str, int]]]:
        """When it began, and the counts of each circuit; `method` is Aer's, where the options name none.

        By itself, Aer takes stabilizers for Clifford circuits, which cost more on few qubits.
        """
        turned = [detuned(circuit, self._detuning_hz, self._target.dt_s) for circuit in circuits]
        began = world.now()
        try:
            simulator = AerSimulator(noise_model=self._noise(turned), **{**(method or {}), **self._options})
            result = simulator.run(turned, shots=job.shots, seed_simulator=job.seed).result()
        except AerError as problem:
            raise InputError(f"Aer refuses: {problem}") from None
        if not result.success:
            raise InputError(f"Aer cannot simulate the circuit: {result.status}")
        return began, [counts.plain(result.get_counts(place)) for place in range(len(turned))]

    def _noise(self, circuits: Sequence[QuantumCircuit]) -> NoiseModel | None:
        if not self._noisy:
            return None
        places: defaultdict[str, set[tuple[int, ...]]] = defaultdict(set)
        for circuit in circuits:
            for name, qubits in _done(circuit, tuple(range(circuit.num_qubits))):
                places[name].add(qubits)
        return _noise_model(restricted(self._truth, places))


def compiled(job: Job, target: Target) -> QuantumCircuit:
    """The circuit of a job as Qiskit's, on the wires of the target."""
    circuit = circuit_to_qiskit(job.circuit)
    if job.circuit.is_placed:
        return circuit
    return transpile(circuit, target=to_qiskit(target), optimization_level=1, seed_transpiler=job.seed)


def detuned(circuit: QuantumCircuit, detuning_hz: Callable[[int], float], dt_s: float | None) -> QuantumCircuit:
    """The circuit with the turns that qubits make while they wait, as matrices, which no noise is attached to."""
    waits = [step for step in circuit.data if step.operation.name == "delay"]
    if not any(detuning_hz(circuit.find_bit(step.qubits[0]).index) for step in waits):
        return circuit
    turned = circuit.copy_empty_like()
    for step in circuit.data:
        turned.append(step)
        if step.operation.name == "delay":
            hertz = detuning_hz(circuit.find_bit(step.qubits[0]).index)
            angle = math.tau * hertz * _seconds(step.operation, dt_s)
            turned.append(UnitaryGate([[1, 0], [0, cmath.exp(1j * angle)]]), step.qubits)
    return turned


def _seconds(delay: Delay, dt_s: float | None) -> float:
    if delay.unit == "dt" and dt_s is None:
        raise InputError("a delay is in units of `dt`, which the target does not have", hint="write it in `ns`")
    return float(delay.duration) * ({**SECONDS, "dt": dt_s or 0.0})[delay.unit]


def _done(circuit: QuantumCircuit, wires: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What a circuit does and to which qubits, inside control flow too; `wires` are the numbers of its qubits."""
    for step in circuit.data:
        qubits = tuple(wires[circuit.find_bit(qubit).index] for qubit in step.qubits)
        yield step.operation.name, qubits
        for block in getattr(step.operation, "blocks", ()):
            yield from _done(block, qubits)


def restricted(target: Target, places: Mapping[str, Collection[tuple[int, ...]]]) -> Target:
    """The target with no more than what is done, by the names of instructions and the qubits that each is done to."""
    return msgspec.structs.replace(
        target,
        instructions=tuple(
            msgspec.structs.replace(i, places=tuple(place for place in i.places if place.qubits in places[i.name]))
            for i in target.instructions
            if i.places is not None and i.name in places
        ),
    )


def _noise_model(target: Target) -> NoiseModel:
    """Aer asks for a backend; of one, it uses these four."""
    if not target.qualities:
        target = msgspec.structs.replace(target, qualities=(QubitQuality(),) * target.qubits)
    theirs = to_qiskit(target)
    names = list(theirs.operation_names)
    noise = NoiseModel.from_backend(SimpleNamespace(version=2, operation_names=names, target=theirs, dt=theirs.dt))
    noise.add_basis_gates(["id"])  # Aer complains of a circuit that is measured and nothing else
    return noise
