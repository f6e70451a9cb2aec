"""What the backends of the manifest are."""

from pathlib import Path

import pytest
from support.project import Project
from support.shelf import MemoryTargets
from support.targets import LINE

from qops.calibration import catalogue, export
from qops.errors import InputError
from qops.formats import calibration_json, target_json
from qops.model.calibration import of_target

MANIFEST = """\
version: 1
backends:
  torino: {kind: fake, device: torino}
  device: {kind: ibm, device: x}
  free: {kind: generic, qubits: 3}
"""


@pytest.fixture
def project() -> Project:
    return Project({"qops.yaml": MANIFEST})


@pytest.fixture
def targets() -> MemoryTargets:
    return MemoryTargets(dict.fromkeys(("torino", "device", "free"), LINE))


def test_the_list_asks_nobody(project: Project, targets: MemoryTargets) -> None:
    targets.at_hand = {"torino"}
    report = catalogue.listed(project.ports, targets.open)
    assert targets.asked == []
    assert [row[:5] for row in report.tables[0].rows] == [
        ("torino", "fake", 3, LINE.captured_at, "yes"),
        ("device", "ibm", None, None, "captured"),
        ("free", "generic", 3, None, "no: it has no seed"),
    ]
    assert report.summary == "3 backends; not at hand yet: device (`qops backend show NAME` looks)"
    assert report.data["backends"]["torino"]["identity"] == target_json.identity(LINE)


def test_a_manifest_without_backends_is_told() -> None:
    report = catalogue.listed(Project().ports, MemoryTargets({}).open)
    assert report.summary == "the manifest declares no backends"


def test_a_backend_is_shown_with_its_worst_and_its_median(project: Project, targets: MemoryTargets) -> None:
    report = catalogue.shown(project.ports, targets.open, "torino")
    gates = {row[0]: row[1:] for row in report.tables[0].rows}
    assert gates["cz"] == (2, "0.01", "0.01", 1, "6.8e-08")
    assert gates["measure"] == (3, "0.03", "0.04", 0, "1.56e-06")
    assert gates["if_else"] == ("everywhere", None, None, None, None)
    assert report.tables[1].rows == (("T1 (s)", "0.0001", "0.0001", 0), ("T2 (s)", "0.0002", "0.0002", 0))
    assert dict(report.facts)["identity"] == target_json.identity(LINE)


def test_a_backend_without_a_seed_has_no_identity(project: Project, targets: MemoryTargets) -> None:
    assert "none of its own" in str(dict(catalogue.shown(project.ports, targets.open, "free").facts)["identity"])


def test_only_what_is_asked_for_anew_is(project: Project, targets: MemoryTargets) -> None:
    catalogue.shown(project.ports, targets.open, "device")
    catalogue.shown(project.ports, targets.open, "device", refresh=True)
    assert targets.asked == ["device", "device anew"]


def test_an_export_is_a_file_that_reads_back_and_a_device_is_asked(project: Project, targets: MemoryTargets) -> None:
    assert target_json.read(catalogue.exported(project.ports, targets.open, "torino"), "t.json") == LINE
    data = catalogue.exported(project.ports, targets.open, "device", calibration=True)
    assert calibration_json.read(data, "c.json") == of_target(LINE)
    assert targets.asked == ["torino", "device anew"]


def test_an_unknown_backend_has_the_nearest_spelling(project: Project, targets: MemoryTargets) -> None:
    with pytest.raises(InputError, match="no backend is called `torinoo`") as caught:
        catalogue.shown(project.ports, targets.open, "torinoo")
    assert caught.value.hint == "did you mean `torino`?"


def test_a_file_of_another_kind_is_not_overwritten(project: Project) -> None:
    data = target_json.write(LINE)
    project.files.outside = {Path("/a/t.json"): data, Path("/a/notes.json"): b"{}"}
    export.keep(project.files, Path("/a/t.json"), data)
    export.keep(project.files, Path("/a/new.json"), data)
    with pytest.raises(InputError, match="neither a target nor a calibration"):
        export.keep(project.files, Path("/a/notes.json"), data)
    assert project.files.outside[Path("/a/notes.json")] == b"{}"
