"""What happens to a pull request: the workflow that `qops ci init` wrote, in a project with a shared repository.

The jobs run the commands of the workflow itself, in clones of the merge, as for a pull request from a fork.
"""

from pathlib import Path

import pytest
from end_to_end.lab import Lab
from end_to_end.runner import Job, Runner

MANIFEST = """\
version: 1
circuits: {"*": "circuits/*.qasm"}
backends:
  line: {kind: generic, qubits: 6, seed: 7, coupling: line}
matrix: {levels: [1, 2], seeds: 5}
"""
HEAD = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[6];\n'
RING = HEAD + "".join(f"h q[{one}];\ncx q[{one}],q[{(one + 2) % 6}];\nrz(0.{one}1) q[{one}];\n" for one in range(6))
FAN = HEAD + "".join(f"cx q[0],q[{one}];\nrx(1.{one}) q[{one}];\n" for one in range(1, 6))
WORKFLOW = ".github/workflows/compilation.yml"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    """A project with a gate on its pull requests, and its bare repository beside it."""
    place = tmp_path_factory.mktemp("pilot")
    home = place / "home"
    home.mkdir()
    lab = Lab(place / "project", home)
    lab.write("circuits/ring.qasm", RING)
    lab.write("circuits/fan.qasm", FAN)
    lab.write("qops.yaml", MANIFEST)
    lab.git("init", "--quiet", "--initial-branch=main")
    assert lab.qops("init").code == 0
    assert lab.qops("ci", "init", "--github", "--parts", "2", "--install", "pip install qops").code == 0
    assert lab.qops("transpile-matrix", "--accept", "the first", "--quiet").code == 0
    lab.git("add", ".")
    lab.git("commit", "--quiet", "--message=Gate compilation on pull requests")
    lab.git("init", "--quiet", "--bare", "--initial-branch=main", "../shared.git")
    lab.git("push", "--quiet", "../shared.git", "main")
    return lab


def judged(project: Lab, place: Path, changes: dict[str, str]) -> dict[str, Job]:
    """What the workflow says about a branch of a fork with these changes, merged into what is shared."""
    shared = project.root.parent / "shared.git"
    fork, merged = Lab(place / "fork", project.home), Lab(place / "merged", project.home)
    project.git("clone", "--quiet", str(shared), str(fork.root))
    fork.git("switch", "--quiet", "--create", "proposal")
    for path, text in changes.items():
        fork.write(path, text)
    fork.git("add", ".")
    fork.git("commit", "--quiet", "--message=A proposal")
    project.git("clone", "--quiet", str(shared), str(merged.root))
    merged.git("fetch", "--quiet", str(fork.root), "proposal")
    merged.git("merge", "--quiet", "--no-ff", "--message=Merge", "FETCH_HEAD")
    return Runner(merged, place / "jobs").run(merged.read(WORKFLOW))


def test_one_that_makes_compilation_worse_is_stopped(project: Lab, tmp_path: Path) -> None:
    superfluous = "".join(f"cx q[{one}],q[{(one + 3) % 6}];\nry(0.3) q[{one}];\n" for one in range(6))
    jobs = judged(project, tmp_path, {"circuits/ring.qasm": RING + superfluous})
    assert {name: job.code for name, job in jobs.items()} == {"compile 1": 0, "compile 2": 0, "gate": 1}
    gate = jobs["gate"]
    assert "ring on line at level 1" in gate.summary
    assert "did what the source does" in gate.summary
    (worse, *_) = [line for line in gate.output.splitlines() if line.startswith("::error ")]
    assert "ring on line" in worse
    assert "two-qubit count" in worse


def test_one_that_does_not_passes(project: Lab, tmp_path: Path) -> None:
    changes = {"circuits/fan.qasm": "// A fan of entanglers.\n" + FAN, "README.md": "# Pilot\n"}
    jobs = judged(project, tmp_path, changes)
    assert {name: job.code for name, job in jobs.items()} == {"compile 1": 0, "compile 2": 0, "gate": 0}
    assert "::error" not in jobs["gate"].output
    assert "with the very circuits of the baseline" in jobs["gate"].summary


def test_one_that_changes_how_circuits_are_compiled_does_not_pass_unseen(project: Lab, tmp_path: Path) -> None:
    options = MANIFEST.replace("seeds: 5}", "seeds: 5, options: {layout_method: trivial}}")
    gate = judged(project, tmp_path, {"qops.yaml": options})["gate"]
    assert gate.code == 3
    assert "not comparable with the baseline" in gate.summary
