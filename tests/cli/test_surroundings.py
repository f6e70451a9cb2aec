"""What the doctor really looks at."""

import fcntl
import subprocess
from pathlib import Path

import pytest

from qops.cli.surroundings import LocalSurroundings
from qops.errors import EnvironmentFault


@pytest.fixture
def repository(here: Path) -> Path:
    subprocess.run(["git", "init", "--quiet"], cwd=here, check=True)
    return here


def test_versions_are_read_and_not_imported() -> None:
    around = LocalSurroundings(Path())
    assert around.version("msgspec")
    assert around.version("no-such-package") is None


def test_git_tells_its_version() -> None:
    assert LocalSurroundings(Path()).git_version()[0].isdigit()


def test_variables_of_another_repository_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert LocalSurroundings(Path()).git_variables() == ()
    monkeypatch.setenv("GIT_INDEX_FILE", "/x")
    monkeypatch.setenv("GIT_DIR", "/y")
    assert LocalSurroundings(Path()).git_variables() == ("GIT_DIR", "GIT_INDEX_FILE")


def test_outside_of_a_repository(here: Path) -> None:
    with pytest.raises(EnvironmentFault, match="not inside a git repository"):
        LocalSurroundings(here).files()


def test_a_new_repository(repository: Path) -> None:
    (repository / "below").mkdir()
    around = LocalSurroundings(repository / "below")
    assert around.files().root == repository.resolve()
    assert around.head() is None
    assert not around.shallow()
    with pytest.raises(EnvironmentFault, match="DVC is not initialised"):
        around.reasons_for_dvc("artifacts")


def test_settings_of_dvc_are_told(repository: Path) -> None:
    (repository / ".dvc").mkdir()
    (repository / ".dvc" / "config").write_text("[cache]\n    type = symlink\n")
    assert LocalSurroundings(repository).reasons_for_dvc("artifacts") == ("cache.type",)


def test_who_holds_the_lock_is_told_and_the_lock_left_alone(repository: Path) -> None:
    around = LocalSurroundings(repository)
    assert around.lock_holder() is None
    lock = repository / ".qops" / "lock"
    lock.parent.mkdir()
    lock.write_text("process 7 on here: qops snapshot\n")
    assert around.lock_holder() is None
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert around.lock_holder() == "process 7 on here: qops snapshot"
    assert lock.read_text() == "process 7 on here: qops snapshot\n"


def test_a_place_is_writable_where_its_directory_is(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    around = LocalSurroundings(repository)
    assert around.writable("artifacts/circuits/bell")
    asked: list[str] = []
    monkeypatch.setattr("os.access", lambda place, _mode: bool(asked.append(str(place))))
    assert not around.writable("qops.lock")
    assert asked == [str(repository)]
