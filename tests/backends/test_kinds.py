import subprocess
import sys

import msgspec
import pytest
from support.backends import BELL, ON_WIRES, circuit, entry, site
from support.targets import LINE, PLAIN

from qops.backends import open_backend
from qops.backends.generic import open_backend as generic
from qops.backends.simulated import Simulated, restricted
from qops.errors import EnvironmentFault, InputError
from qops.formats import target_json
from qops.model.ports import Job
from qops.model.target import Place


def edges(coupling: str, qubits: int) -> set[tuple[int, ...]]:
    target = generic(entry("g", "generic", qubits=qubits, coupling=coupling, seed=1), site()).target()
    (places,) = [each.places or () for each in target.instructions if each.qubit_count == 2]
    return {tuple(sorted(place.qubits)) for place in places}


@pytest.mark.parametrize(
    ("coupling", "qubits", "wanted"),
    [
        ("line", 4, {(0, 1), (1, 2), (2, 3)}),
        ("ring", 4, {(0, 1), (1, 2), (2, 3), (0, 3)}),
        ("grid", 6, {(0, 1), (1, 2), (3, 4), (4, 5), (0, 3), (1, 4), (2, 5)}),
        ("full", 3, {(0, 1), (0, 2), (1, 2)}),
        ("", 3, {(0, 1), (0, 2), (1, 2)}),
    ],
)
def test_qubits_are_connected_as_asked_for(coupling: str, qubits: int, wanted: set[tuple[int, ...]]) -> None:
    assert edges(coupling, qubits) == wanted


def test_heavy_hexagons_have_at_most_three_neighbours() -> None:
    found = edges("heavy-hex", 19)
    assert max(sum(qubit in edge for edge in found) for qubit in range(19)) == 3


@pytest.mark.parametrize(
    ("facts", "told", "hint"),
    [
        ({"coupling": "grid", "qubits": 7}, "7 qubits are no grid, but a line", "take 8 qubits"),
        ({"coupling": "heavy-hex", "qubits": 20}, "no lattice of heavy hexagons has 20 qubits", "take 19 qubits"),
        ({"qubits": 3, "basis": ("warp",)}, "the generic backend `g`: ", ""),
    ],
)
def test_a_generic_backend_that_cannot_be_is_told_at_its_place(facts: dict[str, object], told: str, hint: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        generic(entry("g", "generic", seed=1, **facts), site())
    assert str(caught.value.where) == "qops.yaml:3:3"
    assert (caught.value.hint or "").startswith(hint)


def test_the_basis_is_what_was_asked_for() -> None:
    target = generic(entry("g", "generic", qubits=2, seed=1, basis=("cz", "sx", "rz")), site()).target()
    assert {"cz", "sx", "rz"} <= {each.name for each in target.instructions}
    assert "cx" not in {each.name for each in target.instructions}


def test_without_a_seed_a_generic_backend_is_another_one_every_time() -> None:
    one, other = (generic(entry("g", "generic", qubits=3), site()).target() for _ in range(2))
    assert target_json.identity(one) != target_json.identity(other)


def test_a_device_that_is_not_on_record_has_the_nearest_spelling() -> None:
    pytest.importorskip("qiskit_ibm_runtime")
    with pytest.raises(InputError, match="no device on record is called `torinoo`") as caught:
        open_backend(entry("a", "fake", device="torinoo"), site())
    assert caught.value.hint == "did you mean `torino`?"
    assert str(caught.value.where) == "qops.yaml:3:3"


@pytest.mark.parametrize("device", ["torino", "fake_torino", "FakeTorino", "ibm_torino"])
def test_a_device_on_record_is_known_by_any_of_its_names(device: str) -> None:
    pytest.importorskip("qiskit_ibm_runtime")
    target = open_backend(entry("a", "fake", device=device), site()).target()
    assert (target.backend, target.qubits, target.captured_at) == ("fake_torino", 133, "2025-02-26T20:26:08Z")


WITHOUT = """
import sys
sys.modules["qiskit_ibm_runtime"] = None
sys.path.insert(0, "tests")
from support.backends import entry, site
from qops.backends import open_backend
from qops.errors import EnvironmentFault
try:
    open_backend(entry("a", sys.argv[1], device="torino"), site())
except EnvironmentFault as fault:
    print(fault, fault.hint, sep="|")
"""


@pytest.mark.parametrize("kind", ["fake", "ibm"])
def test_a_missing_package_is_named_with_the_extra_that_brings_it(kind: str) -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT, kind], capture_output=True, text=True, check=True)
    told = "qops.yaml:3:3: the backend `a` needs the package qiskit_ibm_runtime, which is not installed"
    assert done.stdout == f"{told}|pip install 'qops[ibm]'\n"


