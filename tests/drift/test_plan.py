"""Diagnostics as files: the same for the same seed, what they cost, and a user's file stays."""

import json

import pytest
from support.devices import WAITING
from support.project import Project
from support.shelf import MemoryTargets

from qops.circuits.reader import read
from qops.drift.plan import Asked, plan, run
from qops.errors import InputError
from qops.model.diagnostic import Diagnostic

MANIFEST = "version: 1\nbackends:\n  line: {kind: target, file: line.json}\n"
T1 = Asked("t1-of-1", Diagnostic("t1", (1,)), "line", 1000)
RB = Asked("rb", Diagnostic("rb", (0, 1), length=4), "line", 1000)


@pytest.fixture
def project() -> Project:
    return Project({"qops.yaml": MANIFEST})


SHELF = MemoryTargets({"line": WAITING}).open


def test_circuits_are_written_once_and_are_the_same_again(project: Project) -> None:
    report = run(project.ports, SHELF, [T1, RB])
    names = [f"circuits/diagnostics/{name}.qasm" for name in ("t1-of-1-1", "rb-1", "rb-2", "rb-3")]
    assert [path for path in project.tree.files if path.endswith(".qasm")] == names
    assert report.summary.startswith("4 circuits, 2,000 shots an epoch, 0.16")
    before = dict(project.tree.files)
    again = run(project.ports, SHELF, [T1, RB])
    assert project.tree.files == before
    assert {row[1] for row in again.tables[0].rows} == {"as it was"}


def test_a_file_says_itself_what_counts_as_success(project: Project) -> None:
    run(project.ports, SHELF, [T1])
    circuit = read(project.tree.files["circuits/diagnostics/t1-of-1-1.qasm"], "t1.qasm")
    assert json.loads(dict(circuit.annotations)["success"]) == ["1"]


def test_shots_are_shared_without_a_rest(project: Project) -> None:
    found = plan(project.ports, SHELF, RB)
    assert [each.shots for each in found] == [334, 333, 333]


def test_nothing_is_written_in_a_dry_run(project: Project) -> None:
    report = run(project.ports, SHELF, [T1], dry_run=True)
    assert list(project.tree.files) == ["qops.yaml"]
    assert report.summary.endswith("nothing is written (--dry-run)")
    assert report.data["circuits"][0]["file"] == "new"


def test_what_the_user_changed_is_written_over_only_by_force(project: Project) -> None:
    run(project.ports, SHELF, [T1])
    path = "circuits/diagnostics/t1-of-1-1.qasm"
    project.write(path, "mine")
    with pytest.raises(InputError, match="says something else; nothing is written") as caught:
        run(project.ports, SHELF, [RB, T1])
    assert str(caught.value.where) == path
    assert "circuits/diagnostics/rb-1.qasm" not in project.tree.files
    run(project.ports, SHELF, [T1], force=True)
    assert project.tree.files[path].startswith(b"OPENQASM")


def test_a_backend_that_is_not_declared_is_told(project: Project) -> None:
    with pytest.raises(InputError, match="no backend is called `lime`"):
        run(project.ports, SHELF, [Asked("a", T1.diagnostic, "lime", 1)])
