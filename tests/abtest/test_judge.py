"""Decisions from counts alone."""

import json
import math
import random
from pathlib import Path

import msgspec
import numpy as np
import pytest
from abtest.laboratory import DECLARED, Laboratory, blocks, entry

from qops.abtest import judge
from qops.abtest.decide import decide
from qops.abtest.judge import judge as judged
from qops.abtest.looking import by_signs, method
from qops.abtest.pairs import Pair, pairs
from qops.errors import ExitCode, InconclusiveError, InputError
from qops.formats import counts_csv
from qops.model.abtest import Guardrail, Pass, Peek, Score
from qops.model.counts import Block, CountedJob, Tally
from qops.model.verdict import Outcome, exit_code
from qops.render import RENDERERS, built_in
from qops.render.surface import Surface

PLACES = 20


def drawn(rates: dict[str, float], shots: int = 1000, seed: int = 1, number: int = PLACES) -> tuple[Block, ...]:
    """Blocks of jobs without drift."""
    chance = np.random.default_rng(seed)
    return blocks({arm: chance.binomial(shots, rate, number).tolist() for arm, rate in rates.items()}, shots, seed)


def outcomes(found: judge.Judged) -> list[Outcome]:
    return [decision.outcome for decision in found.decisions]


@pytest.mark.parametrize(
    ("goal", "margin", "second", "expected"),
    [
        ("different", 0.0, 0.86, Outcome.PASS),
        ("different", 0.0, 0.74, Outcome.FAIL),
        ("different", 0.0, 0.8, Outcome.INCONCLUSIVE),
        ("superior", 0.0, 0.86, Outcome.PASS),
        ("superior", 0.0, 0.74, Outcome.FAIL),
        ("superior", 0.1, 0.86, Outcome.FAIL),
        ("superior", 0.06, 0.86, Outcome.INCONCLUSIVE),
        ("non-inferior", 0.05, 0.8, Outcome.PASS),
        ("non-inferior", 0.02, 0.74, Outcome.FAIL),
        ("non-inferior", 0.06, 0.74, Outcome.INCONCLUSIVE),
        ("equivalent", 0.05, 0.8, Outcome.PASS),
        ("equivalent", 0.02, 0.86, Outcome.FAIL),
        ("equivalent", 0.02, 0.74, Outcome.FAIL),
        ("equivalent", 0.0601, 0.86, Outcome.INCONCLUSIVE),
    ],
)
def test_every_goal_can_be_reached_refuted_and_left_open(
    goal: str, margin: float, second: float, expected: Outcome
) -> None:
    exact = [round(1000 * second) + shift for shift in (-4, 4, -2, 2, -1, 1, 3, -3, 0, 0) * 2]
    first = [800 + shift for shift in (3, -3, 5, -5, 1, -1, 2, -2, 4, -4) * 2]
    found = judged(entry(goal=goal, margin=margin), blocks({"a": first, "b": exact}, 1000))
    assert outcomes(found) == [expected]


def test_interval_and_decision_agree_on_any_margin() -> None:
    data = drawn({"a": 0.9, "b": 0.92})
    (decision,) = judged(entry(goal="superior"), data).decisions
    for margin, reached in ((decision.low - 1e-6, True), (decision.low + 1e-6, False)):
        found = judged(entry(goal="superior", margin=max(0.0, margin)), data)
        assert (outcomes(found) == [Outcome.PASS]) is (reached and margin > 0)


def test_the_same_counts_give_the_same_answer_bit_for_bit() -> None:
    data = drawn({"a": 0.9, "b": 0.91})
    assert judged(entry(), data).decisions == judged(entry(), data).decisions
    other = judged(entry(), drawn({"a": 0.9, "b": 0.91}, seed=2))
    assert judged(entry(), data).method != other.method


def test_exchanging_the_arms_turns_the_answer_around() -> None:
    chance = np.random.default_rng(3)
    a, b = (chance.binomial(1000, rate, 12).tolist() for rate in (0.5, 0.55))
    (one,) = judged(entry(), blocks({"a": a, "b": b}, 1000)).decisions
    (other,) = judged(entry(), blocks({"a": b, "b": a}, 1000)).decisions
    assert (one.p_pass, one.p_fail) == (other.p_fail, other.p_pass)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


