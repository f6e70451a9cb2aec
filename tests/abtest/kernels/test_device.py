"""An experiment measured on a backend: kept job by job, taken up after a kill, judged when all is there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from qops.abtest.kernels import measure as measuring
from qops.abtest.kernels.command import Devices, judge, matrix, measure
from qops.abtest.kernels.plan import plan
from qops.circuits.measurements import final_measurements
from qops.circuits.simulation.evolution import run
from qops.circuits.simulation.overlap import distribution
from qops.circuits.simulation.state import State
from qops.errors import InconclusiveError, InputError
from qops.formats import pairs_csv
from qops.model.manifest import Manifest
from qops.model.ports import Backend, Job, Ports, Ran
from qops.model.verdict import Outcome
from qops.recorded import repository
from qops.vault.memory import MemoryStore, MemoryTree
from qops.vault.memory.series import MemorySeries

MANIFEST = b"""version: 1
backends: {line: {kind: generic, qubits: 3, seed: 1}}
abtests:
  near:
    a: {kernel: {kind: rbf}}
    b: {kernel: {map: z, shots: 40, scale: 0.5}}
    backend: line
    metric: {two-sample: {first: calm.csv, second: shifted.csv, window: 8, windows: 20, permutations: 19}}
"""
FILE = "abtests/near/b1.csv"
ENTRIES = 20 * 19 // 2


class Killed(BaseException):
    """The process is gone."""


class Line:
    """A backend without noise, that may be killed at a submission."""

    def __init__(self, killed_at: int = 99) -> None:
        self.submissions = 0
        self.killed_at = killed_at

    def run(self, jobs: Sequence[Job]) -> tuple[Ran, ...]:
        self.submissions += 1
        if self.submissions == self.killed_at:
            raise Killed
        return tuple(self._ran(job) for job in jobs)

    def _ran(self, job: Job) -> Ran:
        ends = final_measurements(job.circuit)
        courses = run(job.circuit, State.of([np.array([1, 0], complex)] * job.circuit.qubit_count), set(ends))
        (weights,) = distribution(courses, [ends[bit] for bit in sorted(ends)]).values()
        zeros = int(np.random.default_rng(job.seed).binomial(job.shots, min(1.0, weights[0])))
        return Ran({"00": zeros, "01": job.shots - zeros}, f"job-{self.submissions}", "then", "cal")


class Laboratory:
    def __init__(self, manifest: bytes = MANIFEST) -> None:
        chance = np.random.default_rng(1)
        tables = {"calm.csv": chance.normal(0, 1, (10, 2)), "shifted.csv": chance.normal(2, 1, (10, 2))}
        tables["other.csv"] = tables["calm.csv"] + 1e-4
        texts = {name: "u,v\n" + "".join(f"{u:.5f},{v:.5f}\n" for u, v in rows) for name, rows in tables.items()}
        self.tree = MemoryTree({"qops.yaml": manifest, **{name: text.encode() for name, text in texts.items()}})
        self.series = MemorySeries(self.tree, MemoryStore(self.tree, "series"))

    @property
    def ports(self) -> Ports:
        @contextmanager
        def exclusive() -> Iterator[None]:
            yield

        return cast(
            "Ports", SimpleNamespace(tree=self.tree, sources=None, series=lambda: self.series, exclusive=exclusive)
        )

    @property
    def manifest(self) -> Manifest:
        return repository.declared(self.tree)

    def measure(self, backend: Line) -> tuple[str, ...]:
        self.told: list[str] = []

        @contextmanager
        def progress(label: str, total: int) -> Iterator[Callable[[], None]]:
            self.told.append(f"{label}: {total}")
            yield lambda: self.told.append("one")

        return measure(
            self.ports,
            self.manifest,
            self.manifest.similarities["near"],
            Devices(lambda _: cast("Backend", backend), progress),
        )


@pytest.fixture(autouse=True)
def few_pairs_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring.measurement, "__defaults__", (50,))


def test_measured_kept_recorded_and_judged() -> None:
    here, backend = Laboratory(), Line()
    staged = here.measure(backend)
    assert any(path.endswith(".dvc") for path in staged)
    assert backend.submissions == 4
    counts = pairs_csv.read(here.series.read(FILE) or b"", FILE)
    assert len(counts) == ENTRIES
    assert {count.job for count in counts} == {"job-1", "job-2", "job-3", "job-4"}
    report = judge(here.ports, here.manifest, here.manifest.similarities["near"])
    assert report == judge(here.ports, here.manifest, here.manifest.similarities["near"])
    notes = [line.text for line in report.sections[0].lines]
    assert any("indefinite" in note for note in notes)
    assert "measured, 190 pairs in 4 jobs" in notes[-1]
    assert notes[-1].endswith("calibration cal")
    assert report.sections[0].tables[0].rows[1][-1] == f"{ENTRIES * 40:,}"
    assert here.told == ["measuring near: 4", *["one"] * 4]
    assert here.measure(backend) is not None
    assert backend.submissions == 4
    assert here.told == ["measuring near: 4", *["one"] * 4]


@pytest.mark.parametrize("cut", [0, 3, 200])
def test_a_run_that_was_killed_is_taken_up(cut: int) -> None:
    here, whole = Laboratory(), Laboratory()
    whole.measure(Line())
    with pytest.raises(Killed):
        here.measure(Line(killed_at=3))
    if cut:
        here.series.write(FILE, (here.series.read(FILE) or b"")[:-cut])
    with pytest.raises(InconclusiveError, match=f"of {ENTRIES} entries of `z × 0.5` are measured"):
        judge(here.ports, here.manifest, here.manifest.similarities["near"])
    report = matrix(here.ports, ())
    assert [verdict.outcome for verdict in report.verdicts] == [Outcome.INCONCLUSIVE]
    assert report.data["family"] == 1
    here.measure(Line())
    found, expected = (pairs_csv.read(each.series.read(FILE) or b"", FILE) for each in (here, whole))
    assert [(c.left, c.right, c.zeros) for c in found] == [(c.left, c.right, c.zeros) for c in expected]


@pytest.mark.parametrize(
    ("old", "new"),
    [("scale: 0.5", "scale: 0.6"), ("shots: 40", "shots: 41"), ("windows: 20", "seed: 7"), ("calm.csv", "other.csv")],
)
def test_another_experiment_under_the_same_name_is_refused(old: str, new: str) -> None:
    here = Laboratory()
    here.measure(Line())
    here.tree.files["qops.yaml"] = MANIFEST.replace(old.encode(), new.encode())
    with pytest.raises(InputError, match="counts of other states, shots or seeds"):
        here.measure(Line())
    with pytest.raises(InputError, match="counts of other states, shots or seeds"):
        judge(here.ports, here.manifest, here.manifest.similarities["near"])


def test_the_plan_says_what_is_measured() -> None:
    here = Laboratory()
    report = plan(here.tree, None, {}, here.manifest.similarities["near"])
    assert dict(report.facts)["blocks of either side"] == 8
    assert report.tables[-1].rows[0][:2] == ("z × 0.5", ENTRIES)
    assert report.tables[-1].rows[0][-1] == ENTRIES * 40
    computed = Laboratory(MANIFEST.replace(b"    backend: line\n", b""))
    assert len(plan(computed.tree, None, {}, computed.manifest.similarities["near"]).tables) == 1


def test_a_kernel_without_shots_is_not_begun() -> None:
    with pytest.raises(InputError, match="says not with how many shots"):
        Laboratory(MANIFEST.replace(b"shots: 40, ", b"")).measure(Line())


def test_without_a_backend_nothing_is_measured() -> None:
    assert Laboratory(MANIFEST.replace(b"    backend: line\n", b"")).measure(Line(killed_at=1)) == ()
