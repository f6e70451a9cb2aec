from support.project import BELL, FILES, Project

from qops.errors import ExitCode
from qops.model.verdict import exit_code
from qops.snapshot import status, take

PYTHON = "def bell():\n    return '''" + BELL + "'''\n"


def test_before_the_first_snapshot_everything_is_new() -> None:
    report = status.run(Project().ports)
    assert report.data["changes"] == {"bell": "added", "ghz": "added"}
    assert exit_code(report.verdicts) is ExitCode.FINDING


def test_unchanged_files_are_not_read() -> None:
    project = Project()
    take.run(project.ports, [])
    project.ports.sources.read = lambda entries: {entry.name: None for entry in entries}
    report = status.run(project.ports)
    assert report.data["changes"] == {}
    assert exit_code(report.verdicts) is ExitCode.OK


def test_changes_are_named() -> None:
    project = Project()
    take.run(project.ports, [])
    project.write("bell.csv", "parameter,value\ntheta,0.25\n")
    project.write("qops.yaml", FILES["qops.yaml"].replace("ghz:", "greenberger:"))
    assert status.run(project.ports).data["changes"] == {
        "bell": "parameters",
        "ghz": "removed",
        "greenberger": "added",
    }


def test_tags_in_the_manifest_belong_to_the_record() -> None:
    project = Project()
    take.run(project.ports, [])
    project.write("qops.yaml", FILES["qops.yaml"].replace("small", "large"))
    assert status.run(project.ports).data["changes"] == {"bell": "frame"}