def test_guardrails_are_corrected_together_with_the_metric() -> None:
    low = Guardrail("low", Score({"1": 1.0}), 0.02)
    data = drawn({"a": 0.9, "b": 0.93})
    found = judged(entry(guardrails=(low,)), data)
    assert outcomes(found) == [Outcome.PASS, Outcome.PASS]
    assert found.corrections == ("maxt",)
    (alone,) = judged(entry(), data).decisions
    assert found.decisions[0].p_pass >= alone.p_pass
    assert judged(entry(guardrails=(low,), correction="holm"), data).corrections == ("holm",)
    assert judged(entry(guardrails=(low,), family="metric"), data).corrections == ("none",)
    assert judged(entry(goal="equivalent", margin=0.1, guardrails=(low,)), data).corrections == ("holm",)


def test_many_variants_share_the_blocks_and_one_error_rate() -> None:
    variants = {f"b{n}": "other" for n in range(1, 11)}
    several = entry(variants=variants)
    wrong = 0
    for seed in range(100):
        found = judged(several, drawn({"a": 0.8, **dict.fromkeys(variants, 0.8)}, shots=200, seed=seed, number=12))
        wrong += any(outcome is not Outcome.INCONCLUSIVE for outcome in outcomes(found))
    assert wrong <= 12  # of 100 at 5 %: more happen once in 680 times


def test_drift_that_arms_share_is_no_difference() -> None:
    rising = [round(1000 * (0.5 + 0.02 * n)) for n in range(PLACES)]
    shifted = [hits + shift for hits, shift in zip(rising, [3, -2, 5, -4, 1] * 4, strict=True)]
    found = judged(entry(), blocks({"a": rising, "b": shifted}, 1000))
    assert outcomes(found) == [Outcome.INCONCLUSIVE]


def test_constant_data_decides_nothing() -> None:
    (decision,) = judged(
        entry(goal="non-inferior", margin=0.1), blocks({"a": [100] * 20, "b": [100] * 20}, 100)
    ).decisions
    assert decision.outcome is Outcome.INCONCLUSIVE


def test_evidence_of_looks_holds_at_any_time() -> None:
    alarms = 0
    for seed in range(200):
        data = drawn({"a": 0.5, "b": 0.5}, shots=200, seed=seed, number=40)
        found = pairs(entry(), data)
        (decision,) = decide(entry(), found, by_signs(0.05))
        alarms += decision.outcome is not Outcome.INCONCLUSIVE
    assert alarms <= 20  # of 200 at 5 %: more happen once in 860 times, and the promise is at most 5 %


def test_looking_needs_no_fewest_blocks_and_its_interval_holds_the_truth() -> None:
    (decision,) = decide(entry(), pairs(entry(), drawn({"a": 0.5, "b": 0.6}, number=30)), by_signs(0.0224))
    assert decision.outcome is Outcome.PASS
    assert 0 < decision.low < 0.1 < decision.high


@pytest.mark.parametrize("rule", ["mixture", "obrien-fleming", "pocock"])
def test_rules_for_simulators_hold_at_their_looks(rule: str) -> None:
    asked, unit = entry(peek=Peek(rule, 5), blocks=20), 0.05
    alarms, powers = 0, 0
    for seed in range(200):
        for rates, share in (({"a": 0.5, "b": 0.5}, False), ({"a": 0.5, "b": 0.56}, True)):
            data = pairs(asked, drawn(rates, shots=200, seed=seed, number=20))
            found = [decide(asked, [_first(pair, blocks) for pair in data], method(asked, unit)) for blocks in (8, 20)]
            decided = any(each.outcome is not Outcome.INCONCLUSIVE for (each,) in found)
            alarms, powers = alarms + (decided and not share), powers + (decided and share)
    assert alarms <= 20  # of 200 at 5 %: more happen once in 860 times
    assert powers >= 180  # the z test of all blocks at once has 0.97


