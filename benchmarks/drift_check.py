"""`qops drift check` of a thousand series, and an epoch that is appended to a short and to a long one."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import measure, outcome
from benchmarks.outcome import Row
from qops.cli import wiring_drift
from qops.drift import entries, freeze
from qops.drift.series import WatchFiles
from qops.formats import epochs_csv
from qops.model.ports import SeriesStore

QOPS = Path(sys.executable).with_name("qops")
START = datetime(2026, 1, 1, tzinfo=UTC)


def rows(*, small: bool) -> Iterator[Row]:
    """Whole commands, in seconds that passed beyond those of `qops --version`."""
    series, epochs = (10, 120) if small else (1000, 1000)
    with TemporaryDirectory() as directory:
        root = Path(directory) / "fleet"
        _repository(root, series)
        _recorded(root, series, epochs)
        idle = median(measure.spent([str(QOPS), "--version"], root, dict(os.environ)).wall for _ in range(5))
        for key, words in (("check", ["check"]), ("fleet", ["check", "--fleet"])):
            took = [_seconds(["drift", *words], root) - idle for _ in range(3)]
            what = f"`qops drift {' '.join(words)}`, {series:,} series × {epochs:,} epochs, beyond its start"
            yield Row(key, what, median(took), "s", 1.5 if key == "check" else None)
        yield from _appended(root, small=small)


def _seconds(words: list[str], root: Path) -> float:
    """A check may find something, which is no failure."""
    began = time.perf_counter()
    done = subprocess.run([str(QOPS), *words], cwd=root, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr.decode())
    return time.perf_counter() - began


def _repository(root: Path, series: int) -> None:
    root.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    (root / "c.qasm").write_text("OPENQASM 3.0;\nbit[1] c;\nc[0] = measure $0;\n")
    watches = "".join(f'  w{number}: {{circuit: c, success: ["1"]}}\n' for number in range(series))
    (root / "qops.yaml").write_text(f"version: 1\ncircuits:\n  c: c.qasm\ndrift:\n{watches}")


def _lines(epochs: int, chance: np.random.Generator) -> bytes:
    at = ((START + timedelta(hours=hour)).isoformat().replace("+00:00", "Z") for hour in range(epochs))
    hits = chance.binomial(1000, 0.95, epochs)
    return epochs_csv.HEADER + "".join(f"{when},1000,{hit},,,\n" for when, hit in zip(at, hits, strict=True)).encode()


def _recorded(root: Path, series: int, epochs: int) -> None:
    chance, here = np.random.default_rng(1), Path.cwd()
    for number in range(series):
        place = root / "series" / "drift" / f"w{number}"
        place.mkdir(parents=True)
        (place / "epochs.csv").write_bytes(_lines(epochs, chance))
    os.chdir(root)
    try:
        ports = wiring_drift.drift_ports("a benchmark")
        store = ports.base.series()
        for entry in entries.declared(ports.base.tree, [])[1]:
            files = WatchFiles(store, entry.name)
            files.freeze(freeze.frozen(entry, files.epochs(), 0, force=True))
    finally:
        os.chdir(here)


def _appended(root: Path, *, small: bool) -> Iterator[Row]:
    """The port's `append`, with its locks and its flush to the disk, on series of three lengths."""
    here, took = Path.cwd(), {}
    os.chdir(root)
    try:
        store = wiring_drift.drift_ports("a benchmark").base.series()
        for length in (100, 10_000) if small else (100, 10_000, 1_000_000):
            place = root / "series" / "drift" / f"long-{length}"
            place.mkdir(parents=True)
            (place / "epochs.csv").write_bytes(_lines(length, np.random.default_rng(2)))
            os.sync()
            took[length] = median(_append(store, f"drift/long-{length}/epochs.csv", turn) for turn in range(30))
            yield Row(f"append_{length}", f"an epoch appended to {length:,}", 1000 * took[length], "ms")
            shutil.rmtree(place)
    finally:
        os.chdir(here)
    lengths = sorted(took)
    ratio = took[lengths[-1]] / took[lengths[0]]
    yield Row("append", f"the same, {lengths[-1]:,} beside {lengths[0]}", ratio, "x", 1.5)


def _append(store: SeriesStore, path: str, turn: int) -> float:
    line = f"2300-01-01T00:00:{turn:02}Z,1000,950,,,\n".encode()
    began = time.perf_counter()
    store.append(path, line, epochs_csv.HEADER)
    return time.perf_counter() - began


if __name__ == "__main__":
    outcome.run("drift_check", rows)
