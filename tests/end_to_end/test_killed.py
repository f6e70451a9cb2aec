"""A snapshot that is killed and run again ends as if it had run once."""

import os
import signal
import time
from pathlib import Path

import pytest
from end_to_end.lab import MOVED, Lab, copied

COMMAND = ("snapshot", "-m", "Move", "--tag", "v0.1.0")
MOMENTS = 12


@pytest.fixture(scope="module")
def moved(original: Lab, tmp_path_factory: pytest.TempPathFactory) -> Lab:
    """A project with a change to record, at a time that stands still."""
    lab = copied(original, tmp_path_factory.mktemp("killed") / "moved")
    lab.environment |= {"GIT_AUTHOR_DATE": "@1767225600 +0000", "GIT_COMMITTER_DATE": "@1767225600 +0000"}
    lab.write("bell.csv", MOVED)
    lab.git("commit", "--quiet", "--all", "--message=Move the source")
    return lab


def again(moved: Lab, root: Path) -> Lab:
    lab = copied(moved, root)
    lab.environment = moved.environment
    return lab


def state(lab: Lab) -> dict[str, str]:
    """All that a snapshot is about; leftovers would show in it."""
    files = {"qops.lock": lab.read("qops.lock"), "artifacts.dvc": lab.read("artifacts.dvc")}
    for place in sorted((lab.root / "artifacts").rglob("*")):
        files[str(place.relative_to(lab.root))] = place.read_text() if place.is_file() else ""
    return files | {
        "log": lab.git("log", "--format=%H %D"),
        "status": lab.git("status", "--porcelain"),
        "top": " ".join(sorted(place.name for place in lab.root.iterdir())),
    }


@pytest.mark.skipif("QOPS_TORTURE" not in os.environ, reason="moments by the clock are for QOPS_TORTURE=1")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_a_second_run_completes_the_first_wherever_it_ended(moved: Lab, tmp_path: Path, number: signal.Signals) -> None:
    whole = again(moved, tmp_path / "whole")
    began = time.monotonic()
    assert whole.qops(*COMMAND).code == 0
    duration = time.monotonic() - began
    wanted = state(whole)
    assert "tag: v0.1.0" in wanted["log"]
    for moment in range(MOMENTS):
        lab = again(moved, tmp_path / f"cut {moment}")
        command = lab.start(*COMMAND)
        time.sleep(duration * (0.2 + 0.9 * moment / MOMENTS))
        command.send_signal(number)
        out, err = command.communicate()
        assert command.returncode in {0, -number, 130}, (out, err)
        assert b"Traceback" not in err or moment < MOMENTS // 2  # the interpreter's own start cannot be guarded
        outcome = lab.qops(*COMMAND)
        assert outcome.code == 0, (moment, outcome)
        assert state(lab) == wanted, moment


def test_a_disk_that_refuses_is_told_and_the_command_run_again(lab: Lab) -> None:
    lab.write("bell.csv", MOVED)
    outcome = lab.typed("(ulimit -f 0; exec qops snapshot) 2>&1 | cat; exit ${PIPESTATUS[0]}")
    assert outcome.code == 4
    assert outcome.out.endswith(": file too large\n")
    assert lab.git("status", "--porcelain").split() == ["M", "bell.csv"]
    assert lab.qops("snapshot").code == 0
    assert lab.qops("status").code == 0
