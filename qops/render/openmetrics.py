"""A report for a monitoring system: OpenMetrics text, version 1.0, as Prometheus and GitLab read it.

Verdicts are a state set, with their sentences as information beside it; statistics, thresholds, numbers among the
facts, columns of numbers, and the last value of each curve with the limits that it is held against are gauges.
Statistics have no unit that all of them share, so none is declared: the labels say what a number is of. Nothing carries
a time: the same report gives the same bytes.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qops.model.report import Cell, Plot, Report, Table
from qops.model.verdict import Outcome, exit_code
from qops.render.surface import Surface
from qops.render.visible import cell_text, visible

Labels = tuple[tuple[str, str], ...]
Sample = tuple[Labels, float]


def render(report: Report, _surface: Surface, /) -> str:
    """Metric families with their samples, and the line that ends a document."""
    command = (("command", report.command),)
    told = [((*command, ("title", report.title), ("summary", report.summary)), 1.0)]
    families = [
        _family("qops_report", "info", "What the report is about.", told, "_info"),
        _family("qops_exit_code", "gauge", "The exit code of the command.", [(command, exit_code(report.verdicts))]),
        *_verdicts(report, command),
        _family("qops_fact", "gauge", "Numbers among the facts.", _facts(report.facts, command)),
        _family("qops_value", "gauge", "Numbers in the tables.", _tables(report, command)),
        *_plots(report, command),
    ]
    return "\n".join((*(line for family in families for line in family), "# EOF")) + "\n"


def _verdicts(report: Report, command: Labels) -> Iterator[list[str]]:
    names = list(_distinct([(*command, ("name", verdict.name)) for verdict in report.verdicts]))
    named = list(zip(names, report.verdicts, strict=True))
    states = [
        ((*labels, ("qops_verdict", outcome.value)), float(verdict.outcome is outcome))
        for labels, verdict in named
        for outcome in Outcome
    ]
    because = [((*labels, ("because", verdict.because), ("hint", verdict.hint)), 1.0) for labels, verdict in named]
    statistics = [(labels, verdict.statistic) for labels, verdict in named if verdict.statistic is not None]
    thresholds = [(labels, verdict.threshold) for labels, verdict in named if verdict.threshold is not None]
    yield _family("qops_verdict", "stateset", "The outcome of each verdict.", states)
    yield _family("qops_verdict_because", "info", "Why.", because, "_info")
    yield _family("qops_verdict_statistic", "gauge", "What was measured.", statistics)
    yield _family("qops_verdict_threshold", "gauge", "What it was held against.", thresholds)


def _facts(facts: Sequence[tuple[str, Cell]], command: Labels) -> list[Sample]:
    numbers = [(name, value) for name, value in facts if isinstance(value, int | float)]
    labels = _distinct([(*command, ("name", name)) for name, _ in numbers])
    return [(label, value) for label, (_, value) in zip(labels, numbers, strict=True)]


def _tables(report: Report, command: Labels) -> list[Sample]:
    """Every number in a numeric column, by the words of its row."""
    tables = [*report.tables, *(table for section in report.sections for table in section.tables)]
    found = [cell for table in tables for cell in _cells(table)]
    labels = _distinct([(*command, *label) for label, _ in found])
    return [(label, value) for label, (_, value) in zip(labels, found, strict=True)]


def _cells(table: Table) -> Iterator[Sample]:
    for row in table.rows:
        named = list(zip(table.columns, row, strict=True))
        words = ", ".join(cell_text(value) for column, value in named if column not in table.numeric)
        for column, value in named:
            if column in table.numeric and isinstance(value, int | float):
                yield (("table", table.title), ("row", words), ("column", column)), value


def _plots(report: Report, command: Labels) -> Iterator[list[str]]:
    plots = [*report.plots, *(plot for section in report.sections for plot in section.plots)]
    last = [sample for plot in plots for sample in _last(plot, command)]
    limits = [
        ((*command, ("plot", plot.title), ("limit", limit.name)), limit.value)
        for plot in plots
        for limit in plot.limits
    ]
    yield _family("qops_curve", "gauge", "The last value of each curve.", _told_apart(last))
    yield _family("qops_limit", "gauge", "What curves are held against.", _told_apart(limits))


def _last(plot: Plot, command: Labels) -> Iterator[Sample]:
    for curve in plot.curves:
        values = [value for value in curve.values if value is not None]
        if values:
            yield (*command, ("plot", plot.title), ("curve", curve.name)), values[-1]


def _told_apart(samples: Sequence[Sample]) -> list[Sample]:
    labels = _distinct([labels for labels, _ in samples])
    return [(label, value) for label, (_, value) in zip(labels, samples, strict=True)]


def _distinct(labels: Iterable[Labels]) -> Iterator[Labels]:
    """The labels, with the place of each that was there before: no two samples of a family may be labelled alike."""
    seen: Counter[str] = Counter()
    for each in labels:
        shown = _labels(each)
        seen[shown] += 1
        yield each if seen[shown] == 1 else (*each, ("place", str(seen[shown])))


def _family(name: str, kind: str, text: str, samples: Sequence[Sample], suffix: str = "") -> list[str]:
    """The lines of a family; none where it has no samples."""
    if not samples:
        return []
    lines = [f"{name}{suffix}{{{_labels(labels)}}} {_number(value)}" for labels, value in samples]
    return [f"# TYPE {name} {kind}", f"# HELP {name} {text}", *lines]


def _labels(labels: Labels) -> str:
    return ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)


def _escaped(text: str) -> str:
    return visible(text).replace("\\", "\\\\").replace('"', '\\"')


def _number(value: float) -> str:
    if math.isfinite(value):
        return repr(float(value)).removesuffix(".0")
    return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
