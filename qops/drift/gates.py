"""`qops drift gates`: the gates that explain counts of germs, window by window, and whether they changed."""

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from qops.drift import describe_gates, entries
from qops.drift.ports import DriftPorts
from qops.drift.series import WatchFiles
from qops.errors import InconclusiveError, InputError
from qops.model.circuit import Circuit
from qops.model.drift import DriftEntry, Epochs
from qops.model.manifest import CircuitEntry
from qops.model.report import Report
from qops.model.wording import counted
from qops.stats import gate_sets
from qops.stats.families import step
from qops.stats.gate_sets import Counts, Fit, Layers


class Window(NamedTuple):
    """Epochs from one time to another, both ISO 8601, the gates in them, and whether they are those of the first.

    `p_value` is corrected for all windows by Holm's method; None in the first.
    """

    begin: str
    end: str
    epochs: int
    shots: int
    fit: Fit
    p_value: float | None


class _Germ(NamedTuple):
    layers: Layers
    length: int
    epochs: Epochs


def run(ports: DriftPorts, names: Sequence[str], windows: int, level: float) -> Report:
    """Fit the gates in each window of the epochs of watches whose circuits are germs.

    Args:
        ports: the doors to the world.
        names: of watches, or patterns; all of the manifest's if empty. Those of other circuits are left out.
        windows: into how many the epochs are divided, as many in each.
        level: the chance to say that gates changed, where they did not.

    Raises:
        InputError: no watch is of germs, or they are of several designs.
        InconclusiveError: circuits of the design were not counted in every window.
    """
    manifest, watches = entries.declared(ports.base.tree, names)
    found = [
        germ for entry in watches if (germ := _germ(ports, entry, _circuit(ports, manifest.circuits[entry.circuit])))
    ]
    length = _one_design(found)
    edges = _edges(found, windows)
    counts = [_counts(found, begin, end) for begin, end in itertools.pairwise(edges)]
    for number, each in enumerate(counts, 1):
        _must_be_whole(each, length, f"window {number} of {windows}")
    fits = [gate_sets.fit(each, length) for each in counts]
    plain = [
        gate_sets.together(counts[0], each, (fits[0], one), length)
        for each, one in zip(counts[1:], fits[1:], strict=True)
    ]
    p_values = [None, *step.holm(plain)]
    spans = [_span(found, begin, end) for begin, end in itertools.pairwise(edges)]
    told = [
        Window(*span, sum(map(sum, each.values())), one, p)
        for span, each, one, p in zip(spans, counts, fits, p_values, strict=True)
    ]
    return describe_gates.describe(told, len(found), length, level)


def _circuit(ports: DriftPorts, entry: CircuitEntry) -> Circuit:
    (loaded,) = ports.base.sources.read([entry]).values()
    return loaded.circuit


def _germ(ports: DriftPorts, entry: DriftEntry, circuit: Circuit) -> _Germ | None:
    """What a watch is of, by what its circuit says of itself."""
    told = dict(circuit.annotations).get("diagnostic")
    facts = msgspec.json.decode(told) if told else {}
    if not isinstance(facts, dict) or facts.get("kind") != "germs":
        return None
    layers, length = facts.get("layers"), facts.get("length")
    if not isinstance(layers, str) or not isinstance(length, int) or entry.success != ("0",):
        cause = f"the watch `{entry.name}` is not as `qops drift plan --kind germs` makes them"
        raise InputError(cause, where=entry.where, hint='its success is ["0"], and its circuit unchanged')
    return _Germ(tuple(layers), length, WatchFiles(ports.base.series(), entry.name).epochs())


def _one_design(found: Sequence[_Germ]) -> int:
    lengths = sorted({germ.length for germ in found})
    if not lengths:
        raise InputError("none of these watches is of germs", hint="`qops drift plan NAME --kind germs` makes them")
    if len(lengths) > 1 or len({germ.layers for germ in found}) < len(found):
        raise InputError(
            "these germs are of several designs", hint="name the watches of one: `qops drift gates 'q0-*'`"
        )
    return lengths[0]


def _edges(found: Sequence[_Germ], windows: int) -> list[float]:
    """Times between the windows, in seconds; the last is after all of them."""
    times = sorted({time for germ in found for time in germ.epochs.times_s})
    if len(times) < windows:
        raise InconclusiveError(
            f"{counted(len(times), 'epoch')} cannot be divided into {windows} windows",
            hint="`qops drift run` counts more",
        )
    parts = np.array_split(np.array(times), windows)
    return [*(float(part[0]) for part in parts), float(np.nextafter(times[-1], np.inf))]


def _counts(found: Sequence[_Germ], begin: float, end: float) -> Counts:
    """Shots that gave 0, and 1, of every circuit in a window."""
    sums = {}
    for germ in found:
        epochs = germ.epochs
        inside = [at for at, time in enumerate(epochs.times_s) if begin <= time < end]
        shots, zeros = (sum(int(column[at]) for at in inside) for column in (epochs.shots, epochs.successes))
        if shots:
            sums[germ.layers] = zeros, shots - zeros
    return sums


def _must_be_whole(counts: Mapping[Layers, tuple[int, int]], length: int, where: str) -> None:
    missing = {*gate_sets.design(length)} - {*counts}
    if missing:
        cause = f"{where}: {len(missing)} of {len(counts) + len(missing)} circuits of the design were not counted"
        raise InconclusiveError(cause, hint="watch all circuits that were planned, and run them together")


def _span(found: Sequence[_Germ], begin: float, end: float) -> tuple[str, str, int]:
    epochs = {time: at for germ in found for time, at in zip(germ.epochs.times_s, germ.epochs.at, strict=True)}
    inside = [epochs[time] for time in sorted(epochs) if begin <= time < end]
    return inside[0], inside[-1], len(inside)
