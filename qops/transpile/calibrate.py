"""What the gate can see in one project: how often it would raise a false alarm, and how often it would find a change.

Outcomes that were recorded are drawn anew as a baseline and as a later run, and judged by the gate itself. Nothing
changed between the two, unless a change is put in; so the share of alarms is the rate of false ones, or the power. The
noise is the project's own, with whatever the seeds have in common; only how the noise of another compiler differs from
it is not known.
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from qops.errors import InconclusiveError
from qops.model.gate import Rules
from qops.model.matrix import Matrix
from qops.model.report import Report, Table
from qops.model.verdict import Outcome, Verdict
from qops.model.wording import counted
from qops.recorded import repository
from qops.stats import binomial
from qops.transpile.pairing import Key, key
from qops.transpile.ports import MatrixPorts
from qops.transpile.regression import Question, Values, answers, ask, values
from qops.transpile.run import Asked, planned

GOOD = 10
"""So many recorded seeds say something about noise; fewer only roughly."""


class Effect(NamedTuple):
    """A change that is put in: the share by which the two-qubit count grows, in every row or in one."""

    share: float
    everywhere: bool = True

    def __str__(self) -> str:
        """The change in words."""
        if not self.share:
            return "no change"
        return f"{'all rows' if self.everywhere else 'one row'} +{100 * self.share:g} %"


EFFECTS = (*map(Effect, (0.0, 0.01, 0.02, 0.05)), Effect(0.1, everywhere=False), Effect(0.2, everywhere=False))

Recorded = Mapping[Key, Mapping[str, Values]]
"""Metrics on the gate's scale by seed, by row and metric."""


def calibrate(ports: MatrixPorts, seeds: int | None, trials: int, seed: int) -> Report:
    """What the gate can see with the seeds of the manifest, from so many seeds on record."""
    manifest, entry = repository.with_matrix(ports.base.tree)
    shop, plan = planned(ports, manifest, entry, Asked(seeds=seeds or 2 * len(entry.seeds)))
    matrix = plan.matrix(shop.outcomes(plan))
    return run(matrix, entry.rules, seeds=len(entry.seeds), trials=trials, seed=seed)


def run(matrix: Matrix, rules: Rules, *, seeds: int, trials: int = 1000, seed: int = 0) -> Report:
    """Rates of this configuration from the outcomes in `matrix`.

    Args:
        matrix: what is on record; the more seeds the better.
        rules: the gate's.
        seeds: how many a side of the gate has.
        trials: how often to draw.
        seed: of the draws.

    Raises:
        InconclusiveError: too few seeds are on record to say anything.
    """
    recorded = of_matrix(matrix, rules)
    known = min((len(by_seed) for metrics in recorded.values() for by_seed in metrics.values()), default=0)
    if known < rules.fewest_seeds or seeds < rules.fewest_seeds:
        cause = f"{counted(min(known, seeds), 'seed')} cannot tell how seeds differ: {rules.fewest_seeds} are the least"
        hint = f"`qops transpile-matrix --seeds {2 * max(seeds, rules.fewest_seeds)}` records enough"
        raise InconclusiveError(cause, hint=hint)
    found = rates(recorded, rules, seeds, trials, random.Random(seed))  # noqa: S311 - draws to be repeated, no secrets
    facts = (("rows", len(recorded)), ("seeds on record", known), ("seeds a side", seeds), ("trials", trials))
    return Report(
        command="transpile calibrate",
        title="What the gate can see",
        facts=(*facts, ("seed of the draws", seed), ("trust", _trust(known, seeds))),
        tables=(_table(found, trials),),
        verdicts=(_verdict(found[Effect(0.0)], trials, rules, enough=known >= min(GOOD, 2 * seeds)),),
        summary=_summary(found, trials),
        data={"rates": {str(effect): hits / trials for effect, hits in found.items()}, "trials": trials, "seed": seed},
    )


def of_matrix(matrix: Matrix, rules: Rules) -> Recorded:
    """The metrics that the rules name, of every row where they are known."""
    found = {key(row): {metric: values(metric, row) for metric in rules.limits} for row in matrix.rows}
    known = {row: {name: by_seed for name, by_seed in metrics.items() if by_seed} for row, metrics in found.items()}
    return {row: metrics for row, metrics in sorted(known.items()) if metrics}


