"""Similarities compared, from tables and circuits in memory to a verdict."""

from collections.abc import Iterable
from typing import ClassVar

import msgspec
import numpy as np
import pytest

from qops.abtest.kernels.gather import gather
from qops.abtest.kernels.run import Found, run
from qops.abtest.kernels.windows import pool, whole, windows
from qops.circuits.reader import read
from qops.errors import InputError
from qops.model.kernels import (
    ClassicalKernel,
    FeatureTable,
    Kernel,
    KernelArm,
    QuantumKernel,
    SimilarityEntry,
    TwoSample,
)
from qops.model.loaded import LoadedCircuit
from qops.model.manifest import CircuitEntry, QasmSource
from qops.model.verdict import Outcome
from qops.model.where import Where
from qops.stats import binomial
from qops.vault.memory import MemoryTree

HERE = Where("qops.yaml", 5, 3)
MAP = b'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float a;\ninput float b;\nqubit[2] q;\nry(a) q[0];\nry(b) q[1];\n'
BROKEN = MAP + b"reset q[0];\n"
CIRCUITS = {name: CircuitEntry(name, QasmSource(f"{name}.qasm"), None, (), HERE) for name in ("map", "broken")}


class Sources:
    """Circuits by name, as texts."""

    texts: ClassVar = {"map": MAP, "broken": BROKEN}

    def read(self, entries: Iterable[CircuitEntry]) -> dict[str, LoadedCircuit]:
        return {each.name: self.read_text(each.name, self.texts[each.name]) for each in entries}

    def read_text(self, name: str, data: bytes) -> LoadedCircuit:
        return LoadedCircuit(read(data, name), data)

    def data(self, entry: CircuitEntry) -> tuple[bytes, bytes]:
        return self.texts[entry.name], b""


def table(rows: int, seed: int, shift: float = 0.0, spread: float = 1.0) -> bytes:
    values = np.random.default_rng(seed).normal(shift, spread, (rows, 2))
    return ("u,v\n" + "".join(f"{u:.6f},{v:.6f}\n" for u, v in values)).encode()


TREE = MemoryTree(
    {
        "calm.csv": table(200, 1),
        "shifted.csv": table(200, 2, shift=0.8),
        "wide.csv": table(200, 3, spread=2.0),
        "other.csv": table(30, 4).replace(b"u,v", b"u,w"),
    }
)
RBF, ZZ = ClassicalKernel("rbf"), QuantumKernel("zz", scale=0.3)


def arm(*kernels: Kernel) -> KernelArm:
    return KernelArm(kernels, HERE)


def samples(first: str, second: str, **others: object) -> TwoSample:
    plain = TwoSample(first, second, HERE, window=24, windows=60, permutations=39)
    return msgspec.structs.replace(plain, **others)


def found(a: Kernel, b: Kernel, two: TwoSample, goal: str = "superior", margin: float = 0.0) -> Found:
    return run(TREE, Sources(), CIRCUITS, SimilarityEntry("similarity", arm(a), arm(b), two, HERE, goal, margin))


def test_the_better_similarity_wins() -> None:
    """Samples that differ in spread, which the linear kernel cannot see and the RBF can."""
    two = samples("calm.csv", "wide.csv")
    better = found(ClassicalKernel("linear"), RBF, two)
    assert better.verdict.outcome is Outcome.PASS
    assert better.judged.comparison.difference > 0.3
    assert "B" in better.verdict.because
    worse = found(RBF, ClassicalKernel("linear"), two)
    assert worse.verdict.outcome is Outcome.FAIL
    assert worse.judged.comparison.second == better.judged.comparison.first


@pytest.mark.parametrize(
    ("goal", "margin", "outcome"),
    [
        ("superior", 0.0, Outcome.INCONCLUSIVE),
        ("different", 0.0, Outcome.INCONCLUSIVE),
        ("non-inferior", 0.5, Outcome.PASS),
        ("equivalent", 0.5, Outcome.PASS),
        ("equivalent", 1e-6, Outcome.INCONCLUSIVE),
    ],
)
def test_a_similarity_against_itself(goal: str, margin: float, outcome: Outcome) -> None:
    """The same windows and permutations: not one window is told apart by one arm alone."""
    same = found(RBF, RBF, samples("calm.csv", "shifted.csv"), goal, margin)
    assert same.judged.a == same.judged.b
    assert same.verdict.outcome is outcome


def test_one_table_has_nothing_to_find() -> None:
    null = found(ZZ, RBF, samples("calm.csv", "calm.csv", windows=200))
    assert null.verdict.outcome is Outcome.PASS
    assert "false alarm" in null.verdict.because
    for side in (null.judged.a, null.judged.b):
        low, high = binomial.interval(sum(side.rejections(0.05)), 200, 0.999)
        assert low <= 0.05 <= high


def test_it_is_repeatable_and_depends_on_the_seed() -> None:
    two = samples("calm.csv", "shifted.csv")
    first, again, other = (found(ZZ, RBF, msgspec.structs.replace(two, seed=seed)) for seed in (1, 1, 2))
    assert first.data == again.data
    assert first.data != other.data


def test_a_circuit_is_a_feature_map() -> None:
    shifted = found(QuantumKernel("map"), RBF, samples("calm.csv", "shifted.csv"), "non-inferior", 0.9)
    kernels = shifted.data["arms"]["a"]["kernels"]
    assert kernels[0]["kernel"] == "map"
    assert kernels[0]["width"] == 2
    assert sum(shifted.judged.a.rejections(0.05)) > 30


