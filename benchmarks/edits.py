"""The edit script after random edits and a random re-ordering, beside git's own diff of one operation a line."""

import random
import subprocess
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import measure, outcome, random_circuits
from benchmarks.edited_circuits import edited, reordered
from benchmarks.outcome import Row
from benchmarks.reading import CIRCUITS
from qops.circuits.edit import length, script
from qops.circuits.reader import read
from qops.errors import InputError
from qops.model.circuit import Operation

EDITS = (1, 5, 20, 100)
FILES = 40


def rows(*, small: bool) -> Iterator[Row]:
    """Entries and seconds at each number of edits, then the entries over a sample of real circuits."""
    old = read(random_circuits.text(300 if small else 100_000, seed=1), "circuit.qasm").operations
    for edits in EDITS[:2] if small else EDITS:
        yield from _random(old, edits, 1 if small else 3)
    yield from _real(3 if small else FILES)


def _random(old: Sequence[Operation], edits: int, runs: int) -> Iterator[Row]:
    chance = random.Random(edits)
    ordered = edited(old, edits, chance)
    new = reordered(ordered, chance)
    seconds, found = measure.call(partial(script, old, new), runs)
    ours, theirs, raw = length(found), _by_git(old, ordered), _by_git(old, new)
    what = f"{edits} edit{'s' if edits > 1 else ''} of {len(old):,} operations, re-ordered"
    yield Row(f"entries_{edits}", f"{what}: entries", ours)
    yield Row(f"git_{edits}", "changed lines of `git diff` without the re-ordering", theirs)
    yield Row(f"raw_{edits}", "… with it", raw)
    yield Row(f"ratio_{edits}", "entries, beside `git diff` without the re-ordering", ours / theirs, "x", bar=1.05)
    yield Row(f"seconds_{edits}", "the edit script's time", seconds, "s", bar=1)


def _real(files: int) -> Iterator[Row]:
    paths = sorted(CIRCUITS.glob("*/*.qasm"))
    if not paths:
        yield Row("real", "real circuits", None, skipped="skipped: no circuits beside the repository")
        return
    chance = random.Random(7)
    chance.shuffle(paths)
    ours = theirs = raw = taken = 0
    for path in paths:
        old = _operations(path)
        if old is None:
            continue
        ordered = edited(old, 5, chance)
        new = reordered(ordered, chance)
        ours, theirs, raw = ours + length(script(old, new)), theirs + _by_git(old, ordered), raw + _by_git(old, new)
        taken += 1
        if taken == files:
            break
    what = f"5 edits in each of {taken} real circuits, re-ordered"
    yield Row("real_entries", f"{what}: entries", ours)
    yield Row("real_git", "changed lines of `git diff` without the re-ordering", theirs)
    yield Row("real_raw", "… with it", raw)
    yield Row("real_ratio", "entries, beside `git diff` without the re-ordering", ours / theirs, "x", bar=1.05)


def _operations(path: Path) -> Sequence[Operation] | None:
    """A circuit's operations; None where it cannot be read, is small or large, or has some that touch no wire."""
    try:
        operations = read(path.read_bytes(), path.name).operations
    except InputError:
        return None
    wired = all(operation.qubits or operation.bits for operation in operations)
    return operations if wired and 50 <= len(operations) <= 20_000 else None


def _by_git(old: Sequence[Operation], new: Sequence[Operation]) -> int:
    """The lines that git deletes and inserts, one operation a line."""
    with TemporaryDirectory() as directory:
        for name, operations in (("old", old), ("new", new)):
            (Path(directory) / name).write_text("".join(f"{operation!r}\n" for operation in operations))
        words = ["git", "diff", "--no-index", "--numstat", "old", "new"]
        done = subprocess.run(words, cwd=directory, capture_output=True, text=True, check=False)
    return sum(map(int, done.stdout.split()[:2]))


if __name__ == "__main__":
    outcome.run("edits", rows)
