"""The page's tables, byte for byte, and the sums behind them."""

import doctest
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks import measure, outcome, table
from benchmarks.outcome import Row

ROWS = [
    Row("fast", "`qops`, beside `dvc`", 0.51234, "x", bar=0.7),
    Row("slow", "a gate", 3.5, "µs/gate", bar=3),
    Row("share", "files read", 100.0, "%", bar=97, at_least=True),
    Row("plain", "`dvc`", 1234.56, "ms"),
    Row("left", "another", None, skipped="not here"),
]
PAGE = """\
before

<!-- begin: written by `python -m benchmarks.table` -->

### Identity

|                      |    measured |         bar | met |
| -------------------- | ----------: | ----------: | --: |
| `qops`, beside `dvc` |     0.512 x |     ≤ 0.7 x | yes |
| a gate               | 3.5 µs/gate | ≤ 3 µs/gate |  NO |
| files read           |       100 % |      ≥ 97 % | yes |
| `dvc`                |    1,235 ms |             |     |
| another              |    not here |             |     |

Measured 2026-01-02; 2 cores, Linux x86_64; python 3.11.7, qops 0.1.0.

<!-- end -->

after
"""


def test_page(tmp_path: Path) -> None:
    kept = outcome.metrics(ROWS) | {
        "measured": "2026-01-02",
        "machine": {"cores": 2, "system": "Linux x86_64"},
        "versions": {"python": "3.11.7", "qops": "0.1.0"},
    }
    (tmp_path / "identity.json").write_text(json.dumps(kept))
    written = table.into(f"before\n\n{table.BEGIN}\n\nold\n\n{table.END}\n\nafter\n", table.tables(tmp_path))
    assert written == PAGE
    assert table.into(written, table.tables(tmp_path)) == PAGE


def test_page_of_the_documentation_has_its_markers() -> None:
    page = table.PAGE.read_text()
    assert page.count(table.BEGIN) == page.count(table.END) == 1


@pytest.mark.parametrize("module", [measure, outcome])
def test_examples(module: ModuleType) -> None:
    assert doctest.testmod(module).attempted
    assert not doctest.testmod(module).failed


def test_turns() -> None:
    seen: list[str] = []

    def noting(name: str) -> float:
        seen.append(name)
        return float(len(seen))

    seconds = measure.by_turns({"a": lambda: noting("a"), "b": lambda: noting("b")}, 3)
    assert seen == ["a", "b", "b", "a", "a", "b"]
    assert seconds == {"a": [1.0, 4.0, 5.0], "b": [2.0, 3.0, 6.0]}


def test_call_returns_the_result() -> None:
    seconds, result = measure.call(lambda: sum(range(1000)), 3)
    assert result == 499_500
    assert seconds >= 0


def test_a_failed_command_is_not_measured(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "import sys; sys.exit('no')"]
    with pytest.raises(RuntimeError, match="exit code 1"):
        measure.command(words, tmp_path, {})
    assert measure.command(words, tmp_path, {}, code=1) > 0
