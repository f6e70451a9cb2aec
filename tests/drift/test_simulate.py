"""A rehearsal in memory, on a device that keeps its promise in closed form."""

from pathlib import Path
from typing import Never

import numpy as np
import pytest
from support.project import FILES, Project

from qops.drift import simulate
from qops.drift.ports import DriftPorts
from qops.drift.simulate import Rehearsal
from qops.errors import InconclusiveError, InputError
from qops.formats import epochs_csv
from qops.model.manifest import BackendEntry
from qops.model.ports import Job, Ran
from qops.model.report import Report
from qops.model.target import Instruction, Place, Target
from qops.model.verdict import Outcome

HOUR = 3600.0
MANIFEST = """\
version: 1
circuits:
  one: circuits/one.qasm
backends:
  still: {kind: generic, qubits: 1, seed: 1}
  ageing:
    kind: drifting
    noise_from: still
    start: "2026-01-01T00:00:00Z"
    path:
      - {quantity: t1, shape: step, size: 0.5, at: 450000}
drift:
  one: {circuit: one, backend: ageing, success: ["1"], baseline: 100}
  unmoved: {circuit: one, backend: still, success: ["1"]}
"""
ONE = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nbit[1] c;\nx $0;\nc[0] = measure $0;\n'
GATES = tuple(Instruction(name, name, 1, (), (), (Place((0,), 0.0, 1e-8),)) for name in ("x", "measure"))


class Device:
    """0.9 before the path's step, 0.8 after it."""

    def __init__(self, entry: BackendEntry) -> None:
        self._moves = bool(entry.path)

    def target(self) -> Target:
        return Target("still", "", 1, GATES, ())

    def at(self, time_s: float) -> "Moment":
        return Moment(0.8 if self._moves and time_s >= 450000 else 0.9, self.target())


class Moment:
    def __init__(self, rate: float, target: Target) -> None:
        self._rate, self._target = rate, target

    def target(self) -> Target:
        return self._target

    def run(self, jobs: list[Job]) -> tuple[Ran, ...]:
        return tuple(self._one(job) for job in jobs)

    def _one(self, job: Job) -> Ran:
        hits = int(np.random.default_rng(job.seed or 0).binomial(job.shots, self._rate))
        return Ran({"1": hits, "0": job.shots - hits}, f"job-{job.seed}", "", "calibration")


def unused(*_: object) -> Never:
    raise AssertionError


def rehearse(
    name: str = "one", *, null: bool = False, epochs: int | None = None, to: Path | None = None
) -> tuple[Report, Project]:
    project = Project({**FILES, "circuits/one.qasm": ONE, "qops.yaml": MANIFEST})
    ports = DriftPorts(project.ports, unused, lambda: "2027-01-01T00:00:00Z", Device, unused)
    return simulate.run(ports, name, Rehearsal(epochs, HOUR, 1, null), "e-detector", to), project


def test_a_device_that_ages_rings_the_alarm() -> None:
    report, project = rehearse()
    assert report.verdicts[0].outcome is Outcome.FAIL
    assert dict(report.facts)["device"] == "ageing, as still; moves from 450000 s on"
    assert dict(report.facts)["seen after"] == "1 epoch"
    assert report.data["watches"]["one"]["change"]["onset"] == "2026-01-06T05:00:00Z"
    assert project.series.read("drift/one/epochs.csv") is None


def test_a_device_that_does_not_age_leaves_it_silent() -> None:
    report, _ = rehearse(null=True)
    assert report.verdicts[0].outcome is Outcome.PASS
    assert dict(report.facts) == {"device": "ageing, as still; nothing moves"}


def test_the_epochs_can_be_recorded_elsewhere() -> None:
    place = Path("/project/epochs.csv")
    _, project = rehearse(epochs=30, to=place)
    data = project.files.read(place)
    assert data is not None
    epochs = epochs_csv.read(data, "epochs.csv")
    assert epochs.at[:2] == ("2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z")
    assert len(epochs) == 30
    assert set(epochs.shots) == {1000}


def test_a_path_that_moves_within_the_baseline_is_told() -> None:
    report, _ = rehearse(epochs=200)
    assert "beware" not in dict(report.facts)
    longer = MANIFEST.replace("450000", "36000")
    project = Project({**FILES, "circuits/one.qasm": ONE, "qops.yaml": longer})
    ports = DriftPorts(project.ports, unused, lambda: "2027-01-01T00:00:00Z", Device, unused)
    assert "beware" in dict(simulate.run(ports, "one", Rehearsal(None, HOUR, 1, null=False), "e-detector", None).facts)


def test_what_cannot_be_rehearsed() -> None:
    with pytest.raises(InputError, match=r"qops\.yaml:14:3: the watch `unmoved` has no backend that ages"):
        rehearse("unmoved")
    with pytest.raises(InconclusiveError, match="10 epochs are too few"):
        rehearse(epochs=10)
