import random

import msgspec
from transpile.conftest import CIRCUITS, SAME, Make, compiled, matrix, noisy

from qops.errors import ExitCode
from qops.model.gate import Rules, Watermark
from qops.model.matrix import Matrix
from qops.model.verdict import Outcome, exit_code
from qops.transpile.gate import judge
from qops.transpile.watermarks import renewed

RULES = Rules()
QFT = ("qft", "torino", 2)


def step(count: float, seed: int, seeds: int = 10) -> Matrix:
    """One row with little noise."""
    chance = random.Random(seed)
    return matrix({QFT: [noisy(count, chance, 0.01) for _ in range(seeds)]})


def mean_of(marks: tuple[Watermark, ...]) -> float:
    (mark,) = marks
    return mark.samples["two_qubit"].mean


def test_small_tolerated_steps_do_not_add_up() -> None:
    """Each step of 2 % passes beside the one before; beside the best that was seen the third does not."""
    baseline, marks, outcomes = step(1000, 0), renewed((), step(1000, 0), RULES), []
    for number, count in enumerate((1020, 1040, 1061), 1):
        now = step(count, number)
        lenient = Rules({"two_qubit": msgspec.structs.replace(RULES.limits["two_qubit"], overall=0.03)})
        assert exit_code(judge(baseline, now, lenient)) is ExitCode.OK
        outcomes.append(exit_code(judge(baseline, now, lenient, marks)))
        baseline = now
    assert outcomes[0] is ExitCode.OK
    assert outcomes[-1] is ExitCode.FINDING


def test_the_sentence_says_beside_what() -> None:
    verdicts = judge(step(1060, 2), step(1061, 3), RULES, renewed((), step(1000, 0), RULES))
    failed = [verdict.because for verdict in verdicts if verdict.outcome is Outcome.FAIL]
    assert any("beside the best that was seen" in because for because in failed)


def test_it_follows_what_is_better_and_what_was_accepted() -> None:
    first = renewed((), step(1000, 0), RULES)
    better, worse = renewed(first, step(900, 1), RULES), renewed(first, step(1200, 1), RULES)
    assert mean_of(better) < mean_of(first) < mean_of(worse)


def test_luck_does_not_move_it(make: Make) -> None:
    """Of 20 acceptances of the same compiler, at most two move any of 27 watermarks."""
    marks = renewed((), make(0), RULES)
    assert len(marks) == 9
    moved = sum(renewed(marks, make(seed), RULES) != marks for seed in range(1, 21))
    assert moved <= 2


def test_it_is_of_one_target_and_one_circuit() -> None:
    marks = renewed((), step(1000, 0), RULES)
    changed = msgspec.structs.replace(SAME, targets={"torino": "other"})
    now = msgspec.structs.replace(step(1500, 1), comparable=changed)
    before = msgspec.structs.replace(step(1500, 2), comparable=changed)
    assert exit_code(judge(before, now, RULES, marks)) is ExitCode.OK
    (mark,) = renewed(marks, now, RULES)
    assert mark.target == "other"
    edited = msgspec.structs.replace(SAME, circuits=dict.fromkeys(CIRCUITS, "other"))
    (mark,) = renewed(marks, msgspec.structs.replace(step(1500, 1), comparable=edited), RULES)
    assert mark.source == "other"


def test_few_seeds_set_none_and_move_none() -> None:
    assert renewed((), step(1000, 0, seeds=4), RULES) == ()
    marks = renewed((), step(1000, 0), RULES)
    assert renewed(marks, step(1, 0, seeds=4), RULES) == marks


def test_it_needs_no_noise() -> None:
    still = matrix({QFT: [compiled(20, 10)] * 5})
    assert renewed(renewed((), still, RULES), still, RULES) == renewed((), still, RULES)
