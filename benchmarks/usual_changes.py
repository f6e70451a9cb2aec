"""How much calibrations usually change: the numbers in `qops.calibration.usual`, derived from devices on record.

`python -m benchmarks.usual_changes` writes the tables of `docs/explanation/calibration.md`; a test holds the numbers in
the code against the derivation.
"""

import csv
import gzip
import math
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

from qops.calibration.usual import BANDS, KINDS

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "ibm-backend-properties"
PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "calibration.md"
BEGIN, END = "<!-- begin: written by `python -m benchmarks.usual_changes` -->", "<!-- end -->"
TIMES = (4, 8, 12, 16)

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


class Change(NamedTuple):
    """A value that was measured anew: its kind, the device, the days between, and the size of the logarithmic ratio."""

    kind: str
    backend: str
    days: float
    size: float


class Usual(NamedTuple):
    """The median size of the changes of a kind in a band, and what there was to derive it from."""

    size: float
    changes: int
    backends: int
    beyond: tuple[float, ...]


def derive(data: Path = DATA) -> dict[tuple[str, float], Usual]:
    """The usual change by kind and band, a band named by its greatest number of days."""
    grouped: dict[tuple[str, float], list[Change]] = {}
    for change in _changes(data):
        band = next(band for band in BANDS if change.days <= band)
        grouped.setdefault((change.kind, band), []).append(change)
    return {key: _usual(grouped[key]) for key in sorted(grouped)}


def _usual(changes: list[Change]) -> Usual:
    sizes = [change.size for change in changes]
    size = median(sizes)
    beyond = tuple(sum(each > times * size for each in sizes) / len(sizes) for times in TIMES)
    return Usual(size, len(sizes), len({change.backend for change in changes}), beyond)


def _changes(data: Path) -> Iterator[Change]:
    """Consecutive values of one parameter of one device that differ; equal ones were not measured anew."""
    series: dict[tuple[str, str, str, str], dict[datetime, float]] = {}
    with gzip.open(data / "ibm_backend_properties.csv.gz", "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            kind, moment = _kind(row), _MOMENT.match(row["last_update_date"])
            value = float(row["value"]) if row["value"] else math.nan
            good = value > 0 and (value < 1 or not kind.endswith("error"))
            if kind and moment and good:
                key = (kind, row["backend"], row["kind"], row["qubits"])
                series.setdefault(key, {})[datetime.fromisoformat(moment[0])] = value
    for (kind, backend, *_), values in series.items():
        for (before, old), (after, new) in pairwise(sorted(values.items())):
            if old != new:
                yield Change(kind, backend, (after - before).total_seconds() / 86400, abs(math.log(new / old)))


def _kind(row: dict[str, str]) -> str:
    """What a row is, in our words; empty for what calibrations do not hold."""
    if row["parameter"] == "gate_error":
        return "two-qubit error" if "_" in row["qubits"] else "one-qubit error"
    return {"T1": "T1", "T2": "T2", "readout_error": "readout error"}.get(row["parameter"], "")


def tables(usual: dict[tuple[str, float], Usual]) -> str:
    """The tables as Markdown."""
    bands = [f"≤ {band:g} days" if math.isfinite(band) else "longer" for band in BANDS]
    lines = [f"| | {' | '.join(bands)} |", f"| :--- |{' ---: |' * len(bands)}"]
    for kind in KINDS:
        cells = [usual[kind, band] for band in BANDS]
        lines.append(f"| {kind} | {' | '.join(f'{c.size:.2f} ({c.changes:,} of {c.backends})' for c in cells)} |")
    lines += ["", f"| beyond, times the usual | {' | '.join(map(str, TIMES))} |", f"| :--- |{' ---: |' * len(TIMES)}"]
    for band, name in zip(BANDS, bands, strict=True):
        found = [usual[kind, band] for kind in KINDS]
        total = sum(each.changes for each in found)
        shares = [sum(each.beyond[i] * each.changes for each in found) / total for i in range(len(TIMES))]
        lines.append(f"| {name} | {' | '.join(f'{100 * share:.1f} %' for share in shares)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n\n{tables(derive())}\n\n{END}{tail}", encoding="utf-8")
