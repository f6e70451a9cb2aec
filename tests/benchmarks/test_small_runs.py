"""Every benchmark runs, on next to nothing; what it measures then means nothing and is not looked at."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.data import CIRCUITS, REPOSITORY

from benchmarks import table


@pytest.mark.parametrize("name", table.TITLES)
def test_runs_and_keeps_what_it_printed(name: str, tmp_path: Path) -> None:
    words = [sys.executable, "-m", f"benchmarks.{name}", "--small", "--metrics", str(tmp_path)]
    done = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / f"{name}.json").read_text())["results"]
    assert results
    assert all(row["what"] in done.stdout for row in results.values())
    assert all(row["skipped"] or row["value"] >= 0 for row in results.values())


def test_every_benchmark_is_a_stage() -> None:
    stages = (REPOSITORY / "benchmarks" / "dvc.yaml").read_text()
    assert f"foreach: [{', '.join(table.TITLES)}]" in stages


@pytest.mark.skipif(CIRCUITS.is_dir(), reason="the shared circuits are here")
def test_says_what_it_could_not_read(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "benchmarks.reading", "--small", "--metrics", str(tmp_path)]
    assert "no circuits" in subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
