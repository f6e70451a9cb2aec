"""How fast `qops fsck` hashes what a store holds, beside `sha256sum` of the same bytes."""

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import measure, outcome
from benchmarks.outcome import Row
from qops.vault.hashing import look

MEBIBYTE = 1 << 20
BAR = 300


def rows(*, small: bool) -> Iterator[Row]:
    """Megabytes a second of CPU time, over files of a mebibyte, all of them in the system's memory."""
    count = 4 if small else 64
    with TemporaryDirectory(prefix="qops-benchmark-") as directory:
        root = Path(directory)
        for number in range(count):
            (root / str(number)).write_bytes(random.Random(number).randbytes(MEBIBYTE))
        sides = {"qops": lambda: _hashed(root, count), "sha256sum": lambda: _summed(root, count)}
        seconds = measure.by_turns(sides, 1 if small else 5)
    megabytes = count * MEBIBYTE / 1e6
    what = f"what `qops fsck` hashes, {count} objects of 1 MiB"
    yield Row("fsck", what, megabytes / min(seconds["qops"]), "MB/s", bar=BAR, at_least=True)
    yield Row("sha256sum", "`sha256sum` of the same", megabytes / min(seconds["sha256sum"]), "MB/s")
    yield Row("ratio", "the time, beside `sha256sum`", measure.ratio(seconds["qops"], seconds["sha256sum"]), "x")


def _hashed(root: Path, count: int) -> float:
    seconds, _ = measure.call(lambda: [look(root / str(number), str(number)) for number in range(count)], 1)
    return seconds


def _summed(root: Path, count: int) -> float:
    return measure.command(["sha256sum", *map(str, range(count))], root, {"PATH": "/usr/bin:/bin"})


if __name__ == "__main__":
    outcome.run("hashing", rows)
