"""`qops drift calibrate`: the run length of the chart of a watch, and how soon it sees a change."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from qops.drift import charts, entries, rehearsal
from qops.drift.charts import Chart
from qops.drift.charts.path import Usual
from qops.drift.ports import DriftPorts
from qops.drift.rehearsal import Delay, RunLength, Series
from qops.drift.series import WatchFiles, numbers
from qops.errors import InconclusiveError
from qops.model.drift import DriftEntry
from qops.model.report import Cell, Report, Table
from qops.model.verdict import Outcome, Verdict


class Found(NamedTuple):
    """The chart that was simulated: its run length at the baseline's rate, and at the worse end of its band; delays."""

    name: str
    chart: Chart
    series: Series
    known: RunLength
    worst: RunLength
    delays: Sequence[Delay]

    @property
    def sigma(self) -> float:
        """The standard deviation of a usual epoch."""
        usual = self.series.usual
        return float(np.sqrt(usual.rate * (1 - usual.rate) / usual.shots + usual.between**2))


def run(ports: DriftPorts, name: str, chart: str = "", seed: int = 0) -> Report:
    """Simulate the chart of a watch, or another one, around its baseline and with its shots.

    Raises:
        InconclusiveError: the watch has no baseline, or the chart cannot follow such a series.
    """
    _, (entry,) = entries.declared(ports.base.tree, [name])
    files = WatchFiles(ports.base.series(), name)
    baseline = files.baseline()
    if baseline is None:
        hint = f"`qops drift baseline {name}` freezes one"
        raise InconclusiveError(f"the watch `{name}` has no baseline, whose rate is needed", hint=hint)
    made = charts.of_watch(entry, chart)
    series = Series(Usual.of(baseline), numbers(files.epochs().shots), entry.run_length)
    known = rehearsal.run_length(made, series, baseline.rate, seed)
    ends = {baseline.low, baseline.high} - {baseline.rate}
    worst = min((rehearsal.run_length(made, series, end, seed) for end in ends), default=known)
    delays = tuple(rehearsal.delays(made, series, seed))
    return _report(entry, Found(chart or entry.chart.name, made, series, known, worst, delays))


def _report(entry: DriftEntry, found: Found) -> Report:
    usual = found.series.usual
    facts: list[tuple[str, Cell]] = [
        ("chart", found.name),
        ("stated", found.chart.limit(usual, found.series.shots, entry.run_length).promise),
        ("simulated", f"{_told(found.known)} epochs to a false alarm at the baseline's rate"),
    ]
    if found.worst is not found.known:
        facts.append(("", f"{_told(found.worst)} at the worse end of the band that it may be in"))
    facts.append(("a usual epoch", f"{usual.shots:g} shots, deviates by {found.sigma:.3g}"))
    columns = ("change (σ)", "as a", "rate", "mean delay", "error", "exact", "not seen")
    rows = tuple(_rows(found))
    return Report(
        command="drift calibrate",
        title=f"Calibration of {entry.name}",
        facts=tuple(facts),
        tables=(Table("Epochs from a change to the alarm", columns, rows, numeric=columns[2:]),),
        verdicts=(_verdict(entry, found),),
        data={
            "watch": entry.name,
            "chart": found.name,
            "stated": entry.run_length,
            "run_length": _finite(found.known),
            "worst": _finite(found.worst),
            "delays": [_finite(each) for each in found.delays],
        },
    )


def _rows(found: Found) -> Iterator[tuple[Cell, ...]]:
    for each in found.delays:
        seen = np.isfinite(each.mean)
        rate = float(found.series.usual.rate) + each.change * found.sigma
        yield (
            f"{each.change:+g}" + (" an epoch" if each.ramp else ""),
            "ramp" if each.ramp else "step",
            None if each.ramp else f"{rate:.5g}",
            f"{each.mean:.1f}" if seen else None,
            f"{each.error:.1f}" if seen else None,
            None if each.ramp else _exact(found, each.change),
            f"{each.missed:.0%}",
        )


def _exact(found: Found, change: float) -> str | None:
    solve = getattr(found.chart, "delay", None)
    exact = solve(found.series.run_length, change) if solve else None
    return None if exact is None else f"{exact:.1f}"


def _verdict(entry: DriftEntry, found: Found) -> Verdict:
    worst, stated = found.worst, f"{entry.run_length:g} are stated"
    if worst.high < entry.run_length:
        because = f"false alarms come after {_told(worst)} epochs; {stated}"
        return Verdict(
            entry.name, Outcome.FAIL, because, worst.mean, entry.run_length, hint="the default chart is held to it"
        )
    kept = "the run length is kept" if worst.low >= entry.run_length else "nothing speaks against the run length"
    return Verdict(entry.name, Outcome.PASS, f"{kept}: {_told(worst)} epochs; {stated}", None, entry.run_length)


def _told(found: RunLength) -> str:
    if not found.alarms:
        return f"more than {found.low:.0f}"
    return f"{found.mean:.0f} [{found.low:.0f}, {found.high:.0f}]"


def _finite(figures: RunLength | Delay) -> dict[str, float | None]:
    return {name: number if np.isfinite(number) else None for name, number in figures._asdict().items()}
