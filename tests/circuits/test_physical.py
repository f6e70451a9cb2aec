"""What circuits cost on a target: by hand, and beside Qiskit's own estimates."""

import math

import pytest
from qiskit import QuantumCircuit, transpile
from qiskit.providers.fake_provider import GenericBackendV2

from qops.circuits.physical import metrics
from qops.circuits.reader import read
from qops.circuits.success import costs
from qops.interchange import targets
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.circuit import Circuit
from qops.model.matrix import Metrics
from qops.model.target import Instruction, Place, Target

TARGET = Target(
    "small",
    "",
    3,
    (
        Instruction("cz", "cz", 2, places=(Place((0, 1), 0.01, 60e-9), Place((1, 2), 1.0, 80e-9))),
        Instruction("delay", "delay", 1),
        Instruction("measure", "measure", 1, places=(Place((0,), 0.02, 1e-6), Place((1,), 0.03, 1e-6))),
        Instruction("sx", "sx", 1, places=tuple(Place((qubit,), 1e-4, 20e-9) for qubit in range(3))),
    ),
    dt_s=1e-9,
)


def circuit(body: str) -> Circuit:
    text = f'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\nbit[2] c;\n{body}'
    return read(text.encode(), "a.qasm")


def measured(one: Circuit) -> Metrics:
    return metrics(one, costs(TARGET))


def test_counts_and_depths() -> None:
    found = measured(circuit("sx q[0];\ncz q[0], q[1];\nbarrier q;\ncz q[1], q[0];\nsx q[2];\n"))
    assert (found.two_qubit, found.two_qubit_depth, found.depth, found.size) == (2, 2, 3, 4)


def test_success_is_the_product_of_what_works() -> None:
    found = measured(circuit("sx q[0];\ncz q[1], q[0];\nc[0] = measure q[0];\n"))
    assert found.log_success == pytest.approx(math.log((1 - 1e-4) * 0.99 * 0.98))
    assert found.faulty == 0


def test_faulty_places_are_counted_apart() -> None:
    found = measured(circuit("cz q[1], q[2];\ncz q[0], q[1];\n"))
    assert (found.log_success, found.faulty) == (pytest.approx(math.log(0.99)), 1)


def test_time_is_the_longest_chain_and_barriers_hold_it_back() -> None:
    assert measured(circuit("sx q[0];\nsx q[1];\n")).duration_s == pytest.approx(20e-9)
    assert measured(circuit("sx q[0];\nbarrier q;\nsx q[1];\n")).duration_s == pytest.approx(40e-9)
    assert measured(circuit("delay[100dt] q[0];\nsx q[0];\n")).duration_s == pytest.approx(120e-9)


def test_what_is_not_known_is_none() -> None:
    assert measured(circuit("h q[0];\n")).duration_s is None
    assert measured(circuit("while (c[0]) { h q[0]; }\n")).duration_s is None
    ideal = Target("ideal", "", 3, (Instruction("h", "h", 1),))
    assert metrics(circuit("h q[0];\n"), costs(ideal)).log_success is None


def test_blocks_of_control_flow_count_once_and_are_as_deep_as_their_deepest() -> None:
    body = "if (c[0]) { cz q[0], q[1]; cz q[0], q[1]; } else { sx q[0]; }\nwhile (c[1]) { cz q[1], q[2]; }\n"
    found = measured(circuit(body))
    assert (found.two_qubit, found.two_qubit_depth, found.size) == (3, 3, 6)


@pytest.mark.parametrize("seed", range(4))
def test_as_qiskit_estimates_it(seed: int) -> None:
    backend = GenericBackendV2(6, seed=seed)
    source = QuantumCircuit(5)
    for place in range(4):
        source.h(place)
        source.cp(0.3 * (place + 1), place, place + 1)
    source.measure_all()
    compiled = transpile(source, target=backend.target, seed_transpiler=seed, optimization_level=2)
    target = targets.from_qiskit(backend.target, "generic")
    found = metrics(circuit_from_qiskit(compiled), costs(target))
    assert found.log_success is not None
    assert math.exp(found.log_success) == pytest.approx(compiled.estimate_fidelity(backend.target), rel=1e-12)
    assert found.duration_s == pytest.approx(compiled.estimate_duration(backend.target), rel=1e-9)
    assert found.two_qubit == sum(len(each.qubits) == 2 for each in compiled.data)
    assert found.depth == compiled.depth()
