"""Counts without blocks."""

from functools import partial

import pytest
from abtest.laboratory import DECLARED, Laboratory

from qops.abtest import judge, unblocked
from qops.errors import ExitCode, InconclusiveError, InputError
from qops.model.report import Report
from qops.model.verdict import exit_code
from qops.stats.proportions import TESTS
from qops.stats.proportions.table import Table

TOTALS = "arm,outcome,count\na,000,{a}\na,010,{rest_a}\nb,111,{b}\nb,010,{rest_b}\n"


def report(a: int, b: int, backend: str = "sim", shots: int = 1000, more: str = "") -> Report:
    lab = Laboratory(DECLARED.replace("backend: lab", f"backend: {backend}{more}"))
    text = TOTALS.format(a=a, rest_a=shots - a, b=b, rest_b=shots - b)
    lab.project.write("counts.csv", text)
    return judge.run(lab.ports.base, "new", lab.project.tree.root / "counts.csv", unblocked.run)


@pytest.mark.parametrize(
    ("b", "shots", "code", "method"),
    [
        (960, 1000, ExitCode.OK, "Barnard"),
        (840, 1000, ExitCode.FINDING, "Barnard"),
        (905, 1000, ExitCode.INCONCLUSIVE, "Barnard"),
        (9900, 10_000, ExitCode.OK, "z"),
    ],
)
def test_on_a_simulator_shots_are_independent(b: int, shots: int, code: ExitCode, method: str) -> None:
    found = report(9 * shots // 10, b, shots=shots)
    assert exit_code(found.verdicts) is code
    assert method in found.verdicts[0].because


@pytest.mark.parametrize("name", ["barnard", "boschloo", "fisher", "z"])
def test_another_test_may_be_asked_for(name: str) -> None:
    lab = Laboratory(DECLARED.replace("backend: lab", "backend: sim"))
    lab.project.write("counts.csv", TOTALS.format(a=90, rest_a=10, b=99, rest_b=1))
    by_totals = partial(unblocked.run, test=name)
    (verdict,) = judge.run(lab.ports.base, "new", lab.project.tree.root / "counts.csv", by_totals).verdicts
    assert f"({name if name == 'z' else name.capitalize()}, p = " in verdict.because
    assert verdict.statistic == TESTS[name](Table(90, 100, 99, 100))


@pytest.mark.parametrize(
    ("goal", "b", "code"),
    [
        ("non-inferior", 900, ExitCode.OK),
        ("non-inferior", 800, ExitCode.FINDING),
        ("equivalent", 900, ExitCode.OK),
        ("equivalent", 990, ExitCode.FINDING),
        ("superior", 990, ExitCode.OK),
        ("superior", 900, ExitCode.FINDING),
        ("superior", 955, ExitCode.INCONCLUSIVE),
    ],
)
def test_goals_with_a_margin_go_by_the_interval(goal: str, b: int, code: ExitCode) -> None:
    assert exit_code(report(900, b, more=f"\n    goal: {goal}\n    margin: 0.05").verdicts) is code


def test_on_a_device_they_decide_nothing_however_great_the_difference() -> None:
    found = report(500, 1000, backend="lab")
    assert exit_code(found.verdicts) is ExitCode.INCONCLUSIVE
    assert "jobs differ there by more than shots" in found.verdicts[0].because


def test_unless_enough_jobs_of_one_circuit_say_how_much_jobs_differ() -> None:
    lab = Laboratory()
    lab.edit("metric:", "blocks: 30\n    metric:")
    lab.run()
    lab.project.write("counts.csv", TOTALS.format(a=850, rest_a=150, b=950, rest_b=50))
    found = judge.run(lab.ports.base, "new", lab.project.tree.root / "counts.csv", unblocked.run)
    assert exit_code(found.verdicts) is ExitCode.OK
    assert "σ from 30 jobs" in found.verdicts[0].because


def test_what_is_missing_or_does_not_fit_is_told() -> None:
    lab = Laboratory()
    file = lab.project.tree.root / "counts.csv"
    for text, told in (
        ("arm,outcome,count\na,000,5\n", "has no counts of `b`"),
        ("arm,outcome,count\na,00,5\nb,00,5\n", "not as wide"),
        ("arm,outcome,count\na,000,0\nb,000,5\n", "no shots of `a`"),
        ("arm,outcome,count\na,000,-1\nb,000,5\n", "`-1` is no count"),
    ):
        lab.project.write("counts.csv", text)
        with pytest.raises(InputError, match=told):
            judge.run(lab.ports.base, "new", file, unblocked.run)


def test_an_expectation_needs_blocks() -> None:
    lab = Laboratory(DECLARED.replace('{pass: ["000", "111"]}', "{score: {'000': 1}}"))
    lab.project.write("counts.csv", TOTALS.format(a=1, rest_a=1, b=1, rest_b=1))
    with pytest.raises(InconclusiveError, match="shares of passes alone"):
        judge.run(lab.ports.base, "new", lab.project.tree.root / "counts.csv", unblocked.run)
