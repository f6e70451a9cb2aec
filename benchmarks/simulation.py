"""Simulation: exact distances beside Aer's, and compiled circuits checked against their sources on random states."""

import os
import random
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

import msgspec
import numpy as np
from qiskit import QuantumCircuit, transpile
from qiskit.circuit.random import random_circuit
from qiskit.providers.fake_provider import GenericBackendV2
from qiskit_aer import AerSimulator

from benchmarks import measure, outcome
from benchmarks.outcome import Row
from qops.circuits.equivalence.stimuli import verify
from qops.circuits.simulation.exact import distances
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.circuit import Circuit
from qops.model.examination import Check, Sameness
from qops.model.layout import Layout

MUTANTS = 4


def rows(*, small: bool) -> Iterator[Row]:
    """Seconds of both simulators, seconds of a check, then how often a check is wrong."""
    yield from _started(1 if small else 5)
    for qubits in (4,) if small else (10, 16, 20):
        yield from _beside_aer(qubits, 3)
    for qubits, bar in ((4, None),) if small else ((10, 0.3), (20, 12.0)):
        yield _one_check(qubits, bar)
    yield from _answers((4,) if small else (5, 8, 10))


def _started(rounds: int) -> Iterator[Row]:
    programs = {"ours": "import qops.oracles.simulator", "aer": "import qiskit, qiskit_aer"}
    seconds = measure.by_turns({name: partial(_imported, words) for name, words in programs.items()}, rounds)
    yield Row("start", "a process that can simulate, started: qops", median(seconds["ours"]), "s")
    yield Row("start_aer", "a process that can simulate, started: Aer", median(seconds["aer"]), "s")
    ratio = measure.ratio(seconds["ours"], seconds["aer"])
    yield Row("start_ratio", "a process that can simulate, started: qops beside Aer", ratio, "x", bar=0.5)


def _imported(words: str) -> float:
    return measure.command([sys.executable, "-c", words], Path.cwd(), os.environ)


def _beside_aer(qubits: int, runs: int) -> Iterator[Row]:
    """Fidelity and total variation of two settings of a layered ansatz, both simulators on one thread."""
    pair = [layered(qubits, moved) for moved in (0.0, 0.01)]
    mine = [circuit_from_qiskit(each, "python") for each in pair]
    simulator = AerSimulator(method="statevector", max_parallel_threads=1)
    theirs = [transpile(each, simulator) for each in pair]
    for each in theirs:
        each.save_statevector()
    ours_seconds, found = measure.call(lambda: distances(*mine), runs)
    aer_seconds, (fidelity, variation) = measure.call(lambda: _by_aer(simulator, theirs), runs)
    if abs((found.fidelity or 0) - fidelity) > 1e-9 or abs((found.total_variation or 0) - variation) > 1e-9:
        raise RuntimeError(f"the simulators differ: {found}, {fidelity}, {variation}")
    what = f"exact distances, {qubits} qubits, {len(mine[0].operations)} gates twice"
    yield Row(f"exact_{qubits}", f"{what}: qops", ours_seconds, "s")
    yield Row(f"aer_{qubits}", f"{what}: Aer", aer_seconds, "s")
    yield Row(
        f"exact_ratio_{qubits}",
        f"{what}: qops beside Aer",
        ours_seconds / aer_seconds,
        "x",
        bar=2 if qubits >= 16 else None,
    )


def _by_aer(simulator: AerSimulator, pair: list[QuantumCircuit]) -> tuple[float, float]:
    states = [np.asarray(simulator.run(each).result().get_statevector()) for each in pair]
    p, q = (np.abs(state) ** 2 for state in states)
    return abs(np.vdot(*states)) ** 2, float(np.abs(p - q).sum() / 2)


def _one_check(qubits: int, bar: float | None) -> Row:
    source, result, layout = compiled(fourier(qubits), 2)
    seconds, check = measure.call(lambda: verify(source, result, layout, 1), 1)
    if check.sameness is not Sameness.SAME:
        raise RuntimeError(f"a false alarm: {check}")
    what = f"a Fourier transform on {qubits} qubits and its {len(result.operations):,} compiled gates, 2 states"
    return Row(f"check_{qubits}", what, seconds, "s", bar=bar)


def _answers(widths: tuple[int, ...]) -> Iterator[Row]:
    right: list[Check] = []
    wrong: list[Check] = []
    for qubits in widths:
        for made in (fourier(qubits), layered(qubits, 0.0), random_circuit(qubits, qubits, 3, seed=qubits)):
            for level in range(4):
                source, result, layout = compiled(made, level)
                right.append(verify(source, result, layout, 1))
                wrong += [verify(source, mutant, layout, 1) for mutant in mutants(result)]
    alarms = sum(check.sameness is not Sameness.SAME for check in right)
    found = sum(check.sameness is Sameness.DIFFERENT for check in wrong)
    yield Row("alarms", f"of {len(right)} right results at levels 0 to 3, those that raise an alarm", alarms, bar=0)
    what = f"of {len(wrong)} with one two-qubit gate less, those that are found"
    yield Row("found", what, 100 * found / len(wrong), "%", bar=100, at_least=True)


def compiled(source: QuantumCircuit, level: int) -> tuple[Circuit, Circuit, Layout]:
    """A circuit, what Qiskit makes of it for a line of qubits, and where it put them."""
    line = [[i, i + 1] for i in range(source.num_qubits - 1)]
    backend = GenericBackendV2(source.num_qubits, coupling_map=line + [edge[::-1] for edge in line], seed=7)
    done = transpile(source, backend, optimization_level=level, seed_transpiler=11)
    where = done.layout
    layout = Layout(tuple(where.initial_index_layout()), tuple(where.final_index_layout(filter_ancillas=False)))
    return circuit_from_qiskit(source, "python"), circuit_from_qiskit(done, "python"), layout


def mutants(circuit: Circuit) -> list[Circuit]:
    """The circuit with one two-qubit gate less, in a few ways."""
    places = [place for place, operation in enumerate(circuit.operations) if operation.gate == "cx"]
    return [
        msgspec.structs.replace(circuit, operations=circuit.operations[:place] + circuit.operations[place + 1 :])
        for place in random.Random(1).sample(places, min(MUTANTS, len(places)))
    ]


def fourier(qubits: int) -> QuantumCircuit:
    """The quantum Fourier transform, without its swaps."""
    made = QuantumCircuit(qubits)
    for qubit in reversed(range(qubits)):
        made.h(qubit)
        for other in range(qubit):
            made.cp(np.pi / 2 ** (qubit - other), other, qubit)
    return made


def layered(qubits: int, moved: float) -> QuantumCircuit:
    """Four layers of rotations and entangling gates, every angle of one kind moved."""
    chance = random.Random(qubits)
    made = QuantumCircuit(qubits)
    for _ in range(4):
        for qubit in range(qubits):
            made.ry(chance.uniform(-3, 3) + moved, qubit)
            made.rz(chance.uniform(-3, 3), qubit)
        for qubit in range(qubits - 1):
            made.cx(qubit, qubit + 1)
    return made


if __name__ == "__main__":
    outcome.run("simulation", rows)
