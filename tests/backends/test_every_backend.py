"""What every built-in backend keeps: one suite over the dictionary, so that a new kind is tested at once."""

import importlib
import importlib.util

import pytest
from support.backends import BELL, ON_WIRES, circuit, entry, site
from support.targets import PLAIN

from qops.backends import BACKENDS, PACKAGES, open_backend
from qops.circuits.identity import digests
from qops.errors import InputError
from qops.formats import recorded_counts, target_json
from qops.formats.manifest_schema import KEYS
from qops.formats.recorded_counts import RecordedJob
from qops.interchange.targets import to_qiskit
from qops.model.manifest import BackendEntry
from qops.model.noise_path import Motion
from qops.model.ports import Backend, Job

START = "2026-01-31T12:00:00Z"
ENTRIES = {
    "generic": entry("line", "generic", qubits=4, coupling="line", seed=7),
    "aer": entry("sim", "aer", qubits=4),
    "fake": entry("manila", "fake", device="manila"),
    "ibm": entry("device", "ibm", device="fake_manila"),
    "target": entry("kept", "target", file="line.json"),
    "drifting": entry("tired", "drifting", noise_from="kept", path=(Motion("t1", "step", 0.5),), start=START),
    "replay": entry("again", "replay", of="kept", file="counts.jsonl"),
}
NOISY = {name: each for name, each in ENTRIES.items() if name != "aer"}


def recorded(text: str, counts: dict[str, int]) -> RecordedJob:
    identity = digests(circuit(text), b"")
    return RecordedJob(identity.skeleton, identity.parameters, counts, "job-1", START, "c" * 64)


RECORD = (recorded(ON_WIRES, {"10": 190, "00": 10}), recorded(BELL, {"00": 45, "11": 55})) * 2 + (
    recorded(BELL, {"00": 1}),
)
FILES = {"line.json": target_json.write(PLAIN), "counts.jsonl": recorded_counts.write(RECORD)}


class LocalService:
    """The Runtime service with one device, which is one on record: jobs run in its local mode."""

    def backend(self, name: str) -> object:
        assert name == "fake_manila"
        return importlib.import_module("qiskit_ibm_runtime.fake_provider").FakeManilaV2()


@pytest.fixture(autouse=True)
def service(monkeypatch: pytest.MonkeyPatch) -> None:
    if importlib.util.find_spec("qiskit_ibm_runtime"):
        monkeypatch.setattr("qops.backends.ibm.QiskitRuntimeService", lambda **_: LocalService())


def opened(one: BackendEntry) -> Backend:
    for package in PACKAGES[one.kind]:
        pytest.importorskip(package, reason=f"{package} is not installed")
    return open_backend(one, site(FILES, PLAIN))


def test_every_kind_is_tested_and_has_keys_and_packages() -> None:
    assert set(ENTRIES) == set(BACKENDS) == set(KEYS) == set(PACKAGES)


@pytest.mark.parametrize("name", ENTRIES)
def test_the_target_is_exact_and_can_be_compiled_for(name: str) -> None:
    target = opened(ENTRIES[name]).target()
    assert target_json.read(target_json.write(target), "t.json") == target
    assert to_qiskit(target).num_qubits == target.qubits > 1
    assert target_json.identity(opened(ENTRIES[name]).target()) == target_json.identity(target)


@pytest.mark.parametrize("name", ENTRIES)
def test_circuits_run_and_one_seed_gives_one_result(name: str) -> None:
    backend = opened(ENTRIES[name])
    jobs = (Job(circuit(ON_WIRES), 200, 5), Job(circuit(BELL), 100, 5))
    first, second = backend.run(jobs)
    assert (sum(first.counts.values()), sum(second.counts.values())) == (200, 100)
    assert {len(outcome) for outcome in (*first.counts, *second.counts)} == {2}
    assert max(first.counts, key=lambda outcome: first.counts[outcome]) == "10"
    assert set(second.counts) >= {"00", "11"}
    assert [ran.counts for ran in backend.run(jobs)] == [first.counts, second.counts]
    assert first.job
    assert first.began_at.endswith("Z")


@pytest.mark.parametrize("name", NOISY)
def test_what_ran_names_its_calibration(name: str) -> None:
    backend = opened(NOISY[name])
    (ran,) = backend.run([Job(circuit(ON_WIRES), 200, 5)])
    assert len(ran.calibration) == 64


def test_an_ideal_simulator_has_no_calibration() -> None:
    (ran,) = opened(ENTRIES["aer"]).run([Job(circuit(), 1, 5)])
    assert ran.calibration == ""


@pytest.mark.parametrize("name", ENTRIES)
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit q;\nh q;\n', "the circuit measures nothing"),
        (BELL.replace("qubit", "input float a;\nqubit"), "parameters without values: a"),
    ],
)
def test_what_cannot_be_counted_is_refused(name: str, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        opened(ENTRIES[name]).run([Job(circuit(text), 1, 5)])