def rates(recorded: Recorded, rules: Rules, seeds: int, trials: int, chance: random.Random) -> dict[Effect, int]:
    """In how many trials the gate failed, by the change that was put in; the draws are the same for all."""
    hits = dict.fromkeys(EFFECTS, 0)
    for _ in range(trials):
        questions = list(draw(recorded, seeds, chance))
        one = chance.choice(sorted(recorded))
        for effect in EFFECTS:
            changed = [_with(question, effect, one) for question in questions]
            hits[effect] += any(answer.worse for answer in answers(changed, 0, rules))
    return hits


def draw(recorded: Recorded, seeds: int, chance: random.Random) -> Iterator[Question]:
    """Two disjoint draws of seeds, the same for all rows; with repeats where there are too few.

    Without repeats the difference of the two has the very variance of two new samples [1]_.

    References:
        [1] W. G. Cochran, Sampling Techniques (1977), theorems 2.2 and 2.4.
    """
    known = sorted(set.intersection(*(set(by_seed) for metrics in recorded.values() for by_seed in metrics.values())))
    enough = len(known) >= 2 * seeds
    drawn = chance.sample(known, 2 * seeds) if enough else chance.choices(known, k=2 * seeds)
    for row, metrics in recorded.items():
        for metric, by_seed in metrics.items():
            old, new = ({place: by_seed[at] for place, at in enumerate(part)} for part in _halves(drawn))
            yield ask(row, metric, old, new)


def _halves(drawn: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    return drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]


def _with(question: Question, effect: Effect, one: Key) -> Question:
    """The question with the two-qubit count grown by so much afterwards."""
    if question.metric != "two_qubit" or not (effect.everywhere or question.row == one) or question.series is None:
        return question
    grown = math.log1p(effect.share)
    series = question.series._replace(new={place: value + grown for place, value in question.series.new.items()})
    return question._replace(new=question.new._replace(mean=question.new.mean + grown), series=series)


def _trust(known: int, seeds: int) -> str:
    if known < GOOD:
        return f"rough: fewer than {GOOD} seeds are on record"
    if known < 2 * seeds:
        return f"fair: fewer than {2 * seeds} seeds are on record, so seeds are drawn with repeats"
    return "good: no seed is drawn twice in a trial"


def _table(found: Mapping[Effect, int], trials: int) -> Table:
    rows = tuple((str(effect), _percent(hits / trials), _interval(hits, trials)) for effect, hits in found.items())
    return Table("How often the gate fails", ("two-qubit count", "rate", "95 % interval"), rows, ("rate",))


def _interval(hits: int, trials: int) -> str:
    low, high = binomial.interval(hits, trials)
    return f"{_percent(low)} to {_percent(high)}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _verdict(hits: int, trials: int, rules: Rules, *, enough: bool) -> Verdict:
    """Whether what was promised was kept: in these trials, on outcomes that are enough to judge by.

    More alarms than promised are a failure only where they cannot be the luck of the draws; so many as promised, or
    fewer, are a pass only where the interval reaches no further than twice the promise.
    """
    low, high = binomial.interval(hits, trials)
    because = f"{hits:,} of {counted(trials, 'trial')} without a change: {_interval(hits, trials)}"
    if low > rules.alarms:
        outcome, hint = Outcome.FAIL, "ask for more seeds, or for fewer alarms in `gate`"
    elif hits > rules.alarms * trials or high > 2 * rules.alarms or not enough:
        outcome, hint = Outcome.INCONCLUSIVE, "record more seeds, or ask for more trials"
    else:
        outcome, hint = Outcome.PASS, ""
    return Verdict("false alarms", outcome, because, statistic=hits / trials, threshold=rules.alarms, hint=hint)


def _summary(found: Mapping[Effect, int], trials: int) -> str:
    told = (f"{effect}: {_percent(hits / trials)}" for effect, hits in found.items() if effect in EFFECTS[:3])
    return f"The gate fails at {', '.join(told)}"
