import pytest
from support.project import BELL, FILES, Project

from qops.errors import InputError, ManyErrors
from qops.model.verdict import Outcome
from qops.recorded import repository
from qops.snapshot import status, take


def changes(report) -> dict[str, str]:  # noqa: ANN001
    return {name: change for name, change in report.data["changes"].items() if change != "unchanged"}


def test_records_every_circuit_of_the_manifest() -> None:
    project = Project()
    report = take.run(project.ports, [])
    assert changes(report) == {"bell": "added", "ghz": "added"}
    snapshot = repository.recorded(project.tree)
    assert snapshot is not None
    assert set(snapshot.circuits) == {"bell", "ghz"}
    assert set(snapshot.circuits["bell"].files) == {"circuit.qasm", "parameters.csv"}
    assert project.tree.files["artifacts/circuits/bell/parameters.csv"] == b"parameter,value\ntheta,0.5\n"


def test_an_unchanged_tree_writes_nothing_and_says_so() -> None:
    project = Project()
    take.run(project.ports, [])
    before = dict(project.tree.files)
    report = take.run(project.ports, [])
    assert report.summary == "2 circuits, nothing changed"
    assert project.tree.files == before


def test_circuits_that_are_not_named_stay_as_recorded() -> None:
    project = Project()
    take.run(project.ports, [])
    project.write("bell.qasm", BELL.replace("h q", "x q"))
    project.write("ghz.qasm", FILES["ghz.qasm"].replace("h q", "x q"))
    report = take.run(project.ports, ["ghz"])
    assert changes(report) == {"ghz": "structure"}
    assert changes(take.run(project.ports, [])) == {"bell": "structure"}


def test_kinds_of_change_are_told_apart() -> None:
    project = Project()
    take.run(project.ports, [])
    project.write("bell.csv", "parameter,value\ntheta,0.6\n")
    project.write("ghz.qasm", FILES["ghz.qasm"].replace("q", "r").replace("rreg", "qreg").replace("relib", "qelib"))
    project.write("ghz.qasm", project.tree.files["ghz.qasm"].decode().replace("OPENrASM", "OPENQASM"))
    assert changes(take.run(project.ports, [])) == {"bell": "parameters", "ghz": "frame"}
    project.write("bell.csv", "parameter,value\ntheta , 6/10\n")
    assert changes(take.run(project.ports, [])) == {"bell": "source text only"}


def test_a_circuit_taken_out_of_the_manifest_is_removed() -> None:
    project = Project()
    take.run(project.ports, [])
    project.write("qops.yaml", "version: 1\ncircuits:\n  ghz:\n    source: ghz.qasm\n")
    assert changes(take.run(project.ports, [])) == {"bell": "removed"}
    assert "artifacts/circuits/bell/circuit.qasm" not in project.tree.files


def test_a_message_commits_just_what_was_written() -> None:
    project = Project()
    project.commit("sources", *FILES)
    project.write("ghz.qasm", FILES["ghz.qasm"].replace("h q", "x q"))
    report = take.run(project.ports, [], message="First")
    names = dict(report.facts)
    assert names["note"] == "other files have changes that are not committed"
    assert project.history.read("HEAD", "qops.lock") == project.tree.files["qops.lock"]
    assert project.history.read("HEAD", "ghz.qasm") == FILES["ghz.qasm"].encode()


def test_a_tag_makes_a_commit_and_must_come_later() -> None:
    project = Project()
    report = take.run(project.ports, [], tag="v0.2.0")
    assert dict(report.facts)["tag"] == "v0.2.0"
    assert project.history.tags() == ("v0.2.0",)
    for tag, cause in {
        "v0.1.9": "v0.1.9 does not come after v0.2.0",
        "latest": "`latest` is not a version",
        "v0.2.0-rc.1": "v0.2.0-rc.1 does not come after v0.2.0",
    }.items():
        with pytest.raises(InputError, match=cause):
            take.run(project.ports, [], tag=tag)
    take.run(project.ports, [], tag="v0.3.0")
    assert project.history.resolve("v0.3.0") == project.history.resolve("v0.2.0")


