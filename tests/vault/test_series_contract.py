from pathlib import Path

import pytest

from qops.errors import InputError
from qops.model.ports import SeriesStore
from qops.vault.dvc_store import DvcStore
from qops.vault.lock import RepositoryLock
from qops.vault.memory import MemorySeries, MemoryStore, MemoryTree
from qops.vault.series import LocalSeries

HEADER = b"at,shots\n"
PATH = "drift/bell/epochs.csv"


@pytest.fixture(params=["dvc", "memory"])
def series(request: pytest.FixtureRequest, project: Path) -> SeriesStore:
    if request.param == "memory":
        tree = MemoryTree()
        return MemorySeries(tree, MemoryStore(tree, "series"))
    lock = RepositoryLock(project, "a test")
    return LocalSeries(project, DvcStore(project, "series", lock), lock)


def test_what_was_appended_is_read_in_order(series: SeriesStore) -> None:
    assert series.read(PATH) is None
    series.append(PATH, b"1,100\n", HEADER)
    series.append(PATH, b"2,100\n3,100\n", HEADER)
    assert series.read(PATH) == HEADER + b"1,100\n2,100\n3,100\n"
    assert series.names() == (PATH,)


def test_a_torn_last_line_is_cut_off_by_the_next_append_and_by_nothing_else(series: SeriesStore) -> None:
    series.write(PATH, HEADER + b"1,100\n2,10")
    assert series.read(PATH) == HEADER + b"1,100\n2,10"
    series.append(PATH, b"3,100\n", HEADER)
    assert series.read(PATH) == HEADER + b"1,100\n3,100\n"


def test_a_file_with_other_columns_is_refused_and_kept(series: SeriesStore) -> None:
    series.write(PATH, b"when,n\n1,2\n")
    with pytest.raises(InputError, match="begins with other columns"):
        series.append(PATH, b"1,100\n", HEADER)
    assert series.read(PATH) == b"when,n\n1,2\n"


def test_saving_records_every_file_and_again_changes_nothing(series: SeriesStore) -> None:
    series.append(PATH, b"1,100\n", HEADER)
    series.write("abtests/b/counts.csv", b"x\n")
    first = series.save()
    assert sorted(first.files) == ["abtests/b/counts.csv", PATH]
    assert first.changed
    assert "series.dvc" in first.staged
    assert not series.save().changed
    series.append(PATH, b"2,100\n", HEADER)
    assert series.save().files[PATH] != first.files[PATH]


@pytest.mark.parametrize("path", ["../x.csv", ".hidden", "a//b", "/abs"])
def test_paths_stay_inside(series: SeriesStore, path: str) -> None:
    for touch in (series.read, lambda path: series.write(path, b"")):
        with pytest.raises(InputError, match="not a path"):
            touch(path)
