import os
from collections.abc import Callable
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.vault import disk
from qops.vault.dvc_store import DvcStore
from qops.vault.lock import RepositoryLock
from qops.vault.series import LocalSeries
from qops.vault.torn import whole

HEADER = b"at,shots\n"
PATH = "drift/bell/epochs.csv"
Run = Callable[..., str]


@pytest.fixture
def series(project: Path) -> LocalSeries:
    lock = RepositoryLock(project, "a test")
    return LocalSeries(project, DvcStore(project, "series", lock), lock)


def test_dvc_has_it_and_git_passes_it_by(project: Path, series: LocalSeries, dvc: Run, git: Run) -> None:
    series.append(PATH, b"1,100\n", HEADER)
    series.save()
    assert "up to date" in dvc("status", cwd=project)
    assert "series/" not in git("status", "--short", cwd=project)
    series.append(PATH, b"2,100\n", HEADER)
    assert "modified" in dvc("status", cwd=project)


@pytest.mark.parametrize("kind", ["hardlink", "symlink"])
def test_an_object_in_the_cache_is_never_appended_to(project: Path, series: LocalSeries, dvc: Run, kind: str) -> None:
    series.append(PATH, b"1,100\n", HEADER)
    series.save()
    dvc("config", "cache.type", kind, cwd=project)
    dvc("checkout", "--relink", "series.dvc", cwd=project)
    place = project / "series" / PATH
    assert place.is_symlink() or place.stat().st_nlink > 1
    series.append(PATH, b"2,100\n", HEADER)
    assert series.read(PATH) == HEADER + b"1,100\n2,100\n"
    dvc("checkout", "--force", "series.dvc", cwd=project)
    assert series.read(PATH) == HEADER + b"1,100\n"


def test_a_clone_without_the_files_is_not_begun_anew(project: Path, series: LocalSeries) -> None:
    series.append(PATH, b"1,100\n", HEADER)
    series.save()
    (project / "series" / PATH).unlink()
    for directory in ("drift/bell", "drift", ""):
        (project / "series" / directory).rmdir()
    for touch in (lambda: series.read(PATH), lambda: series.append(PATH, b"2,100\n", HEADER)):
        with pytest.raises(EnvironmentFault, match="not checked out"):
            touch()


def test_what_a_killed_writer_left_beside_is_no_part_of_the_version(project: Path, series: LocalSeries) -> None:
    series.append(PATH, b"1,100\n", HEADER)
    left = project / "series" / "drift" / "bell" / ".epochs.csv.own.qops-tmp"
    left.write_bytes(b"half")
    assert series.names() == (PATH,)
    assert list(series.save().files) == [PATH]
    assert not left.exists()


def test_on_a_full_disk_a_line_is_not_added_in_part(series: LocalSeries, monkeypatch: pytest.MonkeyPatch) -> None:
    series.append(PATH, b"1,100\n", HEADER)

    def full(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "write_all", full)
    with pytest.raises(EnvironmentFault, match="no space left"):
        series.append(PATH, b"2,100\n", HEADER)
    assert series.read(PATH) == HEADER + b"1,100\n"


@pytest.mark.parametrize(
    ("data", "expected"), [(b"", 0), (b"torn", 0), (b"a\n", 2), (b"a\nb", 2), (b"a\n" + b"x" * 9000, 2)]
)
def test_where_the_last_whole_line_ends(tmp_path: Path, data: bytes, expected: int) -> None:
    (tmp_path / "file").write_bytes(data)
    descriptor = os.open(tmp_path / "file", os.O_RDONLY)
    try:
        assert whole(descriptor) == expected
    finally:
        os.close(descriptor)
