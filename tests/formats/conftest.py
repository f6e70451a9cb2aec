import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    directory = tmp_path / "repository"
    directory.mkdir()
    return directory


@pytest.fixture
def dvc(repository: Path, tmp_path: Path) -> Callable[..., None]:
    home = str(tmp_path)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "DVC_"))}
    outside = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), home)
    environment = {**kept, **outside, "DVC_NO_ANALYTICS": "1"}

    def run(*arguments: str) -> None:
        command = [str(Path(sys.executable).parent / "dvc"), *arguments]
        subprocess.run(command, cwd=repository, env=environment, check=True, capture_output=True)

    subprocess.run(["git", "init", "-q"], cwd=repository, env=environment, check=True)
    run("init", "-q")
    return run
