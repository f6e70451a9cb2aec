import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from qiskit import QuantumCircuit, transpile
from qiskit.circuit import Parameter
from qiskit.circuit.library import CXGate, QFTGate, RXGate, RZZGate, SXGate, UnitaryGate
from qiskit.circuit.random import random_circuit
from qiskit.providers.fake_provider import GenericBackendV2
from qiskit.transpiler import CouplingMap, InstructionProperties, QubitProperties
from qiskit.transpiler import Target as QiskitTarget
from support.targets import LINE

from qops.errors import InputError
from qops.formats import target_json
from qops.interchange.targets import from_qiskit, to_qiskit
from qops.model.angle import Symbol

HEAVY = CouplingMap.from_heavy_hex(3)


def fake(name: str) -> QiskitTarget:
    provider = pytest.importorskip("qiskit_ibm_runtime.fake_provider", reason="the extra `ibm` is not installed")
    return getattr(provider, name)().target


TARGETS: dict[str, Callable[[], QiskitTarget]] = {
    "torino": lambda: fake("FakeTorino"),
    "sherbrooke": lambda: fake("FakeSherbrooke"),
    "an old one of cx": lambda: fake("FakeMontrealV2"),
    "one of u1, u2, u3": lambda: fake("FakeSingaporeV2"),
    "two kinds of measurement": lambda: fake("FakePittsburgh"),
    "fractional gates": lambda: fake("FakeFractionalBackend"),
    "heavy hexagons with control flow": lambda: (
        GenericBackendV2(HEAVY.size(), coupling_map=HEAVY, control_flow=True, seed=3).target
    ),
    "a line": lambda: GenericBackendV2(12, coupling_map=CouplingMap.from_line(12), seed=7).target,
    "all to all": lambda: GenericBackendV2(9, seed=1).target,
    "without noise": lambda: GenericBackendV2(8, noise_info=False, coupling_map=CouplingMap.from_ring(8)).target,
}


def circuits(target: QiskitTarget) -> list[QuantumCircuit]:
    width = min(5, target.num_qubits)
    qft = QuantumCircuit(width, width)
    qft.append(QFTGate(width), range(width))
    qft.measure_all()
    found = [qft, random_circuit(width, 6, max_operands=2, seed=11, measure=True)]
    if "if_else" in target.operation_names:
        branch = QuantumCircuit(width, 1)
        branch.h(0)
        branch.measure(0, 0)
        with branch.if_test((branch.clbits[0], 1)):
            branch.cx(0, width - 1)
        found.append(branch)
    return found


@pytest.mark.parametrize("name", TARGETS)
def test_what_comes_back_compiles_the_same(name: str) -> None:
    theirs = TARGETS[name]()
    again = to_qiskit(from_qiskit(theirs, name))
    for circuit in circuits(theirs):
        for level in range(4):
            wanted = transpile(circuit, target=theirs, optimization_level=level, seed_transpiler=5)
            found = transpile(circuit, target=again, optimization_level=level, seed_transpiler=5)
            assert found == wanted
            assert found.layout.final_index_layout() == wanted.layout.final_index_layout()
            assert found.count_ops() == wanted.count_ops()


@pytest.mark.parametrize("name", TARGETS)
def test_our_side_comes_back_exactly(name: str) -> None:
    ours = from_qiskit(TARGETS[name](), name, "2026-01-31T12:00:00Z")
    data = target_json.write(ours)
    assert from_qiskit(to_qiskit(target_json.read(data, "t.json")), name, "2026-01-31T12:00:00Z") == ours


def test_the_small_target_by_hand_comes_back() -> None:
    assert from_qiskit(to_qiskit(LINE), LINE.backend, LINE.captured_at) == LINE


def test_all_that_a_target_says_is_carried() -> None:
    theirs = QiskitTarget(
        num_qubits=3,
        dt=2e-9,
        granularity=8,
        min_length=16,
        pulse_alignment=4,
        acquire_alignment=2,
        qubit_properties=[QubitProperties(t1=1e-4, t2=2e-4, frequency=5e9)] * 3,
        concurrent_measurements=[[1, 0], [2]],
    )
    theirs.add_instruction(SXGate(), {(2,): InstructionProperties(duration=3.2e-8, error=0.1 + 0.2), (0,): None})
    theirs.add_instruction(RXGate(math.pi / 6), {(0,): None}, name="rx_30")
    theirs.add_instruction(RZZGate(Parameter("a")), {(0, 1): None}, angle_bounds=[(0.0, 1.5)])
    theirs.add_instruction(CXGate())
    ours = from_qiskit(theirs, "mine")
    by_name = {instruction.name: instruction for instruction in ours.instructions}
    assert list(by_name) == ["cx", "rx_30", "rzz", "sx"]
    assert by_name["cx"].places is None
    assert (by_name["rx_30"].gate, by_name["rx_30"].angles) == ("rx", (math.pi / 6,))
    assert (by_name["rzz"].angles, by_name["rzz"].bounds) == ((Symbol("a"),), ((0.0, 1.5),))
    assert (by_name["sx"].places or ())[1].error == 0.1 + 0.2
    assert ours.measured_together == ((0, 1), (2,))
    again = to_qiskit(ours)
    assert again.gate_has_angle_bounds("rzz")
    assert not again.supported_angle_bound("rzz", [1.6])
    assert from_qiskit(again, "mine") == ours
    assert (again.dt, again.granularity, again.min_length) == (2e-9, 8, 16)


def test_an_instruction_that_is_not_standard_is_named() -> None:
    theirs = QiskitTarget(num_qubits=1)
    theirs.add_instruction(UnitaryGate([[0, 1], [1, 0]], label="flip"), {(0,): None}, name="flip")
    with pytest.raises(InputError, match="`flip` is not a standard gate"):
        from_qiskit(theirs, "mine")


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        (InstructionProperties(error=math.nan), r"the error of `sx` at \[0\] is nan"),
        (InstructionProperties(error=1.5), r"the error of `sx` at \[0\] is 1.5"),
        (InstructionProperties(duration=-1e-9), r"the duration of `sx` at \[0\] is -1e-09"),
    ],
)
def test_a_number_that_is_none_is_refused(properties: InstructionProperties, told: str) -> None:
    theirs = QiskitTarget(num_qubits=1)
    theirs.add_instruction(SXGate(), {(0,): properties})
    with pytest.raises(InputError, match=told):
        from_qiskit(theirs, "mine")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"gate": "sx"', '"gate": "warp"', "`sx` is not a gate that Qiskit knows"),
        ('"gate": "sx"', '"gate": "rx"', "`sx` is a rx, which has 1 qubits and 1 angles"),
    ],
)
def test_a_gate_that_qiskit_cannot_be_told_of_is_named(old: str, new: str, told: str) -> None:
    text = target_json.write(LINE).decode().replace(old, new)
    with pytest.raises(InputError, match=told):
        to_qiskit(target_json.read(text.encode(), "t.json"))


IDENTITY = """
from qiskit.providers.fake_provider import GenericBackendV2
from qops.formats import target_json
from qops.interchange.targets import from_qiskit
print(target_json.identity(from_qiskit(GenericBackendV2(6, seed=3).target, "x")))
"""


def test_a_seeded_target_has_one_identity_in_every_process() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", IDENTITY],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            cwd=Path(__file__).parents[2],
        ).stdout
        for seed in ("1", "77")
    }
    here = target_json.identity(from_qiskit(GenericBackendV2(6, seed=3).target, "y"))
    assert found == {f"{here}\n"}
