import pytest
from support.project import Project

from qops.errors import DamageFault, InconclusiveError, InputError
from qops.model.report import Line
from qops.snapshot import log, show, take


def test_the_log_tells_what_each_snapshot_changed() -> None:
    project = Project()
    take.run(project.ports, [], tag="v0.1.0")
    project.write("bell.csv", "parameter,value\ntheta,0.7\n")
    take.run(project.ports, [], message="Train on")
    report = log.run(project.ports)
    assert [entry["subject"] for entry in report.data["snapshots"]] == ["Train on", "Snapshot v0.1.0"]
    assert [entry["changes"] for entry in report.data["snapshots"]] == [
        {"bell": "parameters"},
        {"bell": "added", "ghz": "added"},
    ]
    assert report.data["snapshots"][1]["tags"] == ["v0.1.0"]


def test_the_log_of_one_circuit_leaves_out_the_others_snapshots() -> None:
    project = Project()
    take.run(project.ports, [], message="One")
    project.write("bell.csv", "parameter,value\ntheta,0.7\n")
    take.run(project.ports, [], message="Two")
    assert len(log.run(project.ports, name="ghz").data["snapshots"]) == 1
    assert len(log.run(project.ports, name="bell").data["snapshots"]) == 2
    assert len(log.run(project.ports, limit=1).data["snapshots"]) == 1


def test_the_log_of_a_repository_without_snapshots_is_empty() -> None:
    assert log.run(Project().ports).summary == "no snapshot is committed yet"


def test_the_log_of_a_circuit_that_nobody_recorded_is_an_input_error() -> None:
    project = Project()
    take.run(project.ports, [], message="One")
    with pytest.raises(InputError, match="no snapshot has a circuit called `bel`") as caught:
        log.run(project.ports, name="bel")
    assert caught.value.hint == "did you mean `bell`?"


def test_a_lock_that_was_committed_damaged_does_not_hide_the_others() -> None:
    project = Project()
    take.run(project.ports, [], message="One")
    sound = project.tree.files["qops.lock"].decode()
    project.write("qops.lock", "<<<<<<< HEAD\n" + sound)
    damaged = project.commit("Oops", "qops.lock")
    project.write("qops.lock", sound)
    project.commit("Again", "qops.lock")
    report = log.run(project.ports)
    assert [entry["subject"] for entry in report.data["snapshots"]] == ["Again", "Oops", "One"]
    unknown = f"{damaged[:12]}:qops.lock:1:1: the file holds a merge conflict that is not resolved"
    assert [entry["not_examined"] for entry in report.data["snapshots"]] == [unknown, unknown, None]
    assert report.sections[1].lines[1] == Line(f"not examined: {unknown}", "?")


def test_where_a_shallow_clone_ends_nothing_is_said_to_be_added() -> None:
    project = Project()
    take.run(project.ports, [], message="One")
    project.history.is_shallow = True
    (entry,) = log.run(project.ports).data["snapshots"]
    assert entry["changes"] == {}
    assert entry["not_examined"].startswith("the clone is shallow")


def test_show_one_circuit_at_a_revision() -> None:
    project = Project()
    take.run(project.ports, [], tag="v0.1.0")
    project.write("bell.csv", "parameter,value\ntheta,0.7\n")
    take.run(project.ports, [])
    assert show.run(project.ports, "bell@v0.1.0").tables[1].rows == (("theta", "0.5"),)
    assert show.run(project.ports, "bell").tables[1].rows == (("theta", "0.7"),)


def test_show_everything_names_the_surroundings() -> None:
    project = Project()
    take.run(project.ports, [])
    report = show.run(project.ports)
    assert [row[0] for row in report.tables[0].rows] == ["bell", "ghz"]
    assert dict(report.facts)["taken on"] == "before the first commit"


def test_values_that_cannot_be_read_are_said_to_be_not_examined() -> None:
    project = Project()
    take.run(project.ports, [])
    project.store.objects.clear()
    del project.tree.files["artifacts/circuits/bell/parameters.csv"]
    titles = [section.title for section in show.run(project.ports, "bell").sections]
    assert "parameter values not examined" in titles


def test_values_that_are_damaged_are_a_fault() -> None:
    project = Project()
    take.run(project.ports, [])
    project.store.objects = dict.fromkeys(project.store.objects, b"damaged")
    with pytest.raises(DamageFault, match=r"bell/parameters\.csv is damaged"):
        show.run(project.ports, "bell")


def test_nothing_recorded_is_inconclusive() -> None:
    with pytest.raises(InconclusiveError):
        show.run(Project().ports)


def test_an_unknown_revision_or_circuit_is_an_input_error() -> None:
    project = Project()
    take.run(project.ports, [], tag="v0.1.0")
    with pytest.raises(InputError):
        show.run(project.ports, "bell@v0.9.0")
    with pytest.raises(InputError, match="no circuit is called `hello`"):
        show.run(project.ports, "hello@v0.1.0")
