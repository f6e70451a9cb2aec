"""What a benchmark found: rows with their bars, printed as a table and kept as metrics."""

import argparse
import json
import os
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

METRICS = Path(__file__).with_name("metrics")
PACKAGES = ("qops", "qiskit", "dvc")


class Row(NamedTuple):
    """One measured value. It meets its bar, if it has one, from below; from above where `at_least` is set.

    `key` names it in the metrics; `skipped` says why there is no value.
    """

    key: str
    what: str
    value: float | None
    unit: str = ""
    bar: float | None = None
    at_least: bool = False
    skipped: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None where there is no bar or no value."""
        if self.bar is None or self.value is None:
            return None
        return self.value >= self.bar if self.at_least else self.value <= self.bar


def run(name: str, measure: Callable[..., Iterable[Row]]) -> None:
    """The program of one benchmark: measure, print, keep. `--small` is a trial on next to nothing."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}")
    parser.add_argument("--small", action="store_true", help="a trial on tiny inputs; the numbers mean nothing")
    parser.add_argument("--metrics", type=Path, default=METRICS, metavar="DIR", help="where to write the metrics")
    asked = parser.parse_args()
    rows = list(measure(small=asked.small))
    print(f"{name}\n{table(rows)}\n")
    asked.metrics.mkdir(parents=True, exist_ok=True)
    (asked.metrics / f"{name}.json").write_text(json.dumps(metrics(rows), indent=2, ensure_ascii=False) + "\n")


def metrics(rows: Iterable[Row]) -> dict[str, object]:
    """The content of a metrics file; `dvc metrics diff` compares its numbers between revisions."""
    return {
        "measured": time.strftime("%Y-%m-%d", time.gmtime()),
        "machine": {"cores": os.cpu_count(), "system": f"{platform.system()} {platform.machine()}"},
        "versions": {"python": platform.python_version(), **{package: version(package) for package in PACKAGES}},
        "results": {row.key: {**row._asdict(), "met": row.met} for row in rows},
    }


def table(rows: Iterable[Row]) -> str:
    """The rows as Markdown, in columns of equal width."""
    head = ("", "measured", "bar", "met")
    lines = [head, *((row.what, measured(row), bar(row), _answer(row)) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    rule = ("-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:]))
    return "\n".join(_line(line, widths) for line in (head, rule, *lines[1:]))


def measured(row: Row) -> str:
    """The value in three significant digits, or as a whole number from a thousand on, with its unit.

    >>> measured(Row("key", "what", 1234.4, "µs")), measured(Row("key", "what", 0.51234, "x"))
    ('1,234 µs', '0.512 x')
    """
    if row.value is None:
        return row.skipped
    return f"{_number(row.value)} {row.unit}".rstrip()


def bar(row: Row) -> str:
    """The bar with its direction.

    >>> bar(Row("key", "what", 1.0, "x", bar=20, at_least=True))
    '≥ 20 x'
    """
    if row.bar is None:
        return ""
    return f"{'≥' if row.at_least else '≤'} {_number(row.bar)} {row.unit}".rstrip()


def _answer(row: Row) -> str:
    return {True: "yes", False: "NO", None: ""}[row.met]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.3g}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    flush_right = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
    return f"| {' | '.join((cells[0].ljust(widths[0]), *flush_right))} |"
