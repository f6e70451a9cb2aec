"""The real ports, on a real repository."""

import subprocess
from pathlib import Path

import pytest
from support.command_line import Qops

from qops.cli import wiring
from qops.errors import EnvironmentFault
from qops.model.manifest import CircuitEntry, QasmSource
from qops.model.where import Where

BELL = b'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nh q[0];\ncx q[0], q[1];\n'


@pytest.fixture
def repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    subprocess.run(["git", "init", "--quiet"], cwd=here, check=True)
    (here / "below").mkdir()
    monkeypatch.chdir(here / "below")
    return here


def test_the_doors_are_those_of_the_repository_around(repository: Path) -> None:
    ports = wiring.ports("qops test")
    assert ports.tree.root == repository.resolve()
    assert ports.history.head() is None
    assert ports.store("artifacts").directory == "artifacts"


def test_circuits_are_read(repository: Path) -> None:
    (repository / "bell.qasm").write_bytes(BELL)
    sources = wiring.ports("qops test").sources
    entry = CircuitEntry("bell", QasmSource("bell.qasm"), None, (), Where("qops.yaml", 3, 3))
    assert sources.data(entry) == (BELL, b"")
    assert sources.read([entry])["bell"].circuit == sources.read_text("bell.qasm", BELL).circuit


def test_the_lock_names_the_command_and_may_be_entered_again(repository: Path) -> None:
    ports = wiring.ports("qops test")
    with ports.exclusive(), ports.exclusive():
        assert "qops test" in (repository / ".qops" / "lock").read_text()
        assert wiring.surroundings().lock_holder() is not None
    assert wiring.surroundings().lock_holder() is None


def test_a_snapshot_records_these_versions(repository: Path) -> None:  # noqa: ARG001
    versions = wiring.ports("qops test").versions()
    assert {"python", "qops", "qiskit", "dvc"} <= versions.keys()


def test_outside_of_a_repository_there_are_no_doors() -> None:
    with pytest.raises(EnvironmentFault, match="not inside a git repository"):
        wiring.ports("qops test")


def test_two_files_need_no_repository(here: Path, qops: Qops) -> None:
    (here / "a.qasm").write_bytes(BELL)
    (here / "b.qasm").write_bytes(BELL.replace(b"q[0], q[1]", b"q[1], q[0]"))
    assert qops("diff", "a.qasm", "a.qasm").code == 0
    assert qops("diff", "a.qasm", "b.qasm").code == 1


def test_what_takes_a_repository_says_so(qops: Qops) -> None:
    for words in (["diff"], ["diff", "a.qasm"], ["status"], ["log"], ["show"], ["snapshot"], ["restore", "a@b"]):
        outcome = qops(*words)
        assert outcome.code == 4
        assert "not inside a git repository" in outcome.err


def test_standard_input_is_a_file(here: Path, process: Qops) -> None:
    (here / "a.qasm").write_bytes(BELL)
    assert process("diff", "a.qasm", "-", "< a.qasm").code == 0
    closed = process("diff", "a.qasm", "-", "<&-")
    assert (closed.code, closed.err) == (4, "error: standard input is closed\n")
