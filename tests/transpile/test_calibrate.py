import random

import pytest
from transpile.conftest import Make, compiled, matrix

from benchmarks import seeds
from qops.errors import InconclusiveError
from qops.model.gate import Rules
from qops.model.verdict import Outcome
from qops.stats import binomial
from qops.transpile import calibrate
from qops.transpile.calibrate import Effect

RULES = Rules()


def test_false_alarms_are_rare_on_real_seeds() -> None:
    """150 trials on each device; with an interval of 99.9 % that the promised rate has to be able to explain."""
    alarms = trials = 0
    for device in seeds.DEVICES:
        hits = calibrate.rates(seeds.recorded(device), RULES, 5, 150, random.Random(4))
        alarms, trials = alarms + hits[Effect(0.0)], trials + 150
        assert hits[Effect(0.05)] == 150
    assert binomial.interval(alarms, trials, 0.999)[0] <= RULES.alarms


def test_the_report(make: Make) -> None:
    report = calibrate.run(make(1, seeds=20), RULES, seeds=5, trials=60, seed=3)
    rates = report.data["rates"]
    assert isinstance(rates, dict)
    assert list(rates) == [
        "no change",
        "all rows +1 %",
        "all rows +2 %",
        "all rows +5 %",
        "one row +10 %",
        "one row +20 %",
    ]
    assert rates["no change"] <= rates["all rows +2 %"] <= rates["all rows +5 %"]
    assert dict(report.facts)["trust"] == "good: no seed is drawn twice in a trial"
    assert report == calibrate.run(make(1, seeds=20), RULES, seeds=5, trials=60, seed=3)
    assert report.verdicts[0].outcome is Outcome.INCONCLUSIVE  # 60 trials cannot show 2 %
    assert report.verdicts[0].because == "0 of 60 trials without a change: 0.0 % to 6.0 %"


@pytest.mark.parametrize(("known", "words"), [(8, "rough: "), (12, "fair: fewer than 20 seeds"), (20, "good: ")])
def test_it_says_how_far_to_trust_it(make: Make, known: int, words: str) -> None:
    report = calibrate.run(make(1, seeds=known), RULES, seeds=10, trials=2)
    trust = dict(report.facts)["trust"]
    assert isinstance(trust, str)
    assert trust.startswith(words)


def test_a_configuration_that_keeps_its_promise_passes() -> None:
    quiet = matrix({("qft", "torino", level): [compiled(200, 50)] * 20 for level in (1, 2)})
    report = calibrate.run(quiet, RULES, seeds=5, trials=300)
    assert report.verdicts[0].because == "0 of 300 trials without a change: 0.0 % to 1.2 %"
    assert report.verdicts[0].outcome is Outcome.PASS


@pytest.mark.parametrize(("known", "asked"), [(4, 5), (20, 4), (1, 1)])
def test_too_few_seeds_say_nothing(make: Make, known: int, asked: int) -> None:
    with pytest.raises(InconclusiveError, match="cannot tell how seeds differ"):
        calibrate.run(make(1, seeds=known), RULES, seeds=asked)


def test_a_draw_never_meets_itself(make: Make) -> None:
    recorded = calibrate.of_matrix(make(1, seeds=10), RULES)
    for question in calibrate.draw(recorded, 5, random.Random(1)):
        assert question.series is not None
        old, new = set(question.series.old.values()), set(question.series.new.values())
        whole = set(recorded[question.row][question.metric].values())
        assert old | new == whole
