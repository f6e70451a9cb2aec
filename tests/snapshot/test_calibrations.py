"""Calibrations that a snapshot records beside the circuits."""

import msgspec
import pytest
from support.project import FILES, MANIFEST, Project
from support.shelf import MemoryTargets
from support.targets import LINE

from qops.errors import EnvironmentFault
from qops.formats import calibration_json
from qops.fsck.contents import recorded_files
from qops.model.calibration import of_target
from qops.model.manifest import BackendEntry
from qops.model.snapshot import Snapshot
from qops.model.target import Instruction, Target
from qops.recorded import repository
from qops.snapshot import show, take

BACKENDS = """\
backends:
  torino: {kind: fake, device: torino}
  device: {kind: ibm, device: x}
  free: {kind: generic, qubits: 3}
  ideal: {kind: aer}
  noisy: {kind: aer, noise_from: torino}
  exact: {kind: target, file: exact.json}
"""
PATH = "artifacts/calibration/torino.json"
LATER = msgspec.structs.replace(LINE, captured_at="2026-02-01T12:00:00Z")


@pytest.fixture
def project() -> Project:
    return Project({**FILES, "qops.yaml": MANIFEST + BACKENDS})


@pytest.fixture
def targets() -> MemoryTargets:
    ideal = Target("ideal", "", 2, (Instruction("x", "x", 1),))
    return MemoryTargets({"torino": LINE, "device": LINE, "free": LINE, "exact": ideal})


def recorded(project: Project) -> Snapshot:
    return repository.must_have(repository.recorded(project.tree))


def test_what_is_at_hand_or_always_the_same_is_recorded(project: Project, targets: MemoryTargets) -> None:
    targets.at_hand.clear()
    report = take.run(project.ports, [], open_shelf=targets.open)
    assert targets.asked == ["torino", "exact"]
    assert ("calibrations", "new ones of torino") in report.facts
    (record,) = recorded(project).calibrations.values()
    data = project.tree.files[PATH]
    assert calibration_json.read(data, PATH) == of_target(LINE)
    assert (record.name, record.captured_at, record.qubits) == ("torino", LINE.captured_at, 3)
    assert record.identity == calibration_json.identity(of_target(LINE))
    assert project.store.objects[record.file] == data
    assert recorded_files(recorded(project))["calibration/torino.json"] == record.file


def test_a_device_whose_target_was_captured_is_recorded_without_asking_it(
    project: Project, targets: MemoryTargets
) -> None:
    take.run(project.ports, [], open_shelf=targets.open)
    assert set(recorded(project).calibrations) == {"torino", "device"}
    assert "device" not in targets.asked


def test_an_unchanged_calibration_is_not_written_again(project: Project, targets: MemoryTargets) -> None:
    take.run(project.ports, [], open_shelf=targets.open)
    before = dict(project.tree.files)
    report = take.run(project.ports, [], open_shelf=targets.open)
    assert report.facts == ()
    assert project.tree.files == before


def test_a_new_calibration_alone_is_a_new_snapshot(project: Project, targets: MemoryTargets) -> None:
    take.run(project.ports, [], open_shelf=targets.open)
    targets.targets["torino"] = LATER
    report = take.run(project.ports, [], open_shelf=targets.open)
    assert report.facts == (("calibrations", "new ones of torino"),)
    assert report.summary == "2 circuits, nothing changed"
    assert recorded(project).calibrations["torino"].captured_at == LATER.captured_at


def test_a_backend_that_cannot_be_had_stays_as_it_was_and_is_told(project: Project, targets: MemoryTargets) -> None:
    take.run(project.ports, [], open_shelf=targets.open)
    before = recorded(project).calibrations
    targets.broken = frozenset({"torino"})
    targets.at_hand.clear()
    report = take.run(project.ports, [], open_shelf=targets.open)
    assert report.facts == (("calibration of torino", "not recorded: the backend `torino` is away"),)
    assert recorded(project).calibrations == before


def test_named_circuits_leave_calibrations_as_they_were(project: Project, targets: MemoryTargets) -> None:
    take.run(project.ports, [], open_shelf=targets.open)
    before = recorded(project).calibrations
    targets.targets["torino"] = LATER
    take.run(project.ports, ["bell"], open_shelf=targets.open)
    assert recorded(project).calibrations == before
    assert PATH in project.tree.files


def test_a_backend_that_left_the_manifest_leaves_the_lock(project: Project, targets: MemoryTargets) -> None:
    take.run(project.ports, [], open_shelf=targets.open)
    project.write("qops.yaml", MANIFEST)
    take.run(project.ports, [], open_shelf=targets.open)
    assert recorded(project).calibrations == {}
    assert PATH not in project.tree.files


def test_show_tells_all_that_was_recorded(project: Project, targets: MemoryTargets) -> None:
    take.run(project.ports, [], open_shelf=targets.open)
    assert set(show.run(project.ports).data["calibrations"]) == {"torino", "device"}


def test_a_target_at_hand_that_cannot_be_read_is_a_fault_and_nothing_is_recorded(
    project: Project, targets: MemoryTargets, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(entry: BackendEntry) -> None:
        raise EnvironmentFault(f"cannot read the target of {entry.name}: input/output error")

    monkeypatch.setattr(targets, "peek", fails)
    with pytest.raises(EnvironmentFault, match="input/output error"):
        take.run(project.ports, [], open_shelf=targets.open)
    assert repository.recorded(project.tree) is None
