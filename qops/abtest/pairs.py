"""From blocks to pairs: what a variant and A gave in the same blocks, by one metric."""

import math
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from qops.abtest.values import Value, meter
from qops.errors import InputError
from qops.model.abtest import AbTestEntry, Metric
from qops.model.counts import Block, Tally
from qops.stats import chi_square
from qops.stats.welch import summary

PRIMARY = "metric"
"""What the entry's own metric is called beside its guardrails."""


class Pair(msgspec.Struct, frozen=True):
    """One variant beside A by one metric: a value of each in every block, and whether A came first.

    The goal is that of B, with its margin.
    """

    variant: str
    metric: str
    goal: str
    margin: float
    first: tuple[Value, ...]
    second: tuple[Value, ...]
    a_first: tuple[bool, ...]

    @property
    def name(self) -> str:
        """How verdicts call it."""
        return self.variant if self.metric == PRIMARY else f"{self.variant} {self.metric}"

    @property
    def differences(self) -> list[float]:
        """B - A, block by block."""
        return [b.mean - a.mean for a, b in zip(self.first, self.second, strict=True)]

    @property
    def effect(self) -> float:
        """The mean difference."""
        return math.fsum(self.differences) / len(self.first)

    @property
    def deviation(self) -> float:
        """The standard deviation of a block's difference; 0 where there is only one."""
        return math.sqrt(summary(self.differences).variance) if len(self.first) > 1 else 0.0

    @property
    def of_shots(self) -> float:
        """The variance that a block's difference has from shots alone."""
        both = zip(self.first, self.second, strict=True)
        return math.fsum(a.variance + b.variance for a, b in both) / len(self.first)

    @property
    def within_blocks(self) -> float:
        """The standard deviation between jobs that pairing does not remove: what differences vary by beyond shots."""
        return math.sqrt(max(0.0, self.deviation**2 - self.of_shots) / 2)

    @property
    def jobs_differ(self) -> bool:
        """Whether differences vary by more than shots let them one time in twenty."""
        freedom = len(self.first) - 1
        shots = self.of_shots
        return bool(shots > 0 and chi_square.tail(freedom * self.deviation**2 / shots, freedom) < 0.05)

    @property
    def constant(self) -> bool:
        """Whether every block gave the very same difference."""
        found = self.differences
        return max(found) - min(found) <= 1e-15 * max(1.0, *map(abs, found))


def pairs(entry: AbTestEntry, blocks: Sequence[Block]) -> tuple[Pair, ...]:
    """Every variant by every metric, the entry's own metric first; at least one block."""
    metrics = [(PRIMARY, entry.metric, entry.goal, entry.margin)]
    metrics += [(each.name, each.metric, "non-inferior", each.margin) for each in entry.guardrails]
    return tuple(pair for each in metrics for pair in _of_metric(entry, blocks, *each))


def _of_metric(
    entry: AbTestEntry, blocks: Sequence[Block], name: str, metric: Metric, goal: str, margin: float
) -> Iterator[Pair]:
    read = meter(metric)
    jobs = [block.by_arm() for block in blocks]
    values = {arm: tuple([read(each[arm]) for each in jobs]) for arm in entry.arms}
    for variant in entry.variants:
        before = tuple([block.order.index("a") < block.order.index(variant) for block in blocks])
        yield Pair(variant, name, goal, margin, values["a"], values[variant], before)


def must_fit(entry: AbTestEntry, blocks: Sequence[Block], place: str) -> None:
    """Do nothing where these blocks are of this experiment.

    Raises:
        InputError: an arm is missing, its circuit changed on the way, or its outcomes do not fit the metric.
    """
    for block in blocks:
        if set(block.order) != set(entry.arms):
            cause = f"{place}: block {block.number} has the arms {', '.join(sorted(block.order))}, the manifest "
            hint = "these counts are of another experiment; begin anew with `--restart`"
            raise InputError(cause + ", ".join(sorted(entry.arms)), where=entry.where, hint=hint)
    for arm, total in _totals(blocks, place).items():
        widths = {len(outcome) for outcome in total}
        wanted = _widths(entry)
        if len(widths) > 1 or (wanted and widths != wanted):
            cause = f"{place}: outcomes of `{arm}` have {' and '.join(map(str, sorted(widths)))} bits"
            told = f"{cause}, the metric {' and '.join(map(str, sorted(wanted)))}" if len(widths) == 1 else cause
            raise InputError(told, where=entry.where, hint="one character a bit, in patterns and in outcomes")


def _totals(blocks: Sequence[Block], place: str) -> Mapping[str, Mapping[str, int]]:
    """All outcomes of an arm, which add up only if they are of one circuit."""
    digests: dict[str, str] = {}
    seen: dict[str, dict[str, int]] = {}
    for block, arm, tally in _tallies(blocks):
        if digests.setdefault(arm, tally.digest) != tally.digest:
            cause = f"{place}: block {block.number} counted another circuit as `{arm}` than the blocks before it"
            raise InputError(cause, hint="begin anew with `--restart`: counts of different circuits do not add up")
        seen.setdefault(arm, {}).update(tally.times)
    return seen


def _tallies(blocks: Sequence[Block]) -> Iterator[tuple[Block, str, Tally]]:
    for block in blocks:
        for job in block.jobs:
            yield block, job.arm, job.tally


def _widths(entry: AbTestEntry) -> set[int]:
    return {width for metric in (entry.metric, *(each.metric for each in entry.guardrails)) for width in metric.widths}
