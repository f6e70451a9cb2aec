from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from support.project import BELL, FILES, Project

from qops.circuits.identity import digests
from qops.circuits.reader import read
from qops.errors import EnvironmentFault, InputError
from qops.snapshot import restore, take

COMMENTED = BELL + "// a note that only the source holds\n"


@pytest.fixture
def project() -> Project:
    """Two versions: v0.1.0 with its sources in git, and a later edit that is committed too."""
    made = Project({**FILES, "bell.qasm": COMMENTED})
    made.commit("sources", *FILES)
    take.run(made.ports, [], tag="v0.1.0")
    made.write("bell.qasm", BELL.replace("h q", "x q"))
    made.write("bell.csv", "parameter,value\ntheta,0.75\n")
    take.run(made.ports, [], tag="v0.2.0")
    made.commit("edits", "bell.qasm", "bell.csv")
    return made


def test_restores_the_source_as_git_has_it(project: Project) -> None:
    report = restore.run(project.ports, "bell@v0.1.0")
    assert project.tree.files["bell.qasm"] == COMMENTED.encode()
    assert project.tree.files["bell.csv"] == FILES["bell.csv"].encode()
    assert set(report.data["files"].values()) == {"as git has it"}


def test_restores_canonical_text_where_git_lacks_the_source(project: Project) -> None:
    target = Path("/elsewhere/old.qasm")
    restore.run(project.ports, "bell@v0.2.0", to=target)
    data = project.files.outside[target]
    again, source = read(data, "old.qasm"), read(project.tree.files["bell.qasm"], "bell.qasm")
    assert digests(again, b"") == digests(source, b"")
    assert project.files.outside[Path("/elsewhere/old.csv")] == b"parameter,value\ntheta,0.75\n"


def test_does_not_overwrite_what_only_the_file_holds(project: Project) -> None:
    project.write("bell.qasm", BELL + "x q[0];\n")
    with pytest.raises(InputError, match="holds something that git does not"):
        restore.run(project.ports, "bell@v0.1.0")
    restore.run(project.ports, "bell@v0.1.0", force=True)
    assert project.tree.files["bell.qasm"] == COMMENTED.encode()


def test_a_store_that_holds_another_circuit_is_noticed(project: Project) -> None:
    lock = project.tree.files["qops.lock"].decode()
    other = lock.split("bell:")[1].split("skeleton: s1:")[1][:64]
    project.write("qops.lock", lock.replace(other, "0" * 64))
    with pytest.raises(EnvironmentFault, match="is not the circuit that was recorded"):
        restore.run(project.ports, "bell", to=Path("/elsewhere/x.qasm"))


def test_asks_for_qpy_only_where_there_is_one(project: Project) -> None:
    with pytest.raises(InputError, match="no QPY was kept"):
        restore.run(project.ports, "bell", to=Path("/elsewhere/x.qpy"))


def test_the_circuit_and_its_parameters_never_share_a_file(project: Project) -> None:
    with pytest.raises(InputError, match="is for parameters, not for a circuit") as caught:
        restore.run(project.ports, "bell", to=Path("/elsewhere/old.csv"))
    assert caught.value.hint == "name `/elsewhere/old.qasm`: the parameters go beside it"
    assert project.files.outside == {}


def test_a_directory_is_no_target(project: Project) -> None:
    with pytest.raises(InputError, match="this is a directory"):
        restore.run(project.ports, "bell", to=Path())


def test_only_files_of_the_repository_take_its_lock(project: Project) -> None:
    """So a circuit can be taken out of a repository that may not be written."""

    def forbidden() -> AbstractContextManager[None]:
        raise EnvironmentFault("the lock cannot be had")

    ports = replace(project.ports, exclusive=forbidden)
    restore.run(ports, "bell@v0.1.0", to=Path("/elsewhere/old.qasm"))
    with pytest.raises(EnvironmentFault, match="cannot be had"):
        restore.run(ports, "bell@v0.1.0", to=project.tree.root / "old.qasm")


def test_a_suffix_may_be_in_capitals() -> None:
    project = Project({"qops.yaml": "version: 1\ncircuits:\n  bell: BELL.QASM\n", "BELL.QASM": BELL})
    project.commit("source", "BELL.QASM")
    take.run(project.ports, [])
    assert restore.run(project.ports, "bell").data["files"] == {"/memory/BELL.QASM": "as git has it"}
