"""A disk that is really full: a file system of a few hundred kilobytes in memory, which takes root to mount."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from end_to_end.lab import MOVED, Lab
from torture import judge
from torture.scenarios import build, changed

SMALL_KB = 4096


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A directory on a disk of its own."""
    place = tmp_path / "small"
    place.mkdir()
    mounting = ("mount", "-t", "tmpfs", "-o", f"size={SMALL_KB}k", "none", str(place))
    if os.geteuid() or subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small disk takes root")
    yield place
    subprocess.run(("umount", "--lazy", str(place)), check=True)


@pytest.fixture
def lab(small: Path, tmp_path: Path) -> Lab:
    """A project with something to record on that disk."""
    original = build(changed, tmp_path / "original")
    shutil.copytree(original.root, small / "project", symlinks=True)
    lab = Lab(small / "project", original.home)
    lab.environment = original.environment
    return lab


def fill(lab: Lab, leave_kb: int) -> Path:
    """Take all of the disk but so much."""
    ballast = lab.root.parent / "ballast"
    free = os.statvfs(lab.root)
    ballast.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - leave_kb * 1024)))
    return ballast


@pytest.mark.parametrize("command", [("snapshot", "-m", "Move", "--tag", "v0.1.0"), ("hooks", "install")])
def test_a_command_that_finds_the_disk_full_says_so_and_completes_when_there_is_room(
    lab: Lab, command: tuple[str, ...]
) -> None:
    before, refusals = judge.files(lab.root), set()
    for leave in (0, 4, 8, 16, 24, 32, 48, 64, 96):
        ballast = fill(lab, leave)
        outcome = lab.qops(*command)
        ballast.unlink()
        assert outcome.code in {0, 4}, (leave, outcome)
        if outcome.code == 0:
            break
        refusals.add(leave)
        assert "Traceback" not in outcome.err
        hint = outcome.err.partition("hint: ")[2]
        assert hint.startswith(("free some space on that disk", "`df -h ")), (leave, outcome)
        assert hint.endswith("then run the same command again\n")
        now = judge.files(lab.root)
        for path in ("bell.csv", "a.qasm", "qops.yaml", "notes.txt", "staged.txt", "new.txt"):
            assert now[path] == before[path]
        assert list(judge.broken(lab)) == []
    assert 0 in refusals
    assert lab.qops(*command).code == 0
    assert lab.qops("fsck").code == 0
    assert list(judge.leftovers(lab)) == []


def test_a_report_that_does_not_fit_leaves_the_old_one(lab: Lab) -> None:
    assert lab.qops("log", "--json", "--output", "report.json").code == 0
    old = lab.read("report.json")
    lab.write("bell.csv", MOVED)
    fill(lab, 0)
    outcome = lab.qops("status", "--json", "--output", "report.json")
    assert outcome.code == 4
    assert "no space left on device" in outcome.err
    assert lab.read("report.json") == old
