"""A project that may only be read."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from end_to_end.lab import MOVED, PROGRAM, Lab, refusal, unprivileged

pytestmark = pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root may write anything, and there is no setpriv"
)


@pytest.fixture
def closed(lab: Lab) -> Iterator[Lab]:
    """No file or directory of the project may be written, and there is no HOME."""
    lab.write("bell.csv", MOVED)
    lab.run("chmod", "-R", "a-w", ".")
    del lab.environment["HOME"]
    yield lab
    lab.run("chmod", "-R", "u+w", ".")


def test_what_only_reads_works(closed: Lab) -> None:
    for words, code in {"status": 1, "diff": 1, "diff HEAD": 1, "log": 0, "show": 0, "show bell@HEAD": 0}.items():
        outcome = closed.run(*unprivileged(PROGRAM, *words.split()))
        assert (outcome.code, outcome.err) == (code, ""), words
    assert closed.run(*unprivileged(PROGRAM, "snapshot", "--dry-run")).code == 0


def test_what_writes_names_what_it_may_not_write(closed: Lab) -> None:
    outcome = closed.run(*unprivileged(PROGRAM, "snapshot"))
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err.startswith(f"error: cannot lock {closed.root}/.qops/lock: permission denied\nhint: `ls -ld ")
    outcome = closed.run(*unprivileged(PROGRAM, "status", "--output", "report.md"))
    assert outcome == refusal(4, "cannot write report.md: permission denied", "`ls -ld .` shows who may")
    outcome = closed.run(*unprivileged(PROGRAM, "doctor"))
    assert outcome.code == 1
    assert "qops.yaml, qops.lock, .qops, artifacts cannot be written" in outcome.out
    assert closed.git("status", "--porcelain").split() == ["M", "bell.csv"]


def test_a_circuit_can_be_taken_out_of_it(closed: Lab, tmp_path: Path) -> None:
    target = tmp_path / "old.qasm"
    assert closed.run(*unprivileged(PROGRAM, "restore", "bell@HEAD", "--to", str(target))).code == 0
    assert target.with_suffix(".csv").read_text() == "parameter,value\ntheta,0.5\n"
