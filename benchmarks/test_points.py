"""Test points: what they cost a circuit, and what they cost a simulator."""

from collections.abc import Callable, Iterator
from functools import partial

import msgspec
from qiskit import QuantumCircuit, transpile

from benchmarks import measure, outcome
from benchmarks.outcome import Row
from benchmarks.simulation import layered
from qops.backends.simulated import Simulated
from qops.drift.points.insertion import Room, Watched
from qops.drift.points.proof import prove
from qops.drift.watch import Wanted, insert
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.interchange.targets import to_qiskit
from qops.model.angle import Symbol
from qops.model.circuit import Register
from qops.model.ports import Job
from qops.model.target import Instruction, Place, QubitQuality, Target

SHOTS = 4000
SEED = 5


def rows(*, small: bool) -> Iterator[Row]:
    """Ratios of depth and duration, the proof, then seconds of the application with and without its points."""
    whole = ((8, False, 4), (8, False, 2), (8, True, 4), (8, True, 2), (12, False, 4), (12, False, 2))
    for qubits, noisy, sites in ((3, False, 2),) if small else whole:
        yield from _of(qubits, sites, noisy=noisy, rounds=1 if small else 25)


def _of(qubits: int, sites: int, *, noisy: bool, rounds: int) -> Iterator[Row]:
    target = device(qubits + 6, noisy=noisy)
    found = watched(qubits, sites, target)
    what = f"{qubits} qubits, {'noisy' if noisy else 'ideal'}, {len(found.points)} test points on {sites} qubits"
    key = f"{qubits}_{'noisy' if noisy else 'ideal'}_{sites}"
    before, after = found.before, found.after
    yield Row(f"depth_{key}", f"{what}: depth beside the plain circuit", after.depth / before.depth, "x", bar=1.0)
    longer = (after.duration_s or 0.0) / (before.duration_s or 1.0)
    yield Row(f"duration_{key}", f"{what}: duration beside the plain circuit", round(longer, 12), "x", bar=1.0)
    proof = prove(found.plain, found.circuit)
    if proof.objections:
        raise RuntimeError("; ".join(proof.objections))
    why = "" if proof.difference is not None else proof.because
    yield Row(
        f"proof_{key}", f"{what}: greatest difference of density matrices", proof.difference, bar=1e-12, skipped=why
    )
    yield from _seconds(found, Simulated(target), key, what, rounds, heavy=qubits >= 8)


def _seconds(found: Watched, backend: Simulated, key: str, what: str, rounds: int, *, heavy: bool) -> Iterator[Row]:
    runs = {
        name: partial(_once, partial(backend.run, [Job(circuit, SHOTS, SEED)]))
        for name, circuit in (("plain", found.plain), ("points", found.circuit))
    }
    seconds = measure.by_turns(runs, rounds)
    ratio = measure.ratio(seconds["points"], seconds["plain"])
    yield Row(f"apart_{key}", f"{what}: simulated, beside the plain circuit", ratio, "x", bar=1.5 if heavy else None)


def _once(run: Callable[[], object]) -> float:
    return measure.call(run, 1)[0]


def watched(qubits: int, sites: int, target: Target) -> Watched:
    """An ansatz compiled for the first qubits of a line, with four points on some qubits beyond."""
    made = layered(qubits, 0.0)
    whole = QuantumCircuit(target.qubits, qubits)
    whole.compose(made, range(qubits), inplace=True)
    whole.measure(range(qubits), range(qubits))
    done = transpile(
        whole, target=to_qiskit(target), initial_layout=range(target.qubits), optimization_level=1, seed_transpiler=SEED
    )
    wires = (Register("$", target.qubits),)
    plain = msgspec.structs.replace(circuit_from_qiskit(done, "python"), qubits=wires)
    return insert(plain, target, Wanted(most_sites=sites, room=Room(4 // sites)))


def device(qubits: int, *, noisy: bool) -> Target:
    """A line of qubits."""
    every = range(qubits)
    edges = [(q, q + 1) for q in range(qubits - 1)]

    def places(error: float, seconds: float) -> tuple[Place, ...]:
        return tuple(Place((q,), error if noisy else None, seconds) for q in every)

    pairs = tuple(Place(edge, 0.005 if noisy else None, 7e-08) for edge in sorted(edges + [e[::-1] for e in edges]))
    return Target(
        backend="line",
        captured_at="",
        qubits=qubits,
        instructions=(
            Instruction("cx", "cx", 2, places=pairs),
            Instruction("delay", "delay", 1, (Symbol("t"),), places=tuple(Place((q,)) for q in every)),
            Instruction("measure", "measure", 1, places=places(0.01, 4e-07)),
            Instruction("reset", "reset", 1, places=places(0.0, 4e-07)),
            Instruction("rz", "rz", 1, (Symbol("a"),), places=places(0.0, 0.0)),
            Instruction("sx", "sx", 1, places=places(0.0003, 3.2e-08)),
        ),
        qualities=(QubitQuality(1e-4, 8e-5),) * qubits if noisy else (),
        dt_s=4e-09,
    )


if __name__ == "__main__":
    outcome.run("test_points", rows)
