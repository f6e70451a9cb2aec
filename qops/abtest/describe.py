"""An A/B test as a report: what was found, how surely, what it cost, and whether the experiment was sound."""

import math
from collections.abc import Iterator

import msgspec

from qops.abtest import needed
from qops.abtest.checks import Checked
from qops.abtest.decide import Decision
from qops.abtest.pairs import PRIMARY
from qops.abtest.prior import Prior, between_jobs
from qops.abtest.wording import GOAL_WORDS, found, metric_words, number
from qops.formats.manifest_abtests_rules import FEW_BLOCKS
from qops.formats.protocol_json import Protocol
from qops.model.abtest import AbTestEntry
from qops.model.counts import Block
from qops.model.manifest import BackendEntry
from qops.model.report import Cell, Report, Table
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted

Facts = Iterator[tuple[str, Cell]]


class Told(msgspec.Struct, frozen=True):
    """All that a report is made of; see `qops.abtest.judge.Judged`. `torn` says that a block was cut off and left out.

    `known` is what was measured of A: its value, and how much its jobs differ.
    """

    entry: AbTestEntry
    backend: BackendEntry
    protocol: Protocol | None
    blocks: tuple[Block, ...]
    decisions: tuple[Decision, ...]
    checks: tuple[Checked, ...]
    method: str
    corrections: tuple[str, ...]
    known: Prior
    dropped: tuple[int, ...] = ()
    short: str = ""
    torn: bool = False

    @property
    def invalid(self) -> str:
        """Why nothing may be concluded, empty where something may."""
        failed = [each.name for each in self.checks if each.passed is False]
        return f"the experiment is invalid: {', '.join(failed)}" if failed else self.short


def describe(told: Told) -> Report:
    """The report."""
    entry = told.entry
    return Report(
        command="abtest judge",
        title=f"{entry.name}: {', '.join(map(str, entry.variants.values()))} against {entry.a}",
        facts=(*_design(told), *_noise(told), *_cost(told)),
        tables=(_effects(told), _guards(told)),
        verdicts=(*_verdicts(told), *_soundness(told)),
        summary=_summary(told),
        data=_data(told),
    )


def _design(told: Told) -> Facts:
    entry = told.entry
    yield "metric", metric_words(entry.metric)
    yield "goal", GOAL_WORDS[entry.goal](entry.margin)
    yield "α", entry.alpha
    yield "backend", f"{entry.backend}, {told.backend.kind}"
    calibrations = sorted({name for block in told.blocks for name in block.calibrations if name})
    if calibrations:
        more = f" and {len(calibrations) - 1} more" if len(calibrations) > 1 else ""
        yield "calibration", calibrations[0][:12] + more
    few = ", which are few: the test is valid, and finds little" if len(told.blocks) < FEW_BLOCKS else ""
    yield "blocks", f"{len(told.blocks)}{few}"
    if told.dropped:
        yield "dropped", f"{counted(len(told.dropped), 'block')} in which the calibration changed"
    if told.torn:
        yield "cut off", "a last block that is not whole is left out"
    yield "test", told.method
    if told.corrections != ("none",):
        yield "correction", f"{', '.join(told.corrections)}, in families by `{entry.family}`"
    if told.protocol:
        yield "seed", told.protocol.seed


def _noise(told: Told) -> Facts:
    values = told.decisions[0].pair.first
    sigma, shots = between_jobs(values), math.fsum(each.variance for each in values) / len(values)
    yield "σ of jobs", f"{sigma:.4g}"
    if shots > 0:
        yield "design effect", f"{1 + sigma**2 / shots:.3g}"
    pair = told.decisions[0].pair
    if pair.jobs_differ:
        useful = told.known.spread / pair.within_blocks**2
        wasted = ", fewer than were taken: more blocks are worth more" if useful < told.entry.shots else ""
        yield "useful shots a job", f"{useful:,.0f}{wasted}"


def _cost(told: Told) -> Facts:
    jobs = [job for block in told.blocks for job in block.jobs]
    shots = sum(job.tally.shots for job in jobs)
    yield "cost", f"{shots:,} shots in {counted(len(jobs), 'job')}"
    if told.entry.price.shot:
        yield "price of shots", round(shots * told.entry.price.shot, 6)


def _effects(told: Told) -> Table:
    columns = ("variant", "metric", "A", "B", "B - A", "from", "to", "p", "p by t", "finds", "found")
    rows = tuple(_row(told, decision) for decision in told.decisions)
    level = f"{told.decisions[0].level:.4g}"
    return Table(f"B - A, intervals of confidence {level}", columns, rows, columns[2:10])


def _row(told: Told, decision: Decision) -> tuple[Cell, ...]:
    pair = decision.pair
    first, second = (math.fsum(each.mean for each in side) / len(side) for side in (pair.first, pair.second))
    outcome = Outcome.INCONCLUSIVE if told.invalid else decision.outcome
    return (
        pair.variant,
        pair.metric,
        f"{first:.5g}",
        f"{second:.5g}",
        number(pair.effect),
        number(decision.low),
        number(decision.high),
        f"{decision.p_value:.3g}",
        None if decision.student is None else f"{decision.student:.3g}",
        f"{needed.least(told.entry, pair):.3g}",
        found(pair.goal, outcome),
    )


