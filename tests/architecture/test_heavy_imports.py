"""The commands that people wait for never import what takes long to import."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from support.targets import PLAIN

from qops.formats import target_json

HEAVY_RICH = {"rich.live", "rich.markdown", "rich.progress", "rich.syntax", "rich.traceback", "markdown_it", "pygments"}
HEAVY = {"qiskit", "qiskit_aer", "dvc", "git", "numpy", "scipy", "pydantic", *HEAVY_RICH}
WITHOUT_READING = HEAVY | {"rich", "yaml", "importlib.metadata", "xml", "hypothesis"}
PROGRAM = """
import sys
from qops.cli.boundary import run
code = run(sys.argv[1:])
print("\\n".join(["", f"code {code}", *sorted(sys.modules)]))
"""
CIRCUIT = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nh q[0];\ncx q[0], q[1];\n'
MANIFEST = "version: 1\ncircuits:\n  bell: bell.qasm\n"


def imported(*arguments: str, directory: Path) -> set[str]:
    """All modules that were imported by the time that a command ended, with its exit code among them."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=directory, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines())


def skip_without(slice_name: str) -> None:
    try:
        found = importlib.util.find_spec(slice_name)
    except ModuleNotFoundError:
        found = None
    if found is None:
        pytest.skip(f"{slice_name} is not there yet")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    (tmp_path / "bell.qasm").write_text(CIRCUIT)
    (tmp_path / "bell2.qasm").write_text(CIRCUIT.replace("h q[0]", "x q[0]"))
    (tmp_path / "qops.yaml").write_text(MANIFEST)
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "Begin"]):
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        (["--version"], 0),
        ([], 2),
        (["nonsense"], 2),
        (["diff", "--nonsense"], 2),
        (["diff", "--help"], 0),
        (["completions", "bash"], 0),
    ],
)
def test_nothing_is_read_for_words_alone(arguments: list[str], code: int, tmp_path: Path) -> None:
    found = imported(*arguments, directory=tmp_path)
    assert f"code {code}" in found
    assert found & WITHOUT_READING == set()


def test_doctor_looks_at_packages_without_importing_them(repository: Path) -> None:
    assert imported("doctor", directory=repository) & HEAVY == set()


@pytest.mark.parametrize(
    ("arguments", "code", "needs"),
    [
        (["status"], 1, "qops.snapshot.status"),
        (["status", "--json"], 1, "qops.snapshot.status"),
        (["log"], 0, "qops.snapshot.log"),
        (["diff"], 3, "qops.diff.compare"),
        (["diff", "bell.qasm", "bell2.qasm"], 1, "qops.diff.compare"),
        (["diff", "HEAD:bell.qasm", "bell.qasm"], 0, "qops.diff.compare"),
        (["ci", "init", "--make", "--print"], 0, "qops.pipeline.ci"),
    ],
)
def test_the_hot_path_is_light(arguments: list[str], code: int, needs: str, repository: Path) -> None:
    skip_without(needs)
    found = imported(*arguments, directory=repository)
    assert f"code {code}" in found
    assert found & HEAVY == set()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["backend", "list"], 0),
        (["backend", "show", "kept"], 0),
        (["backend", "export", "kept"], 0),
        (["backend", "diff", "kept", "line.json"], 0),
    ],
)
def test_a_target_that_is_at_hand_needs_no_qiskit(arguments: list[str], code: int, repository: Path) -> None:
    (repository / "line.json").write_bytes(target_json.write(PLAIN))
    (repository / "qops.yaml").write_text(f"{MANIFEST}backends:\n  kept: {{kind: target, file: line.json}}\n")
    found = imported(*arguments, directory=repository)
    assert f"code {code}" in found
    assert found & HEAVY == set()


def test_a_target_that_was_made_once_needs_no_qiskit_again(repository: Path) -> None:
    (repository / "qops.yaml").write_text(f"{MANIFEST}backends:\n  line: {{kind: generic, qubits: 3, seed: 1}}\n")
    assert "qiskit" in imported("backend", "show", "line", directory=repository)
    for arguments in (["backend", "show", "line"], ["backend", "export", "line"], ["backend", "list"]):
        assert imported(*arguments, directory=repository) & HEAVY == set()


def test_a_matrix_of_which_nothing_changed_needs_no_qiskit_and_no_statistics(repository: Path) -> None:
    (repository / "line.json").write_bytes(target_json.write(PLAIN))
    matrix = "backends:\n  kept: {kind: target, file: line.json}\nmatrix: {levels: [0], seeds: 2}\n"
    (repository / "qops.yaml").write_text(MANIFEST + matrix)
    command = ["transpile-matrix", "--verify", "off"]
    assert "code 0" in imported(*command, "--accept", "the first", directory=repository)
    found = imported(*command, directory=repository)
    assert "code 0" in found
    assert found & HEAVY == set()


@pytest.mark.parametrize("options", [["--json"], ["--format", "markdown"], ["--quiet"]])
@pytest.mark.parametrize("command", ["status", "log"])
def test_what_is_not_drawn_needs_no_rich(command: str, options: list[str], repository: Path) -> None:
    assert "rich" not in imported(command, *options, directory=repository)


def test_the_test_itself_sees_a_heavy_import() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import numpy, sys; print(*sys.modules)"], capture_output=True, check=True
    )
    assert b"numpy" in done.stdout.split()


COUNTS = "arm,outcome,count\na,0,10\na,1,90\nb,0,20\nb,1,80\n"
ABTEST = """\
backends: {sim: {kind: aer}}
abtests:
  new: {a: bell, b: bell, backend: sim, metric: {pass: ["1"]}}
"""


COUNTED = (951, 943, 957, 949, 946, 955, 941, 952, 948, 950, 944, 956, 953, 947, 945, 954, 950, 942, 958, 949, 951, 948)
EPOCHS = "at,shots,successes\n" + "".join(f"2026-01-01T{n:02d}:00:00Z,1000,{hits}\n" for n, hits in enumerate(COUNTED))
DRIFT = 'drift: {well: {circuit: bell, success: ["0"], baseline: 20}}\n'


def test_a_check_for_drift_needs_neither_qiskit_nor_dvc_nor_statistics(repository: Path) -> None:
    (repository / "epochs.csv").write_text(EPOCHS)
    (repository / "qops.yaml").write_text(MANIFEST + DRIFT)
    assert "code 0" in imported("drift", "record", "well", "epochs.csv", directory=repository)
    imported("drift", "baseline", "well", directory=repository)  # frozen, though there is no DVC to save it with
    found = imported("drift", "check", directory=repository)
    assert "code 0" in found
    assert "qops.drift.judge" in found
    assert found & ((HEAVY - {"numpy"}) | {"scipy"}) == set()


def test_judging_counts_needs_neither_qiskit_nor_dvc(repository: Path) -> None:
    (repository / "counts.csv").write_text(COUNTS)
    (repository / "qops.yaml").write_text(MANIFEST + ABTEST)
    found = imported("abtest", "judge", "new", "--from", "counts.csv", directory=repository)
    assert "code 3" in found
    assert "qops.abtest.judge" in found
    assert found & ((HEAVY - {"numpy", "scipy"}) | {"scipy.stats"}) == set()
