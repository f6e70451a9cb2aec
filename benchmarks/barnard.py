"""Barnard's exact test of two rates beside SciPy's."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

from benchmarks import measure, outcome
from benchmarks.outcome import Row
from qops.stats.proportions import barnard
from qops.stats.proportions.table import Table

LIMIT = 30
_PROGRAM = "import sys; from scipy.stats import barnard_exact; a, b, n = map(int, sys.argv[1:]); \
print(barnard_exact([[b, a], [n - b, n - a]]).pvalue)"


def rows(*, small: bool) -> Iterator[Row]:
    """A p-value at several sizes by both, then the critical value that a whole benchmark needs once."""
    for trials in (100,) if small else (100, 1000, 8192):
        table = Table(trials // 2, trials, trials // 2 + round(trials**0.5), trials)
        seconds, found = measure.call(partial(barnard.p_value, table), 3)
        yield Row(f"{trials}_qops", f"p-value, {trials:,} shots an arm: qops", seconds, "s", 2)
        yield _by_scipy(table, found)
    trials = 100 if small else 8192
    seconds, _ = measure.call(lambda: barnard.critical.__wrapped__(trials, trials), 1)
    yield Row("critical", f"critical value, {trials:,} shots an arm: qops", seconds, "s", 2)
    yield Row(
        "memory", "the most memory of all of this", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", 300
    )


def _by_scipy(table: Table, ours: float) -> Row:
    key, what = f"{table.first_trials}_scipy", f"p-value, {table.first_trials:,} shots an arm: SciPy"
    words = [sys.executable, "-c", _PROGRAM, str(table.first), str(table.second), str(table.first_trials)]
    before = measure.children()
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return Row(key, what, None, skipped=f"no end within {LIMIT} s")
    assert float(done.stdout) <= ours * (1 + 1e-6)
    return Row(key, what, measure.children() - before, "s")


if __name__ == "__main__":
    outcome.run("barnard", rows)
