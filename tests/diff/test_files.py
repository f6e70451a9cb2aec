"""`qops diff` on two files, with and without a repository behind them."""

from pathlib import Path

import pytest
from support.project import BELL, Project

from qops.diff import compare
from qops.errors import ExitCode, InputError
from qops.model.report import Report
from qops.model.verdict import exit_code

OTHER = BELL.replace("cx", "cz")


@pytest.fixture
def project() -> Project:
    """No manifest and no snapshot, one commit with `bell.qasm` in it."""
    made = Project({"bell.qasm": BELL})
    made.commit("first", "bell.qasm")
    made.files.outside |= {
        Path("old.qasm"): BELL.encode(),
        Path("new.qasm"): OTHER.encode(),
        Path("old.csv"): b"parameter,value\ntheta,0.5\nphi,1\n",
        Path("new.csv"): b"parameter,value\ntheta,0.75\nphi,1\n",
    }
    return made


def kind(report: Report) -> tuple[str, str]:
    (circuit,) = report.data["circuits"]
    return circuit["name"], circuit["kind"]


def test_two_files_need_no_manifest(project: Project) -> None:
    report = compare.run(project.ports, "old.qasm", "new.qasm")
    assert kind(report) == ("new.qasm", "structure")
    assert exit_code(report.verdicts) is ExitCode.FINDING


def test_the_same_circuit_under_two_names_is_unchanged_but_for_nothing(project: Project) -> None:
    project.files.outside[Path("copy.qasm")] = BELL.encode()
    report = compare.run(project.ports, "old.qasm", "copy.qasm")
    assert exit_code(report.verdicts) is ExitCode.OK
    assert kind(report) == ("copy.qasm", "unchanged")


def test_a_file_at_a_revision_is_compared_with_itself_as_it_is(project: Project) -> None:
    project.write("bell.qasm", OTHER)
    assert kind(compare.run(project.ports, "HEAD:bell.qasm")) == ("bell.qasm", "structure")


def test_a_file_at_a_revision_is_compared_with_another_and_with_standard_input(project: Project) -> None:
    assert kind(compare.run(project.ports, "HEAD:bell.qasm", "new.qasm")) == ("new.qasm", "structure")
    report = compare.run(project.ports, "HEAD:bell.qasm", "-", standard_input=OTHER.encode)
    assert kind(report) == ("bell.qasm", "structure")
    assert dict(report.facts)["new"] == "-"


def test_standard_input_holds_parameters_where_the_other_file_does(project: Project) -> None:
    report = compare.run(project.ports, "old.csv", "-", standard_input=lambda: b"parameter,value\ntheta,0.75\nphi,1\n")
    assert kind(report) == ("old.csv", "parameters")
    with pytest.raises(InputError, match=r"^standard input:2:9: a quote"):
        compare.run(project.ports, "-", "new.csv", standard_input=BELL.encode)


def test_an_error_says_at_which_revision_the_file_is_wrong(project: Project) -> None:
    project.write("bell.qasm", "qubit q;\noops q;\n")
    project.commit("broken", "bell.qasm")
    project.write("bell.qasm", BELL)
    with pytest.raises(InputError, match=r"^HEAD:bell\.qasm:2:1: no gate is called `oops`"):
        compare.run(project.ports, "HEAD:bell.qasm")


def test_two_parameter_files_are_compared_value_by_value(project: Project) -> None:
    report = compare.run(project.ports, "old.csv", "new.csv")
    assert kind(report) == ("new.csv", "parameters")
    (table,) = report.sections[0].tables
    assert table.rows == (("theta", "0.5", "0.75", "+0.25", None),)
    assert kind(compare.run(project.ports, "old.csv", "new.csv", tolerance=0.25))[1] == "parameters within tolerance"
    assert kind(compare.run(project.ports, "old.csv", "old.csv"))[1] == "unchanged"


@pytest.mark.parametrize(
    ("a", "b", "cause"),
    [
        ("old.qasm", None, "one file is nothing to compare"),
        ("old.qasm", "v0.1.0", "old.qasm is a file and v0.1.0 a revision"),
        ("v0.1.0", "old.qasm", "old.qasm is a file and v0.1.0 a revision"),
        ("-", "-", "standard input can be only one of the two files"),
        ("none.qasm", "old.qasm", "there is no file none.qasm"),
        ("HEAD:none.qasm", "old.qasm", "there is no none.qasm at HEAD"),
        ("old.qasm", "new.csv", "old.qasm and new.csv are not the same kind of file"),
    ],
)
def test_what_cannot_be_compared_is_said(project: Project, a: str, b: str | None, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        compare.run(project.ports, a, b)
    assert caught.value.cause == cause


def test_names_of_circuits_make_no_sense_beside_files(project: Project) -> None:
    with pytest.raises(InputError):
        compare.run(project.ports, "old.qasm", "new.qasm", names=["bell"])


def test_a_broken_file_is_named(project: Project) -> None:
    project.files.outside[Path("new.qasm")] = b"OPENQASM 3.0;\nqubit[2] q;\ncx q[0], q[5];\n"
    with pytest.raises(InputError) as caught:
        compare.run(project.ports, "old.qasm", "new.qasm")
    assert str(caught.value.where).startswith("new.qasm:3")
