"""What a chart keeps of its promise, told by simulation."""

import numpy as np
import pytest
from drift.test_check import Watched, lines

from qops.drift import calibrate, rehearsal
from qops.drift.charts import chart
from qops.drift.charts.path import Usual
from qops.drift.rehearsal import Series
from qops.errors import InconclusiveError, InputError
from qops.model.verdict import Outcome
from qops.stats.spc.cusum import Cusum, limit_for
from qops.stats.spc.garwood import alarms_interval

EXACT = Series(Usual(0.5, 0.0, 0.5, 0.5, 1000), np.full(50, 1000.0), 100.0)


def test_the_run_length_is_that_of_the_design() -> None:
    found = rehearsal.run_length(chart("cusum"), EXACT, 0.5, seed=1)
    assert found.low < 100 < found.high
    assert found.alarms >= 400
    assert found.high / found.low < 1.3


def test_a_rate_that_is_off_costs_run_length() -> None:
    off = rehearsal.run_length(chart("cusum"), EXACT, 0.508, seed=1)
    exact = Cusum(0.5, limit_for(100.0)).two_sided(0.008 / 0.5 * 1000**0.5)
    assert off.low < exact < off.high


def test_delays_are_those_that_are_solved_for() -> None:
    found = {each.change: each for each in rehearsal.delays(chart("cusum"), EXACT, seed=2) if not each.ramp}
    for change in (-2.0, -1.0, 1.0, 2.0):
        exact = Cusum(0.5, limit_for(100.0)).steady_state(change)
        assert abs(found[change].mean - exact) < 4 * found[change].error
        assert found[change].missed == 0


def test_a_change_beyond_what_is_possible_is_left_out() -> None:
    series = Series(Usual(0.999, 0.0, 0.999, 0.999, 1000), np.full(50, 1000.0), 100.0)
    steps = [each.change for each in rehearsal.delays(chart("cusum"), series, seed=2) if not each.ramp]
    assert steps == [-3.0, -2.0, -1.0, -0.5, -0.25, 0.25, 0.5, 1.0]


def test_without_an_alarm_the_run_length_has_no_upper_end() -> None:
    never = Series(Usual(0.5, 0.0, 0.45, 0.55, 1000), np.full(50, 1000.0), 30.0)
    found = rehearsal.run_length(chart("e-detector"), never, 0.5, seed=1)
    assert (found.alarms, found.high, found.mean) == (0, np.inf, np.inf)
    assert found.low == pytest.approx(found.epochs / alarms_interval(0)[1])


def test_the_report_holds_the_default_chart_to_its_band_and_finds_that_cusum_is_not() -> None:
    made = Watched()
    made.record(lines([0.95] * 150, seed=1))
    made.baseline()
    calm = calibrate.run(made.ports, "ghz")
    assert calm.verdicts[0].outcome is Outcome.PASS
    assert calm.verdicts[0].because.startswith("the run length is kept")
    found = calibrate.run(made.ports, "ghz", "cusum")
    assert found.verdicts[0].outcome is Outcome.FAIL
    assert dict(found.facts)["chart"] == "cusum"
    rows = {row[0]: row for row in found.tables[0].rows}
    assert rows["-2"][5] == f"{Cusum(0.5, limit_for(500.0)).steady_state(2.0):.1f}"
    assert found == calibrate.run(made.ports, "ghz", "cusum")


def test_what_cannot_be_calibrated() -> None:
    made = Watched()
    with pytest.raises(InconclusiveError, match="the watch `ghz` has no baseline"):
        calibrate.run(made.ports, "ghz")
    made.record(lines([0.95] * 150, seed=1))
    made.baseline()
    with pytest.raises(InputError, match="no chart is called `cusumm`"):
        calibrate.run(made.ports, "ghz", "cusumm")
    with pytest.raises(InconclusiveError, match="have different shots"):
        calibrate.run(made.ports, "ghz", "binomial-cusum")