def _first(pair: Pair, blocks: int) -> Pair:
    first, second, order = pair.first[:blocks], pair.second[:blocks], pair.a_first[:blocks]
    return msgspec.structs.replace(pair, first=first, second=second, a_first=order)


def test_a_schedule_decides_as_its_table_does() -> None:
    """Pocock's constant for five looks at 5 %, 2.413: Jennison and Turnbull (2000), table 2.1."""
    asked = entry(peek=Peek("pocock", 5), blocks=20)
    rule = method(asked, 0.05)
    for z, refused in ((2.40, False), (2.43, True)):
        (pair,) = pairs(asked, drawn({"a": 0.5, "b": 0.5}, shots=200, number=4))
        deviation = math.sqrt(pair.of_shots / 4)
        second = tuple(each._replace(mean=each.mean + z * deviation - pair.effect) for each in pair.second)
        shifted = msgspec.structs.replace(pair, second=second)
        assert (rule.p_value(shifted, ("two-sided", 0.0)) <= 0.05) is refused


def test_before_the_first_look_nothing_is_decided() -> None:
    asked = entry(peek=Peek("obrien-fleming", 4), blocks=20)
    (decision,) = decide(asked, pairs(asked, drawn({"a": 0.1, "b": 0.9}, number=4)), method(asked, 0.05))
    assert decision.outcome is Outcome.INCONCLUSIVE


def test_too_few_blocks_are_refused() -> None:
    with pytest.raises(InconclusiveError, match="5 blocks cannot decide anything: 6 are the least"):
        judged(entry(), drawn({"a": 0.5, "b": 0.9}, number=5))


@pytest.mark.parametrize(
    ("change", "guard"),
    [
        (lambda block: _with_shots(block, "b", 500), "matched budget"),
        (lambda block: _with_shots(block, "b", 500), "sample ratio"),
    ],
)
def test_a_guard_that_fails_makes_the_experiment_invalid(change: object, guard: str) -> None:
    data = [change(block) for block in drawn({"a": 0.5, "b": 0.9})]
    found = judged(entry(), data)
    assert {each.name: each.passed for each in found.checks}[guard] is False


