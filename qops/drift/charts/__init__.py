"""Charts: when a series has left its baseline. One file a chart, and a line in `CHARTS`.

Another package may offer charts under the entry-point group `qops.charts`: each a `msgspec.Struct` whose fields are the
options of the chart, and whose methods are those of `Chart`.
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Protocol, cast

import msgspec

from qops.drift.charts.path import Limit, Numbers, Path, Usual
from qops.errors import InputError
from qops.model.drift import DriftEntry
from qops.model.spelling import did_you_mean
from qops.model.where import Where

CHARTS: Mapping[str, str] = {
    "joint": "joint:Joint",
    "e-detector": "e_detector:EDetector",
    "spectrum": "spectrum:Spectrum",
    "betting": "betting:Betting",
    "cusum": "cusum:Cusum",
    "ewma": "ewma:Ewma",
    "shewhart": "shewhart:Shewhart",
    "binomial-cusum": "binomial_cusum:BinomialCusum",
    "glr": "glr:Glr",
    "page-hinkley": "page_hinkley:PageHinkley",
}
"""The charts by name: module and class, imported when they are asked for."""


class Chart(Protocol):
    """What a chart does. Shots and successes have the shape (..., T), several series being rows."""

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, run_length: float, /) -> Numbers:
        """The statistic after each epoch, down and up, shape (2, ..., T), all of it at least 0."""

    def limit(self, usual: Usual, shots: Numbers, run_length: float, /) -> Limit:
        """Where alarm and calm begin, for a mean number of epochs to a false alarm, at least."""


def of_watch(entry: DriftEntry, name: str = "") -> Chart:
    """The chart of a watch, or the one of this `name`, which has its own options' usual values unless it is the same.

    Raises:
        InputError: there is none, or it has no such option.
    """
    if name and name != entry.chart.name:
        return chart(name)
    return chart(entry.chart.name, entry.chart.options, entry.chart.where)


def chart(name: str, options: Mapping[str, object] | None = None, where: Where | None = None) -> Chart:
    """The chart of this name with these options.

    Raises:
        InputError: there is none, or it has no such option; `where` is the place of the words.
    """
    kind = _found(name, where)
    try:
        return msgspec.convert(dict(options or {}), kind)
    except msgspec.ValidationError as problem:
        fields = msgspec.structs.fields(cast("type[msgspec.Struct]", kind))
        hint = f"it takes {', '.join(field.encode_name for field in fields) or 'no options'}"
        raise InputError(f"the chart {name}: {problem}", where=where, hint=hint) from None


def follow(chart: Chart, usual: Usual, shots: Numbers, successes: Numbers, run_length: float) -> Path:
    """The way of a chart through one series; arrays of shape (T,)."""
    found = chart.limit(usual, shots, run_length)
    return Path(chart.statistic(usual, shots, successes, run_length), *found)


def _found(name: str, where: Where | None) -> type[Chart]:
    if name in CHARTS:
        module, _, kind = CHARTS[name].partition(":")
        return cast("type[Chart]", getattr(import_module(f"{__name__}.{module}"), kind))
    offered = {each.name: each for each in entry_points(group="qops.charts")}
    if name not in offered:
        raise InputError(f"no chart is called `{name}`", where=where, hint=did_you_mean(name, [*CHARTS, *offered]))
    return cast("type[Chart]", offered[name].load())
