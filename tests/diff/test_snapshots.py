"""`qops diff` on a project: which sides it takes, and what it reads to answer."""

import pytest
from support.project import BELL, FILES, GHZ, Project

from qops.diff import compare
from qops.errors import DamageFault, EnvironmentFault, ExitCode, InconclusiveError, InputError
from qops.model.report import Report
from qops.model.verdict import Outcome, exit_code
from qops.recorded import repository
from qops.snapshot import take

TRACKED = ("qops.lock", "artifacts.dvc", *FILES)


def recorded() -> Project:
    """A project with one committed snapshot, tagged v0.1.0."""
    project = Project()
    take.run(project.ports, [])
    project.commit("first", *TRACKED)
    project.history.tag("v0.1.0", "first")
    return project


def kinds(report: Report) -> dict[str, str]:
    return {circuit["name"]: circuit["kind"] for circuit in report.data["circuits"]}


def test_without_a_snapshot_there_is_nothing_to_compare_with() -> None:
    with pytest.raises(InconclusiveError) as caught:
        compare.run(Project().ports)
    assert "qops snapshot" in (caught.value.hint or "")


def test_an_unchanged_project_is_answered_without_reading_a_circuit() -> None:
    project = recorded()

    def refuse(entries: object) -> dict[str, object]:
        assert list(entries) == []
        return {}

    project.ports.sources.read = refuse
    report = compare.run(project.ports)
    assert kinds(report) == {"bell": "unchanged", "ghz": "unchanged"}
    assert report.summary == "no difference in 2 circuits"
    assert exit_code(report.verdicts) is ExitCode.OK


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("bell.qasm", BELL + "// said\n", "source text only"),
        ("bell.qasm", BELL.replace("q[", "w[").replace("] q", "] w"), "frame only"),
        ("bell.csv", "parameter,value\ntheta,0.5000000000001\n", "parameters within tolerance"),
        ("bell.csv", "parameter,value\ntheta,6.783185307179586\n", "parameters within tolerance"),
        ("bell.csv", "parameter,value\ntheta,0.6\n", "parameters"),
        ("bell.qasm", BELL.replace("cx", "cz"), "structure"),
    ],
)
def test_every_kind_of_change_is_named(path: str, text: str, kind: str) -> None:
    project = recorded()
    project.write(path, text)
    assert kinds(compare.run(project.ports)) == {"bell": kind, "ghz": "unchanged"}


def test_circuits_come_and_go() -> None:
    project = recorded()
    project.write("qops.yaml", FILES["qops.yaml"].replace("ghz:\n", "greenberger:\n"))
    report = compare.run(project.ports)
    assert kinds(report) == {"bell": "unchanged", "ghz": "removed", "greenberger": "added"}
    assert exit_code(report.verdicts) is ExitCode.FINDING


@pytest.mark.parametrize(
    ("csv", "fail_on", "expected"),
    [
        ("parameter,value\ntheta,0.6\n", "parameters", ExitCode.FINDING),
        ("parameter,value\ntheta,0.6\n", "structure", ExitCode.OK),
        ("parameter,value\ntheta,0.5000000000001\n", "parameters", ExitCode.OK),
        ("parameter,value\ntheta,0.5000000000001\n", "frame", ExitCode.FINDING),
    ],
)
def test_only_changes_of_the_asked_kind_and_above_fail(csv: str, fail_on: str, expected: ExitCode) -> None:
    project = recorded()
    project.write("bell.csv", csv)
    assert exit_code(compare.run(project.ports, fail_on=fail_on).verdicts) is expected


def test_the_tolerance_is_in_radians() -> None:
    project = recorded()
    project.write("bell.csv", "parameter,value\ntheta,0.6\n")
    assert kinds(compare.run(project.ports, tolerance=0.11))["bell"] == "parameters within tolerance"
    assert kinds(compare.run(project.ports, tolerance=0.09))["bell"] == "parameters"


def test_a_revision_is_compared_with_the_files_and_with_another_revision() -> None:
    project = recorded()
    project.write("bell.qasm", BELL.replace("cx", "cz"))
    take.run(project.ports, [])
    second = project.commit("second", *TRACKED)
    project.write("bell.qasm", BELL)
    assert kinds(compare.run(project.ports))["bell"] == "structure"
    assert kinds(compare.run(project.ports, "v0.1.0"))["bell"] == "unchanged"
    report = compare.run(project.ports, "v0.1.0", second)
    assert kinds(report)["bell"] == "structure"
    assert dict(report.facts)["old"] == f"v0.1.0 ({project.history.resolve('v0.1.0')[:12]})"