def test_a_tag_that_is_on_head_already_stays_where_nothing_changed() -> None:
    """A command that was cut off after it had tagged is run again, and goes on from there."""
    project = Project()
    take.run(project.ports, [], tag="v0.2.0")
    report = take.run(project.ports, [], tag="v0.2.0", push=True)
    assert dict(report.facts)["tag"] == "v0.2.0, which is there already"
    assert project.history.pushed == ["HEAD", "refs/tags/v0.2.0"]
    project.write("bell.qasm", BELL.replace("h q", "x q"))
    before = dict(project.tree.files)
    with pytest.raises(InputError, match=r"the tag v0\.2\.0 exists already"):
        take.run(project.ports, [], tag="v0.2.0")
    assert project.tree.files == before


@pytest.mark.parametrize("message", ["", " \n"])
def test_an_empty_message_is_refused_before_anything_is_written(message: str) -> None:
    project = Project()
    before = dict(project.tree.files)
    with pytest.raises(InputError, match="the commit message is empty"):
        take.run(project.ports, [], message=message)
    assert project.tree.files == before


def test_removed_circuits_count_among_those_that_changed() -> None:
    project = Project()
    take.run(project.ports, [])
    project.write("qops.yaml", "version: 1\ncircuits: {}\n")
    assert status.run(project.ports).verdicts[0].because == "2 of 2 circuits changed since the last snapshot"
    assert take.run(project.ports, []).summary == "2 circuits, 2 changed"


def test_what_an_earlier_snapshot_left_uncommitted_does_not_make_the_tree_dirty() -> None:
    """Else a snapshot that was cut off and run again would record something else than one that was not."""
    project = Project()
    take.run(project.ports, [])
    project.commit("all", *FILES, "qops.lock", "artifacts.dvc")
    project.write("artifacts.dvc", "outs: []\n")
    project.write("qops.lock", project.tree.files["qops.lock"].decode().replace("openqasm2", "openqasm3"))
    take.run(project.ports, [])
    snapshot = repository.recorded(project.tree)
    assert snapshot is not None
    assert not snapshot.environment.dirty
    project.write("bell.csv", "parameter,value\ntheta,0.7\n")
    take.run(project.ports, [])
    assert repository.recorded(project.tree).environment.dirty


def test_a_store_that_moves_is_a_change_that_is_told() -> None:
    project = Project()
    take.run(project.ports, [])
    project.write("qops.yaml", FILES["qops.yaml"] + "store: kept\n")
    report = status.run(project.ports)
    assert report.verdicts[0].because == "the store moved since the last snapshot"
    assert report.facts == take.run(project.ports, []).facts == (("store", "artifacts → kept"),)
    assert status.run(project.ports).verdicts[0].outcome is Outcome.PASS


def test_a_dry_run_writes_nothing() -> None:
    project = Project()
    before = dict(project.tree.files)
    assert changes(take.run(project.ports, [], dry_run=True)) == {"bell": "added", "ghz": "added"}
    assert project.tree.files == before


def test_push_takes_artifacts_branch_and_tag() -> None:
    project = Project()
    take.run(project.ports, [], tag="v1.0.0", push=True)
    assert project.history.pushed == ["HEAD", "refs/tags/v1.0.0"]
    assert project.store.remote.keys() >= set(repository.recorded(project.tree).circuits["ghz"].files.values())


def test_all_problems_are_told_and_nothing_is_written() -> None:
    project = Project({**FILES, "bell.qasm": BELL + "oops q[0];\n", "ghz.qasm": ""})
    before = dict(project.tree.files)
    with pytest.raises(ManyErrors) as caught:
        take.run(project.ports, [])
    assert [str(problem) for problem in caught.value.problems] == [
        "bell.qasm:8:1: no gate is called `oops`",
        "ghz.qasm: the file is empty",
    ]
    assert project.tree.files == before


def test_an_unknown_name_gets_the_nearest_spelling() -> None:
    with pytest.raises(InputError, match="no circuit is called `bel`") as caught:
        take.run(Project().ports, ["bel"])
    assert caught.value.hint == "did you mean `bell`?"
