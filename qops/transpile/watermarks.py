"""The best that was seen of every row, so that small tolerated steps cannot add up.

A watermark moves only by what is more than noise. The best of many noisy values would be a lucky one, and every honest
value after it would look worse; so a better row replaces the watermark only where the gate's own test says better, and
a worse one, which somebody accepted with a reason, only where it says worse. What is in between leaves it where it is,
and ten steps of two percent are measured from where they began.
"""

from collections.abc import Iterable, Mapping

from qops.model.gate import Rules, Sample, Watermark
from qops.model.matrix import Matrix, Row
from qops.stats import discoveries, welch
from qops.stats.welch import Summary
from qops.transpile.metrics import METRICS
from qops.transpile.pairing import Key, key
from qops.transpile.regression import sample, values

Best = Mapping[Key, Watermark]


def renewed(marks: Iterable[Watermark], accepted: Matrix, rules: Rules) -> tuple[Watermark, ...]:
    """The watermarks once a matrix has been accepted as the baseline: one a row of it, sorted.

    Rows with fewer seeds than the rules ask for set none. Watermarks of other targets or circuits are dropped.
    """
    comparable = accepted.comparable
    best = applicable(marks, accepted)
    measured = {key(row): _samples(row, rules) for row in sorted(accepted.rows, key=key)}
    moved = _moved(measured, best, rules)
    found = []
    for row, samples in measured.items():
        kept = best[row].samples if row in best else {}
        now = {metric: sample for metric, sample in samples.items() if metric not in kept or (row, metric) in moved}
        if kept or now:
            circuit, backend, level = row
            target, source = comparable.targets.get(backend, ""), comparable.circuits.get(circuit, "")
            found.append(Watermark(circuit, backend, level, target, source, {**kept, **now}))
    return tuple(found)


def applicable(marks: Iterable[Watermark], matrix: Matrix) -> Best:
    """The watermarks that were set with the very targets and circuits of a matrix, by row."""
    targets, circuits = matrix.comparable.targets, matrix.comparable.circuits
    return {
        (mark.circuit, mark.backend, mark.level): mark
        for mark in marks
        if targets.get(mark.backend, "") == mark.target and circuits.get(mark.circuit, "") == mark.source
    }


def summary_of(kept: Sample) -> Summary:
    """A sample as the statistics have it."""
    return Summary(kept.count, kept.mean, kept.variance)


def _samples(row: Row, rules: Rules) -> dict[str, Sample]:
    """Every metric of which there are enough seeds."""
    found = {metric: values(metric, row) for metric in METRICS}
    enough = {
        metric: sample(metric, by_seed) for metric, by_seed in found.items() if len(by_seed) >= rules.fewest_seeds
    }
    return {metric: Sample(now.number, now.mean, now.variance) for metric, now in enough.items()}


def _moved(measured: Mapping[Key, Mapping[str, Sample]], best: Best, rules: Rules) -> set[tuple[Key, str]]:
    """Which metrics of which rows differ from their watermarks by more than noise, all of them in one family."""
    pairs = {
        (row, metric): (summary_of(best[row].samples[metric]), summary_of(now))
        for row, samples in measured.items()
        for metric, now in samples.items()
        if row in best and metric in best[row].samples
    }
    worse = [(place, welch.compare(old, new)) for place, (old, new) in pairs.items()]
    better = [(place, welch.compare(new, old)) for place, (old, new) in pairs.items()]
    tested = [(place, difference.p_value) for place, difference in worse + better if difference is not None]
    chances = discoveries.adjusted([p_value for _, p_value in tested])
    return {place for (place, _), chance in zip(tested, chances, strict=True) if chance <= rules.alarms}