def _guards(told: Told) -> Table:
    words = {True: "sound", False: "fails", None: "not examined"}
    rows = tuple(
        (each.name, words[each.passed], None if each.p_value is None else f"{each.p_value:.3g}", each.because)
        for each in told.checks
    )
    return Table("Whether it is sound", ("guard", "", "p", "because"), rows, ("p",))


def _verdicts(told: Told) -> Iterator[Verdict]:
    for decision in told.decisions:
        outcome = Outcome.INCONCLUSIVE if told.invalid else decision.outcome
        yield Verdict(
            name=decision.pair.name,
            outcome=outcome,
            because=told.invalid or _because(decision),
            statistic=decision.p_fail if outcome is Outcome.FAIL else decision.p_pass,
            threshold=told.entry.alpha,
            evidence={"effect": decision.pair.effect, "from": _finite(decision.low), "to": _finite(decision.high)},
            hint="" if told.invalid else _hint(told, decision),
        )


def _because(decision: Decision) -> str:
    pair = decision.pair
    if pair.constant:
        return f"every block gave the very same difference, {number(pair.effect)}: there is no noise to judge it by"
    seen = f"B - A = {number(pair.effect)}, from {number(decision.low)} to {number(decision.high)}"
    word = found(pair.goal, decision.outcome)
    if decision.outcome is Outcome.INCONCLUSIVE:
        return f"{seen}: neither is shown that {GOAL_WORDS[pair.goal](pair.margin)}, nor the contrary"
    p = decision.p_pass if decision.outcome is Outcome.PASS else decision.p_fail
    return f"{seen}: {word}, p = {p:.3g}"


def _hint(told: Told, decision: Decision) -> str:
    if decision.outcome is not Outcome.INCONCLUSIVE:
        return ""
    if decision.pair.constant:
        return "more shots a job, or a metric that is not always the same"
    wanted = needed.blocks(told.entry, decision)
    if wanted is None:
        return "what was seen is not on the side of the goal: no number of shots will show it, if it is so"
    arms = len(told.entry.arms)
    more = max(0, wanted - len(told.blocks)) * told.entry.shots * arms
    return f"if the difference is as seen, {wanted:,} blocks show it: {more:,} shots more" if more else ""


def _soundness(told: Told) -> Iterator[Verdict]:
    for each in told.checks:
        if each.passed is False:
            hint = (
                "`qops abtest run --restart` begins anew, and keeps these counts aside" if each.name == "plan" else ""
            )
            yield Verdict(each.name, Outcome.INCONCLUSIVE, each.because, statistic=each.p_value, hint=hint)


def _summary(told: Told) -> str:
    if told.invalid:
        return told.invalid
    if len(told.decisions) == 1:
        return f"B is {found(told.decisions[0].pair.goal, told.decisions[0].outcome)}"
    words = (f"{each.pair.name}: {found(each.pair.goal, each.outcome)}" for each in told.decisions)
    return "; ".join(words)


def _data(told: Told) -> dict[str, object]:
    entry = told.entry
    return {
        "name": entry.name,
        "goal": entry.goal,
        "margin": entry.margin,
        "alpha": entry.alpha,
        "blocks": len(told.blocks),
        "dropped": list(told.dropped),
        "shots": sum(job.tally.shots for block in told.blocks for job in block.jobs),
        "jobs": sum(len(block.jobs) for block in told.blocks),
        "backend": entry.backend,
        "calibrations": sorted({name for block in told.blocks for name in block.calibrations}),
        "method": told.method,
        "family": entry.family,
        "correction": list(told.corrections),
        "seed": told.protocol.seed if told.protocol else None,
        "peek": told.protocol.peek if told.protocol else False,
        "valid": not told.invalid,
        "guards": {each.name: {"passed": each.passed, "p": each.p_value} for each in told.checks},
        "effects": [_effect(told, decision) for decision in told.decisions],
    }


def _effect(told: Told, decision: Decision) -> dict[str, object]:
    pair = decision.pair
    return {
        "variant": pair.variant,
        "metric": pair.metric,
        "primary": pair.metric == PRIMARY,
        "goal": pair.goal,
        "margin": pair.margin,
        "effect": pair.effect,
        "interval": [_finite(decision.low), _finite(decision.high)],
        "confidence": decision.level,
        "p": decision.p_value,
        "p_student": decision.student,
        "p_pass": decision.p_pass,
        "p_fail": decision.p_fail,
        "detectable": needed.least(told.entry, pair),
        "blocks_needed": needed.blocks(told.entry, decision),
        "sigma_within": pair.within_blocks,
        "outcome": (Outcome.INCONCLUSIVE if told.invalid else decision.outcome).value,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
