"""What the gate's benchmark draws from is what Qiskit gives, where it is the Qiskit that it was recorded with."""

import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from support.data import REPOSITORY

RECORDED = json.loads((REPOSITORY / "benchmarks" / "seeds.json").read_text())


def test_the_first_rows_come_out_again(tmp_path: Path) -> None:
    try:
        here = {package: version(package) for package in RECORDED["versions"]}
    except PackageNotFoundError as missing:
        pytest.skip(f"{missing} is not installed")
    if here != RECORDED["versions"]:
        pytest.skip(f"recorded with {RECORDED['versions']}, here is {here}")
    words = ["--seeds", "2", "--circuits", "1", "--output", tmp_path / "seeds.json"]
    subprocess.run([sys.executable, "-m", "benchmarks.seed_record", *words], cwd=REPOSITORY, check=True)
    recorded = {(row["circuit"], row["backend"], row["level"]): row for row in RECORDED["rows"]}
    again = json.loads((tmp_path / "seeds.json").read_text())["rows"]
    assert len(again) == 6
    for row in again:
        before = recorded[row["circuit"], row["backend"], row["level"]]
        assert all(row[metric] == before[metric][:2] for metric in ("two_qubit", "two_qubit_depth", "faulty"))
        assert row["log_success"] == pytest.approx(before["log_success"][:2], abs=1e-6)


def test_the_record_is_whole() -> None:
    assert len(RECORDED["rows"]) == 60
    for row in RECORDED["rows"]:
        assert {len(row[metric]) for metric in ("two_qubit", "two_qubit_depth", "log_success", "faulty")} == {60}
