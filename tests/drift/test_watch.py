"""The command that inserts test points: what it reads, what it writes, what it says."""

from pathlib import Path

import msgspec
import pytest
from support.devices import CHAIN, LONG
from support.project import GHZ, Project
from support.shelf import MemoryTargets

from qops.circuits.writer import write
from qops.drift.watch import Wanted, run
from qops.errors import InconclusiveError, InputError
from qops.model.circuit import Register
from qops.model.verdict import Outcome

MANIFEST = """\
version: 1
circuits: {long: long.qasm, ghz: ghz.qasm}
backends:
  chain: {kind: target, file: chain.json}
"""
SHELF = MemoryTargets({"chain": CHAIN}).open


@pytest.fixture
def project() -> Project:
    return Project({"qops.yaml": MANIFEST, "long.qasm": write(LONG), "ghz.qasm": GHZ})


@pytest.mark.parametrize("name", ["long", "long.qasm"])
def test_a_circuit_is_watched_and_written(name: str, project: Project) -> None:
    if name.endswith(".qasm"):
        project.files.outside[Path(name)] = write(LONG).encode()
    report = run(project.ports, SHELF, name, "chain", Wanted(), Path("watched.qasm"))
    text = project.files.outside[Path("watched.qasm")].decode()
    assert "bit[2] watch;" in text
    assert "watch[1] = measure $5;" in text
    assert dict(report.facts)["depth"].endswith("ratio 1.00")
    assert dict(report.facts)["duration"].endswith("ratio 1.00")
    (verdict,) = report.verdicts
    assert (verdict.outcome, verdict.statistic, verdict.threshold) == (Outcome.PASS, 0.0, 1e-12)
    assert report.summary == "2 test points, in watched.qasm"


def test_without_a_file_it_is_only_told(project: Project) -> None:
    report = run(project.ports, SHELF, "long", "chain", Wanted(), None)
    assert report.summary == "2 test points, not written: --to FILE"
    assert project.files.outside == {}


def test_a_file_of_another_kind_stays(project: Project) -> None:
    project.files.outside[Path("notes.txt")] = b"mine"
    with pytest.raises(InputError, match="is no OpenQASM"):
        run(project.ports, SHELF, "long", "chain", Wanted(), Path("notes.txt"))
    assert project.files.outside[Path("notes.txt")] == b"mine"


def test_a_circuit_that_is_not_compiled_is_told_the_next_step(project: Project) -> None:
    with pytest.raises(InputError, match="`ghz` is not compiled") as caught:
        run(project.ports, SHELF, "ghz", "chain", Wanted(), None)
    assert "qops transpile best ghz" in str(caught.value.hint)


def test_a_register_as_wide_as_the_device_stands_for_its_qubits(project: Project) -> None:
    project.write("long.qasm", write(msgspec.structs.replace(LONG, qubits=(Register("q", 7),))))
    report = run(project.ports, SHELF, "long", "chain", Wanted(), Path("watched.qasm"))
    assert report.summary == "2 test points, in watched.qasm"
    assert b"watch[1] = measure $5;" in project.files.outside[Path("watched.qasm")]


@pytest.mark.parametrize("name", ["lnog", "none.qasm"])
def test_what_is_not_there_is_told(name: str, project: Project) -> None:
    with pytest.raises(InputError):
        run(project.ports, SHELF, name, "chain", Wanted(), None)


def test_without_a_place_nothing_is_written(project: Project) -> None:
    with pytest.raises(InconclusiveError, match="9 couplings or more"):
        run(project.ports, SHELF, "long", "chain", Wanted(9), Path("w.qasm"))
    assert project.files.outside == {}
