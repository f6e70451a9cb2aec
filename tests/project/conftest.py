from collections.abc import Callable
from pathlib import Path

import pytest

from qops.vault.ground import LocalGround


class QuickGround(LocalGround):
    """A real directory with real git; `dvc init` only leaves the marks that are looked for."""

    def init_dvc(self) -> None:
        self.files.write(".dvc/config", b"")
        self.files.write(".dvc/.gitignore", b"/config.local\n/tmp\n/cache\n")


@pytest.fixture(autouse=True)
def a_person(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """git and DVC as they are for someone with a name, and far from the real home."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("DVC_NO_ANALYTICS", "1")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    for variable in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(variable, raising=False)
    (home / ".gitconfig").write_text("[user]\n\tname = Ada\n\temail = ada@example.com\n\tuseConfigOnly = true\n")


@pytest.fixture
def quick() -> Callable[[Path], LocalGround]:
    return QuickGround
