import subprocess
import sys
from pathlib import Path

import pytest
from support.command_line import Outcome, Qops

from qops.cli import boundary


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory to stand in, far from any repository, and nothing of the user's terminal."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    directory = tmp_path / "here"
    directory.mkdir()
    monkeypatch.chdir(directory)
    return directory


@pytest.fixture
def qops(capsys: pytest.CaptureFixture[str]) -> Qops:
    """`qops` in this process."""

    def run(*arguments: str) -> Outcome:
        code = boundary.run(arguments)
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return run


@pytest.fixture
def process(here: Path) -> Qops:
    """`qops` as a process of its own, typed into bash: the arguments may redirect."""

    def run(*arguments: str, **environment: str) -> Outcome:
        words = f"{sys.executable} -m qops {' '.join(arguments)}"
        done = subprocess.run(
            ["bash", "-c", words],
            cwd=here,
            env={"PATH": "/usr/bin:/bin", **environment},
            capture_output=True,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
