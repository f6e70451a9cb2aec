"""Kernel two-sample tests: CPU time, memory, and how often drift between jobs is taken for a difference."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks import aside, kernel_rivals, measure, outcome
from benchmarks.outcome import Row
from qops.circuits.simulation.encoding import zz_states
from qops.stats.kernels import built_in, fidelity, kernel
from qops.stats.kernels.design import labels, rows_apart
from qops.stats.kernels.design import runs as runs_of
from qops.stats.kernels.fused import p_value
from qops.stats.kernels.gram import given, taken
from qops.stats.kernels.permutation import discrepancy
from qops.stats.kernels.products import by_blocks, by_features
from qops.stats.kernels.schedule import Schedule, matrix, randomised

DRAWS = 500
RIVALS = Path(kernel_rivals.__file__)
HYPPO, LEARNING = "hyppo==0.5.2", "qiskit-machine-learning==0.9.1"
_OURS = """
import json, resource, sys, time
import numpy as np
from benchmarks.kernel_rivals import samples
from qops.stats.kernels import kernel
from qops.stats.kernels.design import rows_apart
from qops.stats.kernels.permutation import statistics
rows, draws, precision = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
data = np.concatenate(samples(rows)).astype(precision)
began = time.process_time()
statistics(kernel("rbf").prepare(data, None), rows_apart(rows, rows), draws, 1)
print(json.dumps([time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def rows(*, small: bool) -> Iterator[Row]:
    """Permutation tests, the linear way of fidelities, kernel matrices, and the order of pairs under drift."""
    yield from _permutations(60 if small else 4000, 60 if small else 1000, rivals=not small)
    yield from _linear_way(50 if small else 4000)
    yield from _matrices(rivals=not small)
    yield from _orders(20 if small else 1000)
    yield from _series(10 if small else 400)


def _permutations(many: int, fewer: int, *, rivals: bool) -> Iterator[Row]:
    what = f"{{}} rows a side, 8 columns, {DRAWS} permutations: {{}}"
    seconds, peak = _ours(many, "float64")
    single, _ = _ours(many, "float32")
    yield Row("mmd_many", what.format(f"{many:,}", "qops"), seconds, "s")
    yield Row("mmd_many_memory", what.format(f"{many:,}", "qops, at the peak"), peak, "MB")
    yield Row("mmd_many_single", what.format(f"{many:,}", "qops, in single precision"), single, "s")
    half, _ = _ours(fewer, "float64")
    yield Row("mmd_fewer", what.format(f"{fewer:,}", "qops"), half, "s")
    if not rivals:
        return
    try:
        few, more, theirs = _rival(HYPPO, "hyppo", many, 2, 7)
        whole, _ = _rival(HYPPO, "hyppo-whole", fewer, DRAWS)
    except aside.NotInstalledError as reason:
        yield Row("mmd_rival", "hyppo", None, skipped=str(reason))
        return
    each = (more - few) / 5
    extrapolated = few + (DRAWS - 2) * each
    yield Row("mmd_hyppo", what.format(f"{many:,}", "hyppo, from 7 permutations"), extrapolated, "s")
    yield Row(
        "mmd_ratio",
        f"{many:,} rows a side: hyppo beside qops, CPU",
        extrapolated / seconds,
        "x",
        bar=1000,
        at_least=True,
    )
    yield Row(
        "mmd_memory_ratio",
        f"{many:,} rows a side: hyppo beside qops, memory",
        theirs / peak,
        "x",
        bar=20,
        at_least=True,
    )
    yield Row("mmd_hyppo_whole", what.format(f"{fewer:,}", "hyppo, in full"), whole, "s")
    yield Row(
        "mmd_ratio_whole", f"{fewer:,} rows a side: hyppo beside qops, CPU", whole / half, "x", bar=100, at_least=True
    )


def _linear_way(size: int) -> Iterator[Row]:
    """The same statistics three ways: linear in the rows, by half a matrix, and by a whole one."""
    states = zz_states(kernel_rivals.angles(2 * size, 4), 2, "linear")
    gram = fidelity.prepare(states)
    chosen = labels(rows_apart(size, size), DRAWS, 1)
    linear, found = measure.call(lambda: by_features(gram, chosen), 3)
    half, blocks = measure.call(lambda: by_blocks(gram, chosen), 1)
    whole, _ = measure.call(lambda: _product(states, chosen), 1)
    apart = float(np.abs(discrepancy(found, chosen) - discrepancy(blocks, chosen)).max())
    what = f"fidelities on 4 qubits, {size:,} rows a side, {DRAWS} permutations"
    yield Row("linear", f"{what}: by projectors", linear, "s")
    yield Row("half", f"{what}: by half the matrix", half, "s")
    yield Row("whole", f"{what}: by the matrix, stored", whole, "s")
    yield Row("linear_ratio", "the matrix beside projectors", whole / linear, "x", bar=40, at_least=True)
    yield Row("linear_apart", "largest difference of MMD²", apart, bar=1e-12)


def _product(states: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    stored = np.abs(states @ states.conj().T) ** 2
    np.fill_diagonal(stored, 0)
    vectors = chosen.astype(float)
    return np.einsum("ij,ij->j", vectors, stored @ vectors)


def _matrices(*, rivals: bool) -> Iterator[Row]:
    what = "kernel matrix of a ZZ map on 8 qubits, {} rows: {}"
    thousand, _ = measure.call(lambda: _gram(1000), 3)
    fewer, ours = measure.call(lambda: _gram(200), 5)
    yield Row("gram_1000", what.format("1,000", "qops"), thousand, "s")
    yield Row("gram_200", what.format("200", "qops"), fewer, "s")
    if not rivals:
        return
    pairs = 30
    try:
        seconds, _ = _rival(LEARNING, "circuits", 8, pairs)
        with tempfile.TemporaryDirectory() as directory:
            states, _ = _rival(LEARNING, "states", 8, 200, directory=Path(directory))
            apart = float(np.abs(np.load(Path(directory, "matrix.npy")) - ours).max())
    except aside.NotInstalledError as reason:
        yield Row("gram_rival", "qiskit-machine-learning", None, skipped=str(reason))
        return
    circuits = seconds / (pairs * (pairs - 1)) * 1000 * 999
    by_circuits = f"FidelityQuantumKernel, from {pairs * (pairs - 1) // 2} pairs"
    yield Row("gram_circuits", what.format("1,000", by_circuits), circuits, "s")
    yield Row("gram_ratio", "FidelityQuantumKernel beside qops", circuits / thousand, "x", bar=1e5, at_least=True)
    yield Row("gram_states", what.format("200", "FidelityStatevectorKernel"), states, "s")
    yield Row("gram_states_ratio", "FidelityStatevectorKernel beside qops", states / fewer, "x", bar=100, at_least=True)
    yield Row("gram_apart", "largest difference of an entry", apart, bar=1e-12)


def _gram(size: int) -> np.ndarray:
    every = slice(0, size)
    return fidelity.prepare(zz_states(kernel_rivals.angles(size, 8), 2, "linear")).block(every, every)


def _orders(runs: int) -> Iterator[Row]:
    """False alarms at 0.05 of 100 rows a side, the contrast of a job 0.9 ± 0.05, 1,000 shots an entry."""
    what = "false alarms, contrast drifting by 5 % between jobs, pairs {}"
    for order, words, bar, at_least in (
        ("random", "in one random order", 6.0, False),
        ("rows", "row by row", None, False),
        ("calls", "in three calls", 35.0, True),
    ):
        yield Row(f"drift_{order}", what.format(words), _alarms(order, runs), "%", bar=bar, at_least=at_least)
    yield Row("drift_power", "of a shift of one deviation, found in random order", _alarms("random", runs, 1.0), "%")


def _alarms(order: str, runs: int, shift: float = 0.0) -> float:
    chance = np.random.default_rng(7)
    found = 0
    for seed in range(runs):
        data = 0.15 * chance.normal(size=(200, 4))
        data[100:, 0] += 0.15 * shift
        gram = fidelity.prepare(zz_states(data, 2, "linear"))
        plan = _plan(order, seed)
        contrast = chance.normal(0.9, 0.05, 10)[plan.job]
        shares = chance.binomial(1000, np.clip(contrast * gram.pairs(plan.left, plan.right), 0, 1)) / 1000
        noisy = given(matrix(plan, 200, shares))
        found += p_value(built_in("permutation").statistics(noisy, rows_apart(100, 100), 199, seed)) <= 0.05
    return 100 * found / runs


def _plan(order: str, seed: int) -> Schedule:
    """All pairs of 200 rows in ten jobs; in three where calls follow samples."""
    if order == "random":
        return randomised(200, 1990, seed)
    left, right = np.triu_indices(200, 1)
    calls = (left >= 100).astype(int) + (right >= 100)
    return Schedule(left, right, np.arange(len(left)) // 1990 if order == "rows" else calls)


def _series(runs: int) -> Iterator[Row]:
    """False alarms at 0.05 between two windows of one GARCH(1,1) series, 240 days each, under an RBF kernel."""
    what = "false alarms between {} of one volatile series"
    alarms = [0, 0, 0]
    for seed in range(runs):
        days = _garch(480, seed)
        blocks = np.random.default_rng(seed).permutation(24)
        dealt = np.concatenate([np.arange(20 * block, 20 * block + 20) for block in blocks])
        gram = kernel("rbf").prepare(days, None)
        designs = rows_apart(240, 240), runs_of([20] * 12, [20] * 12)
        cases = (gram, designs[0]), (gram, designs[1]), (taken(gram, dealt), designs[1])
        for place, (data, design) in enumerate(cases):
            alarms[place] += p_value(built_in("permutation").statistics(data, design, 199, seed)) <= 0.05
    words = (
        "one half and the next, single days exchanged",
        "one half and the next, runs of 20 days exchanged",
        "runs of 20 days dealt out to both sides",
    )
    for key, told, count in zip(("single", "adjacent", "dealt"), words, alarms, strict=True):
        bar = 8.0 if key == "dealt" else None
        yield Row(f"series_{key}", what.format(told), 100 * count / runs, "%", bar=bar)


def _garch(length: int, seed: int) -> np.ndarray:
    """Returns with volatility that clusters, and their size smoothed over five days, in standard deviations."""
    noise = np.random.default_rng(seed).normal(size=length + 204)
    returns, variance = np.zeros(length + 204), 1.0
    for day in range(1, len(returns)):
        variance = 0.02 + 0.1 * returns[day - 1] ** 2 + 0.88 * variance
        returns[day] = np.sqrt(variance) * noise[day]
    size = np.convolve(np.abs(returns), np.ones(5) / 5, mode="valid")
    whole = np.stack([returns[4:], size], axis=1)[200:]
    return (whole - whole.mean(axis=0)) / whole.std(axis=0)


def _ours(size: int, precision: str) -> tuple[float, float]:
    """CPU seconds and megabytes at the peak of a process of its own; the least of three."""
    words = [sys.executable, "-c", _OURS, str(size), str(DRAWS), precision]
    found = [json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout) for _ in range(3)]
    return min(seconds for seconds, _ in found), min(peak for _, peak in found)


def _rival(requirement: str, how: str, *numbers: int, directory: Path | None = None) -> tuple[float, ...]:
    """What a rival prints; a matrix is left in the directory."""
    python = aside.interpreter(requirement.partition("=")[0], requirement)
    with tempfile.TemporaryDirectory() as scratch:
        words = [str(python), str(RIVALS), how, *map(str, numbers)]
        return tuple(json.loads(aside.output(words, directory or Path(scratch))))


if __name__ == "__main__":
    outcome.run("kernels", rows)