def test_fewer_shots_tell_less() -> None:
    two = samples("calm.csv", "shifted.csv")
    few = msgspec.structs.replace(ZZ, shots=1)
    noisy = found(few, ZZ, two)
    assert noisy.judged.comparison.difference > 0
    assert noisy.data["arms"]["a"]["kernels"][0]["shots"] == 1
    assert noisy.judged.eigenvalues[few.name] < 0
    assert "indefinite" in noisy.section.lines[-1].text


def test_concentrated_entries_decide_nothing() -> None:
    wide = MemoryTree(
        {
            name: ("".join(f"c{i}," for i in range(12)) + "z\n").encode()
            + b"".join((",".join(f"{v:.4f}" for v in row) + "\n").encode() for row in values)
            for name, values in zip(("a.csv", "b.csv"), np.random.default_rng(1).normal(size=(2, 20, 13)), strict=True)
        }
    )
    twelve = QuantumKernel("zz", 12, shots=2)
    two = samples("a.csv", "b.csv", window=8, windows=2)
    told = run(wide, Sources(), {}, SimilarityEntry("s", arm(twelve), arm(RBF), two, HERE)).verdict
    assert told.outcome is Outcome.INCONCLUSIVE
    assert "concentrated" in told.because


def test_several_kernels_are_one_arm() -> None:
    both = run(
        TREE,
        Sources(),
        CIRCUITS,
        SimilarityEntry("s", arm(RBF), arm(RBF, ZZ), samples("calm.csv", "shifted.csv"), HERE),
    )
    assert len(both.data["arms"]["b"]["kernels"]) == 2
    assert both.section.tables[0].rows[1][1] == "rbf + zz × 0.3"


@pytest.mark.parametrize(
    ("a", "two", "told"),
    [
        (ZZ, samples("calm.csv", "nowhere.csv"), "there is no file nowhere.csv"),
        (ZZ, samples("calm.csv", "other.csv"), "other.csv:1:1: there is no column `v`"),
        (
            ZZ,
            samples("calm.csv", "wide.csv", window=500),
            "a window of 500 rows has 500 blocks of 1, and the tables 200",
        ),
        (ZZ, samples("calm.csv", "wide.csv", block=100, window=200), "with which no test at 0.05 could reject"),
        (ZZ, samples("calm.csv", "wide.csv", test="nothing"), "there is no two-sample test `nothing`"),
        (QuantumKernel("zz", 3), samples("calm.csv", "wide.csv"), "has 3 qubits, and the data have 2 columns"),
        (
            QuantumKernel("map"),
            samples("calm.csv", "wide.csv", columns=("u",)),
            "has 2 parameters, and the data have 1",
        ),
        (QuantumKernel("broken"), samples("calm.csv", "wide.csv"), "`broken` cannot be simulated"),
    ],
)
def test_bad_input(a: Kernel, two: TwoSample, told: str) -> None:
    with pytest.raises(InputError) as caught:
        found(a, RBF, two)
    assert told in str(caught.value)
    assert caught.value.where


class TestWindows:
    def test_runs_share_no_row_and_lose_their_beginnings(self) -> None:
        two = samples("calm.csv", "shifted.csv", block=20, purge=5, window=80)
        gathered = gather(TREE, Sources(), {}, two, (arm(ZZ), arm(RBF)))
        pooled = pool(gathered.first, gathered.second, two)
        for window in windows(pooled, two, 0.05):
            assert len(set(window.rows.tolist())) == len(window.rows) == 120
            assert set(window.design.lengths) == {15}
            assert all(row % 20 >= 5 for row in window.rows)
            assert (window.rows[:60] < 200).all()
            assert (window.rows[60:] >= 200).all()

    def test_one_table_is_dealt_out(self) -> None:
        two = samples("calm.csv", "calm.csv", block=20, window=80)
        gathered = gather(TREE, Sources(), {}, two, (arm(ZZ), arm(RBF)))
        pooled = pool(gathered.first, gathered.second, two)
        assert len(pooled.rows) == 200
        sides = [(set(w.rows[:80].tolist()), set(w.rows[80:].tolist())) for w in windows(pooled, two, 0.05)]
        assert all(not first & second for first, second in sides)
        assert len({min(first) for first, _ in sides}) > 1
        assert whole(pooled, two).design.lengths == (20,) * 10

    def test_values_are_scaled_without_knowing_their_table(self) -> None:
        two = samples("calm.csv", "wide.csv")
        gathered = gather(TREE, Sources(), {}, two, (arm(ZZ), arm(RBF)))
        rows = pool(gathered.first, gathered.second, two).rows
        assert abs(rows).max() <= 3
        assert rows.mean(axis=0) == pytest.approx(0, abs=0.02)
        other = pool(gathered.second, gathered.first, two).rows
        assert np.sort(rows, axis=0) == pytest.approx(np.sort(other, axis=0))

    @pytest.mark.parametrize("values", [(1e308, -1e308), (1e300, 1.0000000000000002e300)])
    def test_values_that_cannot_be_scaled(self, values: tuple[float, float]) -> None:
        table = FeatureTable(("u",), tuple((value,) for value in values * 20))
        with pytest.raises(InputError, match="the column `u` has no standard deviation"):
            pool(table, table, samples("a.csv", "a.csv"))
