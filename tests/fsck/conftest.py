import shutil
import subprocess
from pathlib import Path

import pytest
from fsck.laboratory import FILES, Laboratory


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions of three circuits: the tag v0.1.0, and the present one."""
    root = tmp_path_factory.mktemp("template") / "laboratory"
    (root / ".dvc").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(root.parent))
        patch.setenv("XDG_CONFIG_HOME", str(root.parent))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        for words in (
            ["init", "--quiet", "--initial-branch=main"],
            ["config", "user.name", "Ada"],
            ["config", "user.email", "ada@example.org"],
        ):
            subprocess.run(["git", *words], cwd=root, check=True)
        (root / ".dvc" / "config").touch()
        (root / ".dvc" / ".gitignore").write_text("/config.local\n/tmp\n/cache\n")
        laboratory = Laboratory(root)
        for path, text in FILES.items():
            laboratory.write(path, text)
        laboratory.git("add", ".")
        laboratory.git("commit", "--quiet", "-m", "Circuits")
        laboratory.snapshot(tag="v0.1.0")
        laboratory.write("ansatz.csv", "parameter,value\ntheta,0.75\n")
        laboratory.git("commit", "--quiet", "--all", "-m", "Trained")
        laboratory.snapshot("Trained circuits")
    return root


@pytest.fixture
def laboratory(template: Path, tmp_path: Path) -> Laboratory:
    """A copy of the template."""
    shutil.copytree(template, tmp_path / "laboratory", symlinks=True)
    return Laboratory(tmp_path / "laboratory")
