"""Which differences between two matrices are more than the noise of seeds. Imported only where something changed.

Two tests, each with the false alarm rate of the rules, and each with a size that has to be exceeded besides:

- every row by itself: Welch's test on the gate's scale, and over all rows and metrics the rule of Benjamini and
  Hochberg [1]_, so that the probability of naming any row is small however many there are, if none changed;
- all rows together: the mean difference of one metric, tested with the noise of all rows [2]_, at the rate over the
  number of metrics. It finds what is small in every row.

Seeds are a sample and not a pairing: what one seed gives in one version of a compiler says nothing about another. It is
assumed that seeds are independent, and that means over seeds are near to normal on the gate's scale.

References:
    [1] see `qops.stats.discoveries`.
    [2] see `qops.stats.pooled`.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qops.model.gate import Limit, Rules, Sample
from qops.model.matrix import Metrics
from qops.stats import discoveries, pooled, welch
from qops.stats.welch import Difference, Summary
from qops.transpile.metrics import METRICS

RESOLUTION = 1e-3
"""Two logarithms of success that are nearer than this are the same for the gate."""

Key = tuple[str, str, int]
"""A row: circuit, backend, level."""


class Question(NamedTuple):
    """One metric of one row, before and after.

    `together` says whether it takes part in the test of all rows together, `best` that `old` is the best that was seen.
    """

    row: Key
    metric: str
    old: Summary
    new: Summary
    together: bool = True
    best: bool = False


class Answer(NamedTuple):
    """What a test found; `question` is None where it was asked of all rows together.

    `chance` is the false alarm rate at which this would just be a finding, `limit` the size that it has to exceed.
    """

    metric: str
    question: Question | None
    difference: Difference
    chance: float
    limit: float
    worse: bool


def sample(metric: str, values: Iterable[Metrics]) -> Summary | None:
    """A metric over the seeds of a row, on the gate's scale; None where it is not known of every seed.

    What does not vary is known up to its resolution: a count to a half on either side, with the variance of a uniform
    distribution; so a row whose seeds all give the same is compared as closely as its numbers allow.
    """
    judged = [METRICS[metric].judged(each) for each in values]
    known = [value for value in judged if value is not None]
    if not known or len(known) < len(judged):
        return None
    found = welch.summary(known)
    step = math.exp(-found.mean) if METRICS[metric].counted else RESOLUTION
    return found._replace(variance=max(found.variance, step**2 / 12))


def answers(questions: Sequence[Question], groups: int, rules: Rules) -> tuple[Answer, ...]:
    """All rows together, one answer a metric, then every row by itself; `groups` is the number of rows together."""
    return (*_together(questions, groups, rules), *_each(questions, rules))


def as_sample(found: Summary) -> Sample:
    """The summary as it is kept in a file."""
    return Sample(found.number, found.mean, found.variance)


def _together(questions: Sequence[Question], groups: int, rules: Rules) -> Iterable[Answer]:
    for metric, limit in rules.limits.items():
        asked = [question for question in questions if question.metric == metric and question.together]
        difference = pooled.compare([(question.old, question.new) for question in asked], groups)
        if difference is not None:
            chance = min(1.0, difference.p_value * len(rules.limits))
            yield _answer(metric, None, difference, chance, limit.overall, rules.alarms)


def _each(questions: Sequence[Question], rules: Rules) -> Iterable[Answer]:
    compared = [(question, welch.compare(question.old, question.new)) for question in questions]
    found = [(question, difference) for question, difference in compared if difference is not None]
    chances = discoveries.adjusted([difference.p_value for _, difference in found])
    for (question, difference), chance in zip(found, chances, strict=True):
        limit = rules.limits.get(question.metric, Limit()).row
        yield _answer(question.metric, question, difference, chance, limit, rules.alarms)


def _answer(
    metric: str, question: Question | None, difference: Difference, chance: float, limit: float, alarms: float
) -> Answer:
    worse = chance <= alarms and difference.size >= math.log1p(limit)
    return Answer(metric, question, difference, chance, limit, worse)
