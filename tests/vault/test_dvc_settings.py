import json
import subprocess
import sys
from pathlib import Path

import pytest

from qops.errors import EnvironmentFault
from qops.vault.dvc_settings import _files, read_settings


def settings(root: Path, text: str, name: str = "config") -> tuple[Path | None, tuple[str, ...]]:
    (root / ".dvc").mkdir(exist_ok=True)
    (root / ".dvc" / name).write_text(text)
    found = read_settings(root / ".dvc")
    return found.cache, found.unusual


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n\n",
        "[core]\n    remote = lab\n    analytics = false\n['remote \"lab\"']\n    url = s3://x\n    verify = true\n",
        "[core]\nautostage = false\nhardlink_lock = 0\nNO_SCM = Off\n",
        "[cache]\n    slow_link_warning = false\n",
        "[feature]\nmachine = true\n[parsing]\nbool = store_true\n",
    ],
)
def test_settings_that_do_not_bear_on_the_files(tmp_path: Path, text: str) -> None:
    assert settings(tmp_path, text) == (tmp_path / ".dvc" / "cache", ())


@pytest.mark.parametrize(
    ("text", "unusual"),
    [
        ("[cache]\n    type = hardlink\n", "cache.type"),
        ("[ cache ] # mine\n    Type = 'reflink,copy'\n", "cache.type"),
        ("[cache]\nshared = group\n", "cache.shared"),
        ("[CORE]\nautostage = true\n", "core.autostage"),
        ("[core]\nautostage = true # always\n", "core.autostage"),
        ("[core]\nhardlink_lock = yes\n", "core.hardlink_lock"),
        ("[core]\nno_scm = 1\n", "core.no_scm"),
        ("[core]\nnew_in_dvc_4 = 1\n", "core.new_in_dvc_4"),
        ("[[nested]]\n", "cache.[[nested]]"),
    ],
)
@pytest.mark.parametrize("name", ["config", "config.local"])
def test_settings_that_leave_the_writing_to_dvc(tmp_path: Path, text: str, unusual: str, name: str) -> None:
    assert settings(tmp_path, text, name) == (tmp_path / ".dvc" / "cache", (unusual,))


def test_settings_of_the_user_and_of_the_machine_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outside_world: dict[str, str]
) -> None:
    for place in (Path(outside_world["XDG_CONFIG_HOME"]), Path(outside_world["XDG_CONFIG_DIRS"])):
        file = place / "dvc" / "config"
        file.parent.mkdir(parents=True)
        file.write_text("[cache]\n    dir = /shared/cache\n")
        assert settings(tmp_path, "") == (Path("/shared/cache"), ("cache.dir",))
        assert settings(tmp_path, "[cache]\ndir = ../near\n")[0] == tmp_path / ".dvc" / ".." / "near"
        file.unlink()
    for name in ("DVC_GLOBAL_CONFIG_DIR", "DVC_SYSTEM_CONFIG_DIR"):
        (tmp_path / "config").write_text("[core]\nautostage = true\n")
        monkeypatch.setenv(name, str(tmp_path))
        assert settings(tmp_path, "")[1] == ("core.autostage",)
        monkeypatch.delenv(name)


def test_a_cache_that_is_no_directory(tmp_path: Path) -> None:
    assert settings(tmp_path, "[cache]\ndir = ssh://host/cache\n") == (None, ("cache.dir",))


@pytest.mark.parametrize("location", ["/a\0b", "nowhere/\0"])
def test_a_cache_that_no_path_can_name(tmp_path: Path, location: str) -> None:
    assert settings(tmp_path, f"[cache]\ndir = {location}\n") == (None, ("cache.dir",))


def test_a_cache_in_the_home_of_nobody(tmp_path: Path) -> None:
    found, _ = settings(tmp_path, "[cache]\ndir = ~no-such-user/cache\n")
    assert found == tmp_path / ".dvc" / "~no-such-user" / "cache"


def test_a_cache_whose_name_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="file name too long"):
        settings(tmp_path, f"[cache]\ndir = {'x' * 300}\n")


def test_a_cache_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / ".dvc").mkdir()
    (tmp_path / ".dvc" / "cache").symlink_to(tmp_path)
    assert settings(tmp_path, "")[1] == ("a linked cache",)


def test_settings_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / ".dvc" / "config").mkdir(parents=True)
    with pytest.raises(EnvironmentFault, match=r"cannot read .*config: is a directory"):
        read_settings(tmp_path / ".dvc")


@pytest.mark.parametrize("named", [True, False])
def test_dvc_itself_reads_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, named: bool) -> None:
    (tmp_path / ".dvc").mkdir()
    for name in ("DVC_GLOBAL_CONFIG_DIR", "DVC_SYSTEM_CONFIG_DIR") if named else ():
        monkeypatch.setenv(name, f"/{name}")
    if not named:
        monkeypatch.delenv("XDG_CONFIG_HOME")
        monkeypatch.delenv("XDG_CONFIG_DIRS")
    program = "import json, sys; from dvc.config import Config; print(json.dumps(Config(sys.argv[1]).files))"
    told = json.loads(subprocess.check_output([sys.executable, "-c", program, str(tmp_path / ".dvc")]))
    assert {str(path) for path in _files(tmp_path / ".dvc")} == set(told.values())
