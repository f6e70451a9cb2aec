"""A real repository that a test types commands into."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from qops.cli import boundary, wiring
from qops.hooks import setup
from qops.vault.git_setup import LocalGitSetup
from qops.vault.worktree import LocalTree

BIN = Path(sys.executable).parent
HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\n'
BELL = HEAD + "h q[0];\ncx q[0], q[1];\nrz(0.5) q[2];\nx q[2];\n"
GHZ = HEAD + "h q[0];\ncx q[0], q[1];\ncx q[1], q[2];\n"


class Done(NamedTuple):
    code: int
    out: str
    err: str


class Repository:
    """A work tree that a test types commands into."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, *words: str, code: int | None = 0, data: str = "", **variables: str) -> Done:
        environment = os.environ | {"PATH": f"{BIN}:/usr/bin:/bin"} | variables
        done = subprocess.run(
            words, cwd=self.root, env=environment, input=data, capture_output=True, text=True, check=False
        )
        assert code in (None, done.returncode), f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return Done(done.returncode, done.stdout, done.stderr)

    def git(self, *words: str, code: int | None = 0, **variables: str) -> Done:
        return self.run("git", *words, code=code, **variables)

    def dvc(self, *words: str) -> Done:
        return self.run(sys.executable, "-P", "-m", "dvc", *words)

    def qops(self, *words: str) -> int:
        """`qops` in this process, where this repository is."""
        here = Path.cwd()
        try:
            return boundary.run(["-C", str(self.root), *words])
        finally:
            os.chdir(here)

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def read(self, path: str) -> str:
        return (self.root / path).read_text()

    def commit(self, message: str = "Work") -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "-m", message)

    def install(self) -> None:
        setup.install(LocalTree(self.root), LocalGitSetup(self.root), wiring.launch())


def new(root: Path) -> Repository:
    root.mkdir(exist_ok=True)
    repository = Repository(root)
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.git("config", "user.name", "Ada")
    repository.git("config", "user.email", "ada@example.org")
    return repository
