"""Fresh git and DVC repositories in a temporary directory, away from the settings of whoever measures."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAMS = Path(sys.executable).parent


class Workshop:
    """A directory for repositories, and the environment in which commands run in them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._made = 0
        home = directory / "home"
        home.mkdir()
        foreign = ("GIT_", "DVC_", "XDG_", "PYTHON")
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(foreign)} | {
            "HOME": str(home),
            "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_NOSYSTEM": "1",
            "DVC_NO_ANALYTICS": "1",
            "DVC_SITE_CACHE_DIR": str(home / "dvc"),
            "CI": "true",  # DVC does not look for a newer version of itself
        }
        self._blank = self._initialised()

    def repository(self) -> Path:
        """A new repository, git and DVC initialised and committed, with nothing else in it."""
        self._made += 1
        return Path(shutil.copytree(self._blank, self._directory / f"repository-{self._made}"))

    def run(self, words: str, directory: Path) -> None:
        """Run a command that nobody measures."""
        subprocess.run(words.split(), cwd=directory, env=self.environment, check=True, capture_output=True)

    def _initialised(self) -> Path:
        blank = self._directory / "blank"
        blank.mkdir()
        self.run("git init --quiet", blank)
        self.run("git config user.name Benchmark", blank)
        self.run("git config user.email benchmark@example.org", blank)
        self.run("dvc init --quiet", blank)
        self.run("git commit --quiet --message Begin", blank)
        return blank


@contextmanager
def workshop() -> Iterator[Workshop]:
    """A workshop that is gone afterwards."""
    with TemporaryDirectory(prefix="qops-benchmark-") as directory:
        yield Workshop(Path(directory))


def add_circuits(repository: Path, texts: list[bytes]) -> None:
    """Put circuits into a repository, and the manifest that declares them all."""
    folder = repository / "circuits"
    folder.mkdir()
    for place, data in enumerate(texts):
        (folder / f"c{place:04}.qasm").write_bytes(data)
    (repository / "qops.yaml").write_text('version: 1\ncircuits:\n  "c*": circuits/c*.qasm\n')