def test_only_the_named_circuits_are_compared() -> None:
    project = recorded()
    project.write("bell.qasm", "this is no circuit")
    assert kinds(compare.run(project.ports, names=["ghz"])) == {"ghz": "unchanged"}
    with pytest.raises(InputError) as caught:
        compare.run(project.ports, names=["gzh"])
    assert "ghz" in (caught.value.hint or "")


def test_a_revision_without_a_snapshot_is_inconclusive() -> None:
    project = Project()
    project.commit("nothing yet", "qops.yaml")
    with pytest.raises(InconclusiveError):
        compare.run(project.ports, "HEAD")


def test_what_the_store_has_lost_is_read_from_git() -> None:
    project = recorded()
    for path in [path for path in project.tree.files if path.startswith("artifacts/circuits/ghz")]:
        del project.tree.files[path]
    project.store.objects.clear()
    project.write("ghz.qasm", GHZ.replace("h q[0];", "x q[0];"))
    (ghz,) = compare.run(project.ports, names=["ghz"]).data["circuits"]
    assert len(ghz["script"]) == 2
    assert ghz["not_examined"] is None


def test_parameters_that_the_store_has_lost_are_read_from_git_too() -> None:
    """As in a clone that has no remote for DVC: the manifest of that time says where they were."""
    project = recorded()
    lose_the_store(project)
    project.write("values.csv", "parameter,value\ntheta,0.6\n")
    project.write("qops.yaml", FILES["qops.yaml"].replace("bell.csv", "values.csv"))
    (bell,) = compare.run(project.ports, names=["bell"]).data["circuits"]
    assert bell["not_examined"] is None
    assert bell["largest_difference"] == pytest.approx(0.1)


@pytest.mark.parametrize("file", ["circuit.qasm", "parameters.csv"])
def test_what_the_store_holds_damaged_is_not_passed_by(file: str) -> None:
    """Although git has the source: damage is not for a diff to hide."""
    project = recorded()
    md5 = repository.must_have(repository.recorded(project.tree)).circuits["bell"].files[file]
    project.store.objects[md5] = b"damaged"
    project.write("bell.csv", "parameter,value\ntheta,0.6\n")
    with pytest.raises(DamageFault, match=f"bell/{file} is damaged"):
        compare.run(project.ports)


def lose_the_store(project: Project) -> None:
    def lost(_path: str, _md5: str) -> bytes:
        raise EnvironmentFault("artifacts/circuits/bell is not in DVC's cache", hint="`dvc pull`")

    project.store.read = lost


def test_what_nobody_has_is_said_and_structure_still_fails() -> None:
    project = recorded()
    lose_the_store(project)
    project.write("bell.qasm", BELL.replace("cx", "cz"))
    project.commit("gone", "bell.qasm")
    report = compare.run(project.ports)
    assert [verdict.outcome for verdict in report.verdicts] == [Outcome.FAIL, Outcome.PASS]
    assert "not examined: artifacts/circuits/bell is not in DVC's cache; `dvc pull`" in report.sections[0].lines[0].text
    assert [table.columns[0] for table in report.sections[0].tables] == ["counts"]


def test_parameters_that_nobody_can_look_at_are_inconclusive_unless_nothing_is_tolerated() -> None:
    project = recorded()
    lose_the_store(project)
    project.write("bell.csv", "parameter,value\ntheta,0.6\n")
    project.commit("gone", "bell.csv")
    assert exit_code(compare.run(project.ports).verdicts) is ExitCode.INCONCLUSIVE
    assert exit_code(compare.run(project.ports, tolerance=0.0).verdicts) is ExitCode.FINDING
    assert exit_code(compare.run(project.ports, fail_on="frame").verdicts) is ExitCode.FINDING
    assert exit_code(compare.run(project.ports, fail_on="structure").verdicts) is ExitCode.OK


def test_the_hint_fetches_what_a_pull_does_not_bring() -> None:
    """`dvc pull` knows the version at hand alone; here git holds the sources of neither snapshot."""
    project = recorded()
    for value in ("0.6", "0.7"):
        project.write("bell.csv", f"parameter,value\ntheta,{value}\n")
        take.run(project.ports, [])
        project.commit(f"theta is {value}", "qops.lock", "artifacts.dvc")
    lose_the_store(project)
    project.write("bell.csv", "parameter,value\ntheta,0.8\n")
    hints = [compare.run(project.ports, revision).verdicts[0].hint for revision in (None, "HEAD", "HEAD~1")]
    assert ["`dvc pull`" in hint for hint in hints] == [True, True, False]
    assert "`dvc fetch --all-commits`" in hints[2]


def test_nothing_is_written() -> None:
    project = recorded()
    project.write("bell.qasm", BELL.replace("cx", "cz"))
    before = dict(project.tree.files), project.history.head()
    compare.run(project.ports)
    compare.run(project.ports, "v0.1.0", "HEAD")
    assert (dict(project.tree.files), project.history.head()) == before
