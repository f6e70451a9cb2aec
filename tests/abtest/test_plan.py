"""What an experiment costs and can find, before it is run."""

import math

import pytest
from abtest.laboratory import Laboratory

from qops.abtest import plan
from qops.errors import InputError


def facts(lab: Laboratory) -> dict[str, object]:
    return dict(plan.run(lab.ports, "new").facts)


def test_nothing_is_run_or_written() -> None:
    lab = Laboratory()
    before = dict(lab.project.tree.files)
    plan.run(lab.ports, "new")
    assert lab.device.submissions == []
    assert lab.project.tree.files == before


def test_of_a_device_the_worst_is_assumed_and_said() -> None:
    told = facts(Laboratory())
    assert told["expected"] == "0.5, the worst case"
    assert str(told["σ of jobs"]).startswith("0.01, an assumption")
    assert told["shots"] == "40,000, 1,000 a job"


def test_of_a_simulator_jobs_do_not_differ() -> None:
    lab = Laboratory()
    lab.edit("backend: lab", "backend: sim")
    assert str(facts(lab)["σ of jobs"]).startswith("0, a simulator")


def test_the_least_difference_is_that_of_the_formula() -> None:
    lab = Laboratory()
    lab.edit("backend: lab", "backend: sim")
    report = plan.run(lab.ports, "new")
    error = math.sqrt(2 * 0.25 / 1000 / 20)
    assert report.data["detectable"] == pytest.approx((2.0930 + 0.8610) * error, rel=1e-3)


def test_shots_that_are_wasted_and_blocks_that_are_few_are_told() -> None:
    lab = Laboratory()
    lab.edit("metric:", "sigma: 0.02\n    blocks: 6\n    metric:")
    told = facts(lab)
    assert "beyond 625 a job" in str(told["wasted shots"])
    assert "6 are valid" in str(told["few blocks"])


def test_a_margin_that_cannot_be_shown_is_told() -> None:
    lab = Laboratory()
    lab.edit("metric:", "goal: equivalent\n    margin: 0.001\n    metric:")
    assert "more than are planned" in str(facts(lab)["for the margin"])


def test_the_price_is_the_users() -> None:
    lab = Laboratory()
    lab.edit("metric:", "price: {shot: 0.01, second: 2}\n    metric:")
    assert facts(lab)["price"] == "400, device time not counted"


def test_what_was_counted_is_known_the_next_time() -> None:
    lab = Laboratory()
    lab.run()
    assert str(facts(lab)["expected"]).endswith("20 jobs on record")
    lab.edit("h q[0];", "h q[1];", "other.qasm")
    lab.run(restart=True)
    assert str(facts(lab)["expected"]).endswith("40 jobs on record")
    lab.edit('pass: ["000", "111"]', "observable: {ZZI: 1}")
    assert str(facts(lab)["expected"]).endswith("the worst case")


def test_a_wrong_name_has_a_hint() -> None:
    with pytest.raises(InputError, match="no abtest is called `nwe`") as caught:
        plan.run(Laboratory().ports, "nwe")
    assert caught.value.hint == "did you mean `new`?"


def test_a_rate_that_never_differed_is_not_taken_for_certain() -> None:
    lab = Laboratory(rate=lambda _n, _job: 1.0)
    lab.run()
    report = plan.run(lab.ports, "new")
    assert 0 < report.data["detectable"] < 0.01
    lab.edit("metric:", "blocks: 60\n    metric:")
    assert lab.run(restart=True, peek=True).protocol.unit > 0
