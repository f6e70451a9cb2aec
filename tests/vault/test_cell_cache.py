"""The cache of cells: one contract for the disk and for memory, and what only a disk can do."""

import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.model.matrix import Compiled, Lost, Metrics
from qops.model.ports import CellCache
from qops.vault.cell_cache import SqliteCellCache
from qops.vault.memory import MemoryCellCache

METRICS = Metrics(3, 2, 5, 9, -0.25, 0, 1e-6)
DONE = Compiled("ab" * 16, METRICS, (1, 0), (0, 1), 0.25, 1 << 20)
TEXT = b"OPENQASM 3.0;\n"


@pytest.fixture(params=["disk", "memory"])
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> CellCache:
    return MemoryCellCache() if request.param == "memory" else SqliteCellCache(tmp_path / "cache" / "cells.sqlite")


def test_what_was_put_is_found_again(cache: CellCache) -> None:
    assert cache.outcomes(["a", "b"]) == {}
    assert cache.text(DONE.digest) is None
    cache.put("a", DONE, zlib.compress(TEXT))
    cache.put("b", Lost("failed", "no such gate"))
    assert cache.outcomes(["b", "a", "c"]) == {"a": DONE, "b": Lost("failed", "no such gate")}
    assert cache.text(DONE.digest) == TEXT


def test_notes_are_found_by_name_and_replaced(cache: CellCache) -> None:
    assert cache.notes(["x"]) == {}
    cache.note({"x": "1", "y": "2"})
    cache.note({"x": "3"})
    assert cache.notes(["x", "y", "z"]) == {"x": "3", "y": "2"}


def test_thousands_of_keys_at_once(cache: CellCache) -> None:
    keys = [f"{number:064x}" for number in range(3000)]
    for key in keys[::1000]:
        cache.put(key, DONE, zlib.compress(TEXT))
    assert sorted(cache.outcomes(keys)) == keys[::1000]


def test_it_is_on_the_disk_for_the_next_run(tmp_path: Path) -> None:
    SqliteCellCache(tmp_path / "cells").put("a", DONE, zlib.compress(TEXT))
    assert SqliteCellCache(tmp_path / "cells").outcomes(["a"]) == {"a": DONE}


def test_an_outcome_is_not_kept_without_its_text(tmp_path: Path) -> None:
    cache = SqliteCellCache(tmp_path / "cells")
    cache.put("a", Lost("failed", "no such gate"))
    with sqlite3.connect(tmp_path / "cells") as connection:
        connection.execute("DROP TABLE texts")
    connection.close()
    with pytest.raises(EnvironmentFault, match="no such table: texts"):
        cache.put("b", DONE, zlib.compress(TEXT))
    assert SqliteCellCache(tmp_path / "cells").outcomes(["a", "b"]) == {"a": Lost("failed", "no such gate")}


def test_looking_makes_no_file(tmp_path: Path) -> None:
    SqliteCellCache(tmp_path / "cells").outcomes(["a"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", [b"not a database at all, but long enough to be read as one" * 20, b""])
def test_a_damaged_file_is_put_aside(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "cells"
    path.write_bytes(damage)
    cache = SqliteCellCache(path)
    assert cache.outcomes(["a"]) == {}
    cache.put("a", DONE, zlib.compress(TEXT))
    assert cache.outcomes(["a"]) == {"a": DONE}
    if damage:
        (aside,) = tmp_path.glob("cells.*.old")
        assert aside.read_bytes() == damage


def test_another_version_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "cells"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert SqliteCellCache(path).outcomes(["a"]) == {}
    assert len(list(tmp_path.glob("cells.*.old"))) == 1


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "cells").mkdir()
    with pytest.raises(EnvironmentFault, match="cache of compiled circuits"):
        SqliteCellCache(tmp_path / "cells").put("a", DONE, zlib.compress(TEXT))


WRITER = """
import sys, zlib
from pathlib import Path
from qops.vault.cell_cache import SqliteCellCache
from qops.model.matrix import Lost
cache = SqliteCellCache(Path(sys.argv[1]))
for number in range(40):
    cache.put(f"{sys.argv[2]}-{number}", Lost("failed", "x"))
"""


def test_several_runs_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "cells"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(name)]) for name in range(4)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0, 0]
    keys = [f"{name}-{number}" for name in range(4) for number in range(40)]
    assert len(SqliteCellCache(path).outcomes(keys)) == 160
