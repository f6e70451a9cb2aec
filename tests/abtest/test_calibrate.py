"""Null experiments: the rates that they find, and what so many of them could find."""

import math

import numpy as np
import pytest
from abtest.laboratory import Laboratory, entry

from qops.abtest import calibrate, nulls
from qops.abtest.calibrate import Asked
from qops.abtest.nulls import Nulls, boundary, rejected, replayed, simulated
from qops.abtest.prior import Prior
from qops.abtest.values import Value
from qops.errors import ExitCode
from qops.model.abtest import Score
from qops.model.report import Report
from qops.model.verdict import exit_code
from qops.stats.blocks.flips import flips, p_value
from qops.stats.noticeable import alarm, rate

HALF = Prior(0.5, "", 0.01, "", 0.25)


@pytest.mark.parametrize(("trials", "least", "noticed"), [(20, 4, 26), (50, 7, 18), (100, 11, 14), (500, 36, 9)])
def test_what_so_many_experiments_notice_is_as_published(trials: int, least: int, noticed: int) -> None:
    assert alarm(trials, 0.05) == least
    assert math.ceil(100 * (rate(trials, 0.05) or 0.0)) == noticed


def test_one_experiment_notices_nothing() -> None:
    assert (alarm(1, 0.05), rate(1, 0.05)) == (None, None)


@pytest.mark.parametrize("side", ["two-sided", "greater"])
@pytest.mark.parametrize("number", [8, 20])
def test_rejections_are_those_of_the_test_itself(number: int, side: str) -> None:
    rows = np.random.default_rng(5).normal(0.3, 1.0, (60, number))
    among = flips(number, seed=1)
    found = rejected(rows, among, Nulls(0.0, side, 0.05))
    assert found.hits == sum(p_value(row.tolist(), among, side=side) <= 0.05 for row in rows)
    assert 0 < found.hits < found.trials == 60


@pytest.mark.parametrize(
    ("goal", "margin"), [("different", 0.0), ("superior", 0.05), ("non-inferior", 0.05), ("equivalent", 0.05)]
)
@pytest.mark.parametrize("metric", ["pass", "score"])
def test_at_the_boundary_of_every_goal_one_in_twenty_is_rejected(goal: str, margin: float, metric: str) -> None:
    more = {"metric": Score({"1": 0.5})} if metric == "score" else {}
    found = simulated(entry(goal=goal, margin=margin, blocks=12, shots=500, **more), HALF, 1000, 7)
    assert 28 <= found.hits <= 75  # of 1000 at 5 %: outside once in 2000 times


def test_a_difference_that_is_there_is_found() -> None:
    assert simulated(entry(shots=500), HALF, 300, 7, effect=0.1).hits > 290
    assert boundary(entry(goal="equivalent", margin=0.02)).shift == -0.02


def test_jobs_of_one_circuit_are_taken_for_two_one_time_in_twenty_whatever_the_drift() -> None:
    chance = np.random.default_rng(3)
    drifting = [Value(0.5 + 0.1 * math.sin(n / 7) + chance.normal(0, 0.01), 0.0, 100) for n in range(80)]
    found = replayed([drifting], 20, 600, 0.05, 1)
    assert found is not None
    assert 14 <= found.hits <= 49  # of 600 at 5 %: outside once in 1400 times
    assert replayed([drifting[:11]], 20, 600, 0.05, 1) is None


def calibrated(lab: Laboratory, **asked: int) -> Report:
    return calibrate.run(lab.ports, "new", Asked(trials=400, **asked))


def test_before_anything_was_counted_the_plan_is_simulated() -> None:
    report = calibrated(Laboratory())
    assert exit_code(report.verdicts) is ExitCode.OK
    assert [row[1] for row in report.tables[0].rows] == [400, None, None]
    assert report.data["tiers"]["replayed"] is None


def test_all_three_tiers_each_with_what_it_could_have_noticed() -> None:
    lab = Laboratory()
    lab.run()
    report = calibrated(lab, live=20)
    assert [row[1] for row in report.tables[0].rows] == [400, 1000, 20]
    assert report.tables[0].rows[2][4] == "25.9 % or more"
    assert len(lab.device.submissions) == 20 + 20 * 20
    again = calibrated(lab)
    assert again.data["tiers"]["live"]["trials"] == 20
    assert len(lab.device.submissions) == 420


def test_a_live_run_that_was_cut_off_is_taken_up() -> None:
    lab = Laboratory()
    lab.device.fails = {}
    calibrated(lab, live=1)
    path = "series/abtests/new/calibration.csv"
    lines = lab.project.tree.files[path].splitlines(keepends=True)
    lab.project.tree.files[path] = b"".join(line for line in lines if line.split(b",")[0] not in {b"19", b"20"})
    calibrated(lab, live=1)
    assert len(lab.device.submissions) == 22


def test_a_test_that_rejects_too_often_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nulls, "simulated", lambda *_: nulls.Rejections(90, 1000))
    report = calibrated(Laboratory())
    assert exit_code(report.verdicts) is ExitCode.FINDING
