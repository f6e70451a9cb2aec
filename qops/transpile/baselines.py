"""The baseline: where it is, and what the next one is."""

import msgspec

from qops import world
from qops.errors import InputError
from qops.formats import matrix_file
from qops.model.baseline import Acceptance, Baseline
from qops.model.gate import Rules, Sample, Watermark
from qops.model.matrix import Comparable, Matrix, Row
from qops.model.ports import Ports
from qops.transpile.metrics import METRICS
from qops.transpile.pairing import key
from qops.transpile.regression import as_sample, sample

FILE = "qops.matrix"


class Found(msgspec.Struct, frozen=True):
    """A baseline, and what it is called."""

    label: str
    baseline: Baseline


def find(ports: Ports, named: str | None) -> Found | None:
    """The baseline that is named: a file, or a revision; for None the one at hand. None where nothing was recorded.

    Raises:
        InputError: there is neither such a file nor such a revision with a baseline.
    """
    if named is None:
        if not ports.tree.exists(FILE):
            return None
        return Found(FILE, matrix_file.read(ports.tree.read(FILE), FILE))
    if ports.tree.exists(named):
        return Found(named, matrix_file.read(ports.tree.read(named), named))
    data = ports.history.read(ports.history.resolve(named), FILE)
    if data is None:
        raise InputError(
            f"there is no {FILE} at {named}", hint="`qops snapshot` records one, once a matrix is compiled"
        )
    return Found(named, matrix_file.read(data, f"{named}:{FILE}"))


def successor(old: Baseline | None, new: Matrix, rules: Rules) -> Baseline:
    """The baseline after `new` was found no worse than `old`: marks rise, and are never lowered."""
    marks = {(mark.circuit, mark.backend, mark.level): mark for mark in old.best} if old else {}
    best = tuple(_risen(marks.get(key(row)), _mark(row, new.comparable, rules)) for row in new.rows)
    return Baseline(new, best, old.accepted if old else ())


def accepted(old: Baseline | None, new: Matrix, rules: Rules, reason: str) -> Baseline:
    """The baseline after `new` was accepted whatever it is: its rows are the best from now on, and the reason stays."""
    said = Acceptance(world.now(), reason)
    best = tuple(_mark(row, new.comparable, rules) for row in new.rows)
    return Baseline(new, best, (*(old.accepted if old else ()), said))


def _mark(row: Row, comparable: Comparable, rules: Rules) -> Watermark:
    metrics = [compiled.metrics for compiled in row.compiled]
    found = {metric: sample(metric, metrics) for metric in METRICS if metric in rules.limits} if metrics else {}
    samples = {metric: as_sample(summary) for metric, summary in found.items() if summary is not None}
    circuit, backend, level = key(row)
    return Watermark(circuit, backend, level, comparable.targets[backend], comparable.circuits[circuit], samples)


def _risen(old: Watermark | None, new: Watermark) -> Watermark:
    """The better of two marks, metric by metric; one of another circuit or target counts no more."""
    if old is None or (old.target, old.source) != (new.target, new.source):
        return new
    return msgspec.structs.replace(new, samples={**old.samples, **_better(old.samples, new.samples)})


def _better(old: dict[str, Sample], new: dict[str, Sample]) -> dict[str, Sample]:
    return {name: sample for name, sample in new.items() if name not in old or sample.mean < old[name].mean}