def test_an_unknown_kind_has_the_nearest_spelling() -> None:
    with pytest.raises(InputError, match="there is no kind of backend `genric`") as caught:
        open_backend(entry("a", "genric"), site())
    assert caught.value.hint == "did you mean `generic`?"


def test_a_simulator_has_the_noise_of_another_backend() -> None:
    noisy = open_backend(entry("a", "aer", noise_from="kept"), site(target=PLAIN))
    assert noisy.target() == PLAIN
    (ran,) = noisy.run([Job(circuit(ON_WIRES), 4000, 5)])
    wrong = 1 - ran.counts["10"] / 4000
    assert 0.03 < wrong < 0.07  # readout errors of 2 % each, and a little of the gate


def test_an_option_that_aer_does_not_have_is_an_input_error() -> None:
    with pytest.raises(InputError, match="Aer refuses: "):
        open_backend(entry("a", "aer", options={"method": "guess"}), site()).run([Job(circuit(), 1, 1)])


def test_an_ideal_simulator_takes_everything_as_it_is_written() -> None:
    (ran,) = open_backend(entry("a", "aer"), site()).run([Job(circuit(BELL), 1000, 5)])
    assert set(ran.counts) == {"00", "11"}


def test_a_faulty_place_that_a_circuit_uses_can_be_simulated() -> None:
    text = ON_WIRES.replace("x $1;", "x $1;\ncz $1, $2;")
    kept = open_backend(entry("a", "target", file="t.json"), site({"t.json": target_json.write(LINE)}))
    (ran,) = kept.run([Job(circuit(text), 100, 5)])
    assert sum(ran.counts.values()) == 100


def test_only_what_is_touched_is_simulated() -> None:
    left = restricted(LINE, {"cz": {(0, 1)}, "sx": {(0,), (1,)}})
    assert {each.name: [place.qubits for place in each.places or ()] for each in left.instructions} == {
        "cz": [(0, 1)],
        "sx": [(0,), (1,)],
    }


def test_gates_inside_control_flow_are_noisy_too() -> None:
    text = ON_WIRES.replace("x $1;", "x $1;\nc[0] = measure $0;\nif (!c[0]) { sx $0; sx $0; }")
    worse = msgspec.structs.replace(
        PLAIN,
        instructions=tuple(
            msgspec.structs.replace(each, places=each.places and tuple(Place(p.qubits, 0.3, 4e-8) for p in each.places))
            if each.name == "sx"
            else each
            for each in PLAIN.instructions
        ),
    )
    shares = []
    for target in (PLAIN, worse):
        (ran,) = Simulated(target).run([Job(circuit(text), 2000, 5)])
        shares.append(sum(times for outcome, times in ran.counts.items() if outcome[1] == "1") / 2000)
    assert shares[0] > 0.9
    assert shares[1] < 0.8


def test_a_file_that_is_no_target_is_told_by_line() -> None:
    with pytest.raises(InputError, match=r"t\.json:1:11: this is a `lock`, not a target"):
        open_backend(entry("a", "target", file="t.json"), site({"t.json": b'{ "kind": "lock" }'}))


def test_a_fault_is_an_environment_fault_with_its_place() -> None:
    with pytest.raises(EnvironmentFault, match=r"qops\.yaml:3:3: the interpreter /no/python does not start"):
        open_backend(entry("a", "lab", python="/no/python"), site()).target()
