"""Which differences between two matrices are more than the noise of seeds. Imported only where something changed.

Two tests, each with half of the false alarm rate of the rules, and each with a size that has to be exceeded besides:

- every row by itself: Welch's test on the gate's scale, and over all rows and metrics the rule of Benjamini and
  Hochberg [1]_, so that the probability of naming any row is small however many there are, if none changed;
- all rows together: the weighted mean difference of one metric, tested with the noise of all rows [2]_, at its half of
  the rate over the number of metrics. It finds what is small in every row.

By the union bound the whole gate raises a false alarm no more often than the rules allow. Seeds are a sample and not a
pairing: what one seed gives in one version of a compiler says nothing about another. It is assumed that seeds are
independent, that circuits and backends share no luck (the levels of one circuit do, and are treated so), and that means
over seeds are near to normal on the gate's scale.

References:
    [1] see `qops.stats.discoveries`.
    [2] see `qops.stats.pooled`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from qops.model.gate import Limit, Rules
from qops.model.matrix import Compiled, Row
from qops.stats import discoveries, pooled, welch
from qops.stats.pooled import Series
from qops.stats.welch import Difference, Summary
from qops.transpile.metrics import METRICS
from qops.transpile.pairing import Key

RESOLUTION = 1e-3
"""Two logarithms of success that are nearer than this are the same for the gate."""

Values = Mapping[int, float]
"""A metric on the gate's scale, by seed."""


class Question(NamedTuple):
    """One metric of one row, before and after.

    `series` is its part in the test of all rows together, None where it has none; `best` says that `old` is the best
    that was seen, and not the baseline.
    """

    row: Key
    metric: str
    old: Summary
    new: Summary
    series: Series | None = None
    best: bool = False


class Answer(NamedTuple):
    """What a test found; `question` is None where it was asked of all rows together.

    `chance` is the false alarm rate of the gate at which this would just be a finding, `limit` the size that it has to
    exceed.
    """

    metric: str
    question: Question | None
    difference: Difference
    chance: float
    limit: float
    worse: bool


def values(metric: str, row: Row) -> Values:
    """A metric of a row by seed, on the gate's scale; empty where it is not known of every seed that was compiled."""
    cells = {seed: outcome for seed, outcome in row.outcomes.items() if isinstance(outcome, Compiled)}
    judged = {seed: METRICS[metric].judged(cell.metrics) for seed, cell in sorted(cells.items())}
    known = {seed: value for seed, value in judged.items() if value is not None}
    return known if len(known) == len(cells) else {}


def ask(row: Key, metric: str, old: Values, new: Values, *, together: bool = True) -> Question:
    """The question whether a row became worse in a metric; neither side may be empty."""
    before, now = sample(metric, old), sample(metric, new)
    circuit, backend, _ = row
    least = (_least(metric, before.mean) + _least(metric, now.mean)) / 2
    series = Series(f"{circuit} {backend}", old, new, least) if together else None
    return Question(row, metric, before, now, series)


def sample(metric: str, found: Values) -> Summary:
    """A metric over the seeds of a row.

    What does not vary is known up to its resolution: a count to a half on either side, with the variance of a uniform
    distribution; so a row whose seeds all give the same is compared as closely as its numbers allow.
    """
    plain = welch.summary(list(found.values()))
    return plain._replace(variance=max(plain.variance, _least(metric, plain.mean)))


def _least(metric: str, mean: float) -> float:
    return (math.exp(-mean) if METRICS[metric].counted else RESOLUTION) ** 2 / 12


def answers(questions: Sequence[Question], unchanged: int, rules: Rules) -> tuple[Answer, ...]:
    """All rows together, one answer a metric, then every row by itself; so many rows besides did not change at all."""
    return (*_together(questions, unchanged, rules), *_each(questions, rules))


def _together(questions: Sequence[Question], unchanged: int, rules: Rules) -> Iterable[Answer]:
    for metric, limit in rules.limits.items():
        series = [question.series for question in questions if question.metric == metric and question.series]
        difference = pooled.compare(series, len(series) + unchanged)
        if difference is not None:
            chance = min(1.0, 2 * len(rules.limits) * difference.p_value)
            yield _answer(metric, None, difference, chance, limit.overall, rules.alarms)


def _each(questions: Sequence[Question], rules: Rules) -> Iterable[Answer]:
    compared = [(question, welch.compare(question.old, question.new)) for question in questions]
    found = [(question, difference) for question, difference in compared if difference is not None]
    chances = discoveries.adjusted([difference.p_value for _, difference in found])
    for (question, difference), chance in zip(found, chances, strict=True):
        limit = rules.limits.get(question.metric, Limit()).row
        yield _answer(question.metric, question, difference, min(1.0, 2 * chance), limit, rules.alarms)


def _answer(
    metric: str, question: Question | None, difference: Difference, chance: float, limit: float, alarms: float
) -> Answer:
    worse = chance <= alarms and difference.size >= math.log1p(limit)
    return Answer(metric, question, difference, chance, limit, worse)
