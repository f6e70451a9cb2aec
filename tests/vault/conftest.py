import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qops.vault.dvc_store import DvcStore
from qops.vault.lock import Patience, RepositoryLock

Run = Callable[..., str]


@pytest.fixture(scope="session")
def outside_world(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose home is empty, and which knows no git or DVC settings."""
    home = tmp_path_factory.mktemp("home")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "DVC_", "XDG_"))}
    return kept | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CONFIG_DIRS": str(home / "shared"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "DVC_NO_ANALYTICS": "1",
        "DVC_SITE_CACHE_DIR": str(home / "dvc"),
    }


@pytest.fixture(autouse=True)
def _away_from_home(outside_world: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ.keys() - outside_world.keys():
        monkeypatch.delenv(name)
    for name, value in outside_world.items():
        monkeypatch.setenv(name, value)


def run(*words: str, cwd: Path, code: int = 0) -> str:
    done = subprocess.run(words, cwd=cwd, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def git(*words: str, cwd: Path, code: int = 0) -> str:
    return run("git", *words, cwd=cwd, code=code)


def dvc(*words: str, cwd: Path, code: int = 0) -> str:
    return run(sys.executable, "-P", "-m", "dvc", *words, cwd=cwd, code=code)


@pytest.fixture(name="git")
def _git() -> Run:
    return git


@pytest.fixture(name="dvc")
def _dvc() -> Run:
    return dvc


def new_repository(directory: Path) -> None:
    directory.mkdir()
    git("init", "--quiet", "--initial-branch=main", cwd=directory)
    git("config", "user.name", "Ada", cwd=directory)
    git("config", "user.email", "ada@example.org", cwd=directory)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository without commits."""
    new_repository(tmp_path / "repository")
    return tmp_path / "repository"


@pytest.fixture(scope="session")
def dvc_template(tmp_path_factory: pytest.TempPathFactory, outside_world: dict[str, str]) -> Path:
    template = tmp_path_factory.mktemp("template") / "repository"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in outside_world.items():
            patch.setenv(name, value)
        new_repository(template)
        dvc("init", "--quiet", cwd=template)
        git("commit", "--quiet", "-m", "DVC", cwd=template)
    return template


@pytest.fixture
def another(dvc_template: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Makes git and DVC repositories by name."""

    def make(name: str) -> Path:
        shutil.copytree(dvc_template, tmp_path / name, symlinks=True)
        return tmp_path / name

    return make


@pytest.fixture
def project(another: Callable[[str], Path]) -> Path:
    """A git and DVC repository."""
    return another("project")


def store_in(root: Path, directory: str = "artifacts", wait_s: float = 5.0) -> DvcStore:
    patience = Patience(wait_s=wait_s)
    return DvcStore(root, directory, RepositoryLock(root, "the tests", patience), patience)


@pytest.fixture(name="store_in")
def _store_in() -> Callable[..., DvcStore]:
    return store_in
