"""A watch from its first epochs to an alarm, in memory."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Never

import numpy as np
import pytest
from support.project import FILES, Project

from qops.drift import check, freeze, record
from qops.drift.ports import DriftPorts
from qops.drift.series import WatchFiles
from qops.errors import InconclusiveError, InputError
from qops.model.manifest import BackendEntry
from qops.model.report import Report
from qops.model.verdict import Outcome

MANIFEST = """\
version: 1
circuits:
  ghz: circuits/ghz.qasm
drift:
  ghz: {circuit: ghz, success: ["000", "111"], stale_after: 2h, run_length: 500, on_drift: [[make, well]]}
"""
START = datetime(2026, 1, 1, tzinfo=UTC)


def moment(epoch: int) -> str:
    return (START + timedelta(hours=epoch)).isoformat().replace("+00:00", "Z")


def lines(rates: list[float], seed: int, begin: int = 0, digest: str = "d", calibration: str = "c") -> str:
    chance = np.random.default_rng(seed)
    shots = chance.integers(300, 3000, len(rates))
    rows = (
        f"{moment(begin + at)},{n},{chance.binomial(n, rate)},{calibration},{digest},\n"
        for at, (n, rate) in enumerate(zip(shots, rates, strict=True))
    )
    return "".join(rows)


class Watched:
    """A project with one watch, and a clock."""

    def __init__(self) -> None:
        self.project = Project({**FILES, "circuits/ghz.qasm": "OPENQASM 3.0;\nqubit[3] q;\n", "qops.yaml": MANIFEST})
        self.hour = 300
        self.ports = DriftPorts(
            self.project.ports, self._no_backend, lambda: moment(self.hour), self._no_backend, self._no_bench
        )

    def _no_backend(self, entry: BackendEntry) -> Never:
        raise AssertionError(entry)

    def _no_bench(self) -> Never:
        raise AssertionError

    def record(self, text: str) -> Report:
        header = "at,shots,successes,calibration,digest,job\n"
        place = self.project.tree.root / "epochs.csv"
        self.project.files.write(place, (header + text).encode())
        return record.run(self.ports, "ghz", str(place))

    def baseline(self, *, since: str | None = None, force: bool = False) -> Report:
        return freeze.run(self.ports, "ghz", since, force=force)

    def check(self, chart: str = "") -> Report:
        return check.run(self.ports, ["ghz"], chart)

    def outcome(self) -> tuple[Outcome, str]:
        verdict = self.check().verdicts[0]
        return verdict.outcome, verdict.because


@pytest.fixture
def watched() -> Watched:
    made = Watched()
    made.record(lines([0.95] * 100, seed=1))
    made.baseline()
    return made


def test_without_a_baseline_nothing_is_known() -> None:
    made = Watched()
    assert made.outcome() == (Outcome.INCONCLUSIVE, "there is no baseline; 0 of 100 epochs are there")
    made.record(lines([0.95] * 19, seed=1))
    with pytest.raises(InconclusiveError, match="19 epochs are too few for a baseline: 20"):
        made.baseline()


def test_right_after_the_baseline_nothing_is_known(watched: Watched) -> None:
    assert watched.outcome() == (Outcome.INCONCLUSIVE, "no epoch has come since the baseline")


@pytest.mark.parametrize("chart", ["e-detector", "cusum"])
def test_what_stays_as_it_was_is_in_control(watched: Watched, chart: str) -> None:
    watched.record(lines([0.95] * 200, seed=2, begin=100))
    verdict = watched.check(chart).verdicts[0]
    assert verdict.outcome is Outcome.PASS
    assert verdict.because.startswith("in control: 200 epochs since the baseline")


@pytest.mark.parametrize("chart", ["e-detector", "cusum"])
def test_a_drop_is_an_alarm_with_its_time_and_size(watched: Watched, chart: str) -> None:
    watched.record(lines([0.95] * 100 + [0.93] * 100, seed=2, begin=100))
    report = watched.check(chart)
    assert report.verdicts[0].outcome is Outcome.FAIL
    change = report.data["watches"]["ghz"]["change"]
    assert change["earliest"] <= moment(200) <= change["latest"]
    assert change["interval"][0] <= 0.93 <= change["interval"][1]
    assert change["kind"] == "step"
    assert list(report.data["watches"]["ghz"]["alarms"]) == ["down"]
    assert len(report.sections[0].plots) == 2


def test_what_else_changed_at_the_onset_is_told(watched: Watched) -> None:
    watched.record(lines([0.95] * 100, seed=2, begin=100) + lines([0.9] * 50, seed=3, begin=200, calibration="e"))
    assert watched.outcome()[1].endswith("the calibration changed then")
    assert any("--since TIME" in line.text for line in watched.check().sections[0].lines)


def test_another_circuit_needs_another_baseline(watched: Watched) -> None:
    watched.record(lines([0.95] * 50, seed=2, begin=100, digest="other"))
    outcome, because = watched.outcome()
    assert outcome is Outcome.INCONCLUSIVE
    assert because == "epochs are of another circuit, other; the baseline is of d"
    watched.baseline(since=moment(100))
    watched.record(lines([0.95] * 50, seed=4, begin=150, digest="other"))
    assert watched.outcome()[0] is Outcome.PASS


def test_epochs_that_were_changed_under_a_baseline_are_found_out(watched: Watched) -> None:
    watched.record(lines([0.95] * 50, seed=2, begin=100))
    path = "series/drift/ghz/epochs.csv"
    text = watched.project.tree.files[path].decode().splitlines(keepends=True)
    fields = text[1].split(",")
    text[1] = ",".join([fields[0], fields[1], str(int(fields[2]) - 1), *fields[3:]])
    watched.project.tree.files[path] = "".join(text).encode()
    assert watched.outcome() == (
        Outcome.INCONCLUSIVE,
        "the epochs of the baseline are not those that it was frozen from",
    )


def test_silence_is_no_pass(watched: Watched) -> None:
    watched.record(lines([0.95] * 200, seed=2, begin=100))
    watched.hour = 320
    steady, late = watched.check().verdicts
    assert (steady.outcome, late.outcome) == (Outcome.PASS, Outcome.INCONCLUSIVE)
    _, standings = check.standings(watched.ports, [])
    assert [alarm.direction for alarm in standings["ghz"].alarms] == ["stale"]


def test_how_a_watch_stands_for_those_who_act(watched: Watched) -> None:
    watched.record(lines([0.93] * 150, seed=2, begin=100))
    watched.hour = 250
    responses, standings = check.standings(watched.ports, ["ghz"])
    (alarm,) = standings["ghz"].alarms
    assert (alarm.direction, alarm.onset) == ("down", moment(100))
    assert alarm.estimate == pytest.approx(0.93, abs=0.005)
    assert set(standings["ghz"].calm) == {"up", "stale"}
    assert responses["ghz"].on_drift == (("make", "well"),)


def test_a_baseline_that_moves_is_refused_and_forced_visibly() -> None:
    made = Watched()
    made.record(lines(list(np.linspace(0.96, 0.90, 100)), seed=1))
    with pytest.raises(InconclusiveError, match="it drifts: its rate falls"):
        made.baseline()
    assert made.baseline(force=True).verdicts[0].outcome is Outcome.INCONCLUSIVE


def test_recording_again_adds_nothing_and_contradictions_are_refused(watched: Watched) -> None:
    assert watched.record(lines([0.95] * 100, seed=1)).data["new"] == 0
    with pytest.raises(InputError, match="is there already, with"):
        watched.record(lines([0.5] * 100, seed=1))
    with pytest.raises(InputError, match="is older than the last"):
        watched.record(f"{moment(-5)},100,95,c,d,\n")


def test_counts_are_epochs_too() -> None:
    made = Watched()
    place = made.project.tree.root / "counts.json"
    text = b'[{"at": "2026-01-01T01:00:00+01:00", "counts": {"000": 45, "111": 50, "010": 5}, "job": "j, 1"}]'
    made.project.files.write(place, text)
    record.run(made.ports, "ghz", str(place))
    assert made.project.tree.files["series/drift/ghz/epochs.csv"].decode().splitlines()[1:] == [
        '2026-01-01T00:00:00Z,100,95,,,"j, 1"'
    ]
    assert record.run(made.ports, "ghz", str(place)).data["new"] == 0


def test_unknown_watches_and_files(watched: Watched) -> None:
    with pytest.raises(InputError, match="no watch is called `gzh`"):
        check.run(watched.ports, ["gzh"])
    with pytest.raises(InputError, match="there is no file"):
        record.run(watched.ports, "ghz", str(Path("/memory/none.csv")))


def test_a_watch_names_its_chart_and_its_options() -> None:
    made = Watched()
    text = MANIFEST.replace("run_length: 500", "run_length: 500, chart: {name: cusum, k: 0.25}")
    made.project.write("qops.yaml", text)
    made.record(lines([0.95] * 120, seed=1))
    made.baseline()
    assert "for normal residuals" in str(made.check("").sections[0].lines)
    made.project.write("qops.yaml", text.replace("k: 0.25", "kk: 0.25"))
    with pytest.raises(InputError, match=r"qops\.yaml:5:\d+: the chart cusum: .*unknown field `kk`"):
        made.check("")
    assert made.check("e-detector").verdicts[0].outcome is Outcome.PASS


def test_a_result_of_qiskit_is_an_epoch() -> None:
    made = Watched()
    place = made.project.tree.root / "result.json"
    one = {"data": {"counts": {"0x0": 480, "0x7": 470, "0x1": 50}}, "header": {"memory_slots": 3}}
    result = {"results": [one], "date": "2026-01-01T00:00:00+00:00", "job_id": "j1"}
    made.project.files.write(place, json.dumps(result).encode())
    record.run(made.ports, "ghz", str(place))
    made.project.files.write(place, json.dumps({"results": [one, one]}).encode())
    with pytest.raises(InputError, match="the results of 2 circuits"):
        record.run(made.ports, "ghz", str(place))
    record.run(made.ports, "ghz", str(place), record.Told("2026-01-02T00:00:00Z", 1))
    epochs = WatchFiles(made.project.series, "ghz").epochs()
    assert (list(epochs.shots), list(epochs.successes), list(epochs.job)) == ([1000, 1000], [950, 950], ["j1", ""])


def test_after_a_gap_some_epochs_are_needed(watched: Watched) -> None:
    """Epochs come every hour, and `stale_after` is two."""
    watched.record(lines([0.95] * 30, seed=2, begin=100))
    watched.hour = 129
    assert {verdict.outcome for verdict in watched.check().verdicts} == {Outcome.PASS}
    watched.record(lines([0.95] * 3, seed=3, begin=140))
    watched.hour = 142
    calm, gap = watched.check().verdicts
    assert calm.outcome is Outcome.PASS
    assert gap.outcome is Outcome.INCONCLUSIVE
    assert gap.because.startswith(f"no epoch came from {moment(129)} to {moment(140)}, and 3 since")
    watched.record(lines([0.95] * 8, seed=4, begin=143))
    watched.hour = 150
    assert {verdict.outcome for verdict in watched.check().verdicts} == {Outcome.PASS}
