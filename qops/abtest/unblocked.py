"""Counts without blocks: on a device they say nothing, unless it is known how much its jobs differ."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qops.abtest import intervals
from qops.abtest.prior import ENOUGH_JOBS, Prior, prior
from qops.abtest.values import score
from qops.abtest.wording import GOAL_WORDS, number
from qops.errors import InconclusiveError, InputError
from qops.model.abtest import SIMULATED, AbTestEntry, Pass
from qops.model.counts import Block, Counts
from qops.model.report import Cell, Report
from qops.model.report import Table as ReportTable
from qops.model.verdict import Outcome, Verdict
from qops.stats.proportions import TESTS, interval, jobs
from qops.stats.proportions.table import Table

MOST_EXACT = 2000
"""Up to so many shots an arm Barnard's test is used, above it z, which is then the same."""


class Answer(NamedTuple):
    """A difference with its interval and a two-sided p-value, and how they were found."""

    low: float
    high: float
    p_value: float
    method: str


def run(
    entry: AbTestEntry, kind: str, totals: Mapping[str, Counts], past: Sequence[Block], place: str, test: str = ""
) -> Report:
    """Judge totals by arm; `test` is a key of `TESTS`, empty for the one that suits the number of shots.

    Raises:
        InputError: an arm is missing, or outcomes do not fit the metric.
        InconclusiveError: the metric is no share of passes.
    """
    if not isinstance(entry.metric, Pass):
        cause = "counts without blocks are judged by shares of passes alone"
        raise InconclusiveError(cause, hint=f"`qops abtest run {entry.name}` counts in blocks")
    tables = {variant: _table(entry, entry.metric, totals, variant, place) for variant in entry.variants}
    known = prior(entry, kind, past)
    answers = {variant: _answer(entry, kind, table, known, test) for variant, table in tables.items()}
    verdicts = tuple(_verdict(entry, kind, name, tables[name], answer) for name, answer in answers.items())
    rows = tuple(_row(name, tables[name], answer) for name, answer in answers.items())
    columns = ("variant", "A", "B", "B - A", "from", "to", "p")
    return Report(
        command="abtest judge",
        title=f"{entry.name}: counts without blocks",
        facts=(
            ("backend", entry.backend),
            ("goal", GOAL_WORDS[entry.goal](entry.margin)),
            ("counts", place),
            ("σ of jobs", f"{known.sigma:.4g}, {known.sigma_from}"),
        ),
        tables=(ReportTable("", columns, rows, columns[1:]),),
        verdicts=verdicts,
        summary=verdicts[0].because if len(verdicts) == 1 else "",
        data={
            "name": entry.name,
            "blocks": 0,
            "variants": {
                name: {"difference": tables[name].difference, **(answer._asdict() if answer else {})}
                for name, answer in answers.items()
            },
        },
    )


def _row(name: str, table: Table, answer: Answer | None) -> tuple[Cell, ...]:
    rates = (f"{table.rates[0]:.5g}", f"{table.rates[1]:.5g}", number(table.difference))
    if answer is None:
        return (name, *rates, None, None, None)
    return (name, *rates, number(answer.low), number(answer.high), f"{answer.p_value:.3g}")


def _table(entry: AbTestEntry, metric: Pass, totals: Mapping[str, Counts], variant: str, place: str) -> Table:
    found = []
    scored, widths = score(metric), metric.widths
    for arm in ("a", variant):
        if arm not in totals:
            raise InputError(f"{place} has no counts of `{arm}`", where=entry.where, hint="the arms are a and b")
        times = totals[arm]
        if {len(outcome) for outcome in times} != widths:
            cause = f"{place}: outcomes of `{arm}` are not as wide as the metric's patterns"
            raise InputError(cause, where=entry.where, hint="one character a bit, in patterns and in outcomes")
        shots = sum(times.values())
        if not shots:
            raise InputError(f"{place} has no shots of `{arm}`", where=entry.where, hint="counts are above 0")
        found += [sum(count for outcome, count in times.items() if scored(outcome)), shots]
    return Table(*found)


def _answer(entry: AbTestEntry, kind: str, table: Table, known: Prior, test: str) -> Answer | None:
    """None on a device whose jobs are not known to differ by so and so much."""
    confidence = 1 - _alpha(entry) * (1 if entry.goal == "different" else 2)
    if kind in SIMULATED:
        exact = max(table.first_trials, table.second_trials) <= MOST_EXACT
        name = test or ("barnard" if exact else "z")
        return Answer(
            *interval.newcombe(table, confidence), TESTS[name](table), name if name == "z" else name.capitalize()
        )
    found = jobs.compare(table, known.sigma, known.jobs)
    if found is None:
        return None
    return Answer(*found.interval(confidence), found.p_value, f"t, σ from {known.jobs} jobs")


def _alpha(entry: AbTestEntry) -> float:
    """Bonferroni's share of the level."""
    return entry.alpha / len(entry.variants)


def _verdict(entry: AbTestEntry, kind: str, name: str, table: Table, answer: Answer | None) -> Verdict:
    if answer is None:
        because = (
            f"counts without blocks decide nothing on a `{kind}` backend: jobs differ there by more than shots, and "
            f"fewer than {ENOUGH_JOBS} jobs of A are on record to say by how much"
        )
        return Verdict(name, Outcome.INCONCLUSIVE, because, hint=f"`qops abtest run {entry.name}` counts in blocks")
    outcome = _outcome(entry, table, answer)
    because = (
        f"B - A = {number(table.difference)}, from {number(answer.low)} to {number(answer.high)} "
        f"({answer.method}, p = {answer.p_value:.3g})"
    )
    return Verdict(name, outcome, because, statistic=answer.p_value, threshold=_alpha(entry))


def _outcome(entry: AbTestEntry, table: Table, answer: Answer) -> Outcome:
    if entry.goal == "different":
        if answer.p_value > _alpha(entry):
            return Outcome.INCONCLUSIVE
        return Outcome.PASS if table.difference > 0 else Outcome.FAIL
    return intervals.outcome(entry.goal, entry.margin, answer.low, answer.high)