def _with_shots(block: Block, arm: str, shots: int) -> Block:
    jobs = [
        msgspec.structs.replace(job, tally=Tally(job.tally.digest, {"0": shots // 2, "1": shots - shots // 2}))
        if job.arm == arm
        else job
        for job in block.jobs
    ]
    return Block(block.number, block.order, tuple(jobs))


def test_an_effect_of_order_and_blocks_that_depend_are_noticed() -> None:
    found = list(drawn({"a": 0.5, "b": 0.5}))
    hits = [600 if block.order[0] == "a" else 400 for block in found]
    moved = [
        _with_hits(block, "b", hit + number % 3) for number, (block, hit) in enumerate(zip(found, hits, strict=True))
    ]
    assert {each.name: each.passed for each in judged(entry(), moved).checks}["order of b"] is False
    slow = [_with_hits(block, "b", 400 + 10 * number) for number, block in enumerate(found)]
    assert {each.name: each.passed for each in judged(entry(), slow).checks}["independence of b"] is False


def _with_hits(block: Block, arm: str, hits: int) -> Block:
    jobs = [
        CountedJob(job.arm, "", Tally(job.tally.digest, {"0": 1000 - hits, "1": hits}), calibration="c")
        if job.arm == arm
        else job
        for job in block.jobs
    ]
    return Block(block.number, block.order, tuple(jobs))


def better() -> Laboratory:
    """An experiment in which B is better."""
    lab = Laboratory(rate=lambda _n, job: 0.95 if len(job.circuit.operations) > 6 else 0.85)
    lab.run()
    return lab


def test_the_whole_way_from_counts_to_exit_code() -> None:
    lab = better()
    report = judge.run(lab.ports.base, "new")
    assert exit_code(report.verdicts) is ExitCode.OK
    assert report.summary == "B is better"
    assert report.data["valid"] is True
    lab.edit("a: ghz\n    b: other", "a: other\n    b: ghz")
    counts = lab.counts().replace(b",a,,", b",x,,").replace(b",b,,", b",a,,").replace(b",x,,", b",b,,")
    flipped = counts.replace(b",a b,", b",x,").replace(b",b a,", b",a b,").replace(b",x,", b",b a,")
    lab.project.files.outside[Path("/elsewhere.csv")] = flipped
    worse = judge.run(lab.ports.base, "new", Path("/elsewhere.csv"))
    assert exit_code(worse.verdicts) is ExitCode.FINDING
    assert worse.summary == "B is worse"


def test_a_question_that_was_changed_after_counting_makes_it_invalid() -> None:
    lab = better()
    lab.edit("metric:", "alpha: 0.1\n    metric:")
    report = judge.run(lab.ports.base, "new")
    assert exit_code(report.verdicts) is ExitCode.INCONCLUSIVE
    assert "the experiment is invalid: plan" in report.summary


def test_a_run_that_has_not_come_to_its_end_is_not_judged() -> None:
    lab = better()
    lines = lab.counts().splitlines(keepends=True)
    kept = [line for line in lines if line[:3].strip(b",").isdigit() is False or int(line.split(b",")[0]) <= 12]
    lab.project.tree.files["series/abtests/new/counts.csv"] = b"".join(kept)
    report = judge.run(lab.ports.base, "new")
    assert exit_code(report.verdicts) is ExitCode.INCONCLUSIVE
    assert "12 of 20 blocks are counted" in report.summary


def test_nothing_that_was_counted_is_inconclusive() -> None:
    with pytest.raises(InconclusiveError, match="nothing was counted of `new` yet"):
        judge.run(Laboratory().ports.base, "new")


def test_counts_of_two_circuits_do_not_add_up() -> None:
    lab = better()
    digest = counts_csv.read(lab.counts(), "c").blocks[0].of("a")[0].tally.digest.encode()
    lines = lab.counts().splitlines(keepends=True)
    changed = [line.replace(digest, b"another") if line.startswith(b"20,") else line for line in lines]
    lab.project.tree.files["series/abtests/new/counts.csv"] = b"".join(changed)
    with pytest.raises(InputError, match="another circuit"):
        judge.run(lab.ports.base, "new")


@pytest.mark.parametrize("form", sorted(RENDERERS))
def test_every_renderer_takes_the_report(form: str) -> None:
    text = built_in(form).render(judge.run(better().ports.base, "new"), Surface())
    assert "b" in text
    if form == "json":
        assert json.loads(text)["data"]["effects"][0]["outcome"] == "pass"


GOLDEN = Path(__file__).with_name("golden")


def test_the_report_reads_as_it_did() -> None:
    text = built_in("terminal").render(judge.run(better().ports.base, "new"), Surface(width=110))
    assert text == (GOLDEN / "judge.terminal").read_text(encoding="utf-8")


def test_of_blocks_that_drift_independently_one_in_twenty_is_rejected() -> None:
    chance, wrong, trials = random.Random(11), 0, 300
    for seed in range(trials):
        rates = [[0.5 + chance.gauss(0, 0.02) for _ in range(12)] for _ in range(2)]
        draws = np.random.default_rng(seed)
        hits = [[int(draws.binomial(4000, rate)) for rate in side] for side in rates]
        data = blocks({"a": hits[0], "b": hits[1]}, 4000, seed)
        wrong += outcomes(judged(entry(), data)) != [Outcome.INCONCLUSIVE]
    assert 3 <= wrong <= 28  # of 300 at 5 %: outside once in 1500 times


def test_observables_are_judged_from_their_bases() -> None:
    lab = Laboratory(DECLARED.replace('{pass: ["000", "111"]}', "{observable: {ZZI: 1, IZZ: 0.5, XXX: 0.2}}"))
    lab.run()
    report = judge.run(lab.ports.base, "new")
    assert report.data["shots"] == 80_000


def test_patterns_stand_for_outcomes() -> None:
    lab = Laboratory(DECLARED.replace('["000", "111"]', '["0*0"]'))
    lab.run()
    assert judge.run(lab.ports.base, "new").data["effects"][0]["effect"] == 0.0
    assert Pass(("0*0",)).widths == {3}
