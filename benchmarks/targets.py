"""What a target of 133 qubits costs that is kept, beside making it; and estimates of success, beside Qiskit's."""

import math
import pickle
import sys
from collections.abc import Iterator

from qiskit import QuantumCircuit, transpile
from qiskit.circuit.random import random_circuit
from qiskit.transpiler import Target as QiskitTarget

from benchmarks import measure, outcome
from benchmarks.outcome import Row
from benchmarks.repositories import workshop
from qops.backends.shelf import TargetShelf
from qops.circuits.success import costs, log_success
from qops.formats import manifest, target_json
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.interchange.targets import to_qiskit
from qops.model.target import Target
from qops.vault.worktree import LocalTree

MANIFEST = "version: 1\nbackends:\n  device: {kind: fake, device: torino}\n"
MAKING = "from qiskit_ibm_runtime.fake_provider import FakeTorino; FakeTorino().target.operation_names"


def rows(*, small: bool) -> Iterator[Row]:
    """A device on record by a command, its file, and the estimated success of compiled circuits."""
    with workshop() as place:
        here = place.repository()
        (here / "qops.yaml").write_text(MANIFEST, encoding="utf-8")
        place.run("qops backend show device", here)
        rounds = 1 if small else 11
        seconds = measure.by_turns(
            {
                "kept": lambda: measure.command(["qops", "backend", "show", "device"], here, place.environment),
                "made": lambda: measure.command([sys.executable, "-c", MAKING], here, place.environment),
            },
            rounds,
        )
        value = measure.ratio(seconds["kept"], seconds["made"])
        yield Row("kept", "`qops backend show` of a kept target, beside making it in Python", value, "x", bar=0.3)
        entries = manifest.read(MANIFEST.encode(), "qops.yaml", lambda _: ()).backends
        runs = 1 if small else 50
        looked, kept = measure.call(lambda: TargetShelf(LocalTree(here), entries).get(entries["device"]), runs)
        yield Row("look", "a kept target's identity, from the disk", 1000 * looked, "ms", bar=5)
    yield from _file(kept.data, runs)
    yield from _success(target_json.read(kept.data, "t.json"), 2 if small else 10, runs=1 if small else 5)


def _file(data: bytes, runs: int) -> Iterator[Row]:
    seconds, target = measure.call(lambda: target_json.read(data, "t.json"), runs)
    theirs = to_qiskit(target)
    pickled = pickle.dumps(theirs)
    loading, _ = measure.call(lambda: pickle.loads(pickled), runs)  # noqa: S301 - made two lines above
    identifying, _ = measure.call(lambda: target_json.identity(target), runs)
    yield Row("size", "its file, beside a pickle of Qiskit's target", len(data) / len(pickled), "x", bar=1)
    yield Row("read", "reading and checking the file, beside loading the pickle", seconds / loading, "x", bar=10)
    yield Row("identity", "its identity, from the value", 1000 * identifying, "ms", bar=10)


def _success(target: Target, circuits: int, runs: int) -> Iterator[Row]:
    theirs, known = to_qiskit(target), costs(target)
    compiled = [_compiled(theirs, seed) for seed in range(circuits)]
    ours = [circuit_from_qiskit(circuit) for circuit in compiled]
    mine, found = measure.call(lambda: [log_success(circuit, known) for circuit in ours], runs)
    rival, wanted = measure.call(lambda: [circuit.estimate_fidelity(theirs) for circuit in compiled], runs)
    assert all(
        math.isclose(math.exp(f), w, rel_tol=1e-9) for (f, faulty), w in zip(found, wanted, strict=True) if not faulty
    )
    yield Row("success", "estimated success, beside Qiskit's `estimate_fidelity`", mine / rival, "x", bar=1)


def _compiled(target: QiskitTarget, seed: int) -> QuantumCircuit:
    return transpile(random_circuit(8, 20, max_operands=2, seed=seed), target=target, seed_transpiler=seed)


if __name__ == "__main__":
    outcome.run("targets", rows)
