"""A place where the real program meets real git and DVC: a project on the disk, and the commands typed in it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from support.command_line import Outcome
from support.project import FILES

PROGRAM = str(Path(sys.executable).with_name("qops"))
SURROUNDINGS = {
    "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.com",
    "DVC_NO_ANALYTICS": "1",
    "LC_ALL": "C.UTF-8",
}
MOVED = "parameter,value\ntheta,0.7\n"
"""`bell.csv` with its one value moved from 0.5."""


def refusal(code: int, cause: str, hint: str) -> Outcome:
    """What a command that fails leaves behind: nothing on standard output, the cause and the next step on the other."""
    return Outcome(code, "", f"error: {cause}\nhint: {hint}\n")


class Lab:
    """A directory `root`, and an environment that knows nothing of the real home."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root = root
        self.home = home
        self.environment = {**SURROUNDINGS, "HOME": str(home), "DVC_SITE_CACHE_DIR": str(home / "site")}

    def beside(self, name: str) -> "Lab":
        """Another directory next to this one, and the same home."""
        return Lab(self.root.parent / name, self.home)

    def write(self, path: str, text: str | bytes) -> Path:
        """A file by its path from the root, its directories made."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def read(self, path: str) -> str:
        return (self.root / path).read_text()

    def run(self, *words: str, data: bytes | None = None, **environment: str) -> Outcome:
        """Any command, to its end."""
        done = subprocess.run(
            words,
            cwd=self.root,
            env=self.environment | environment,
            input=data,
            stdin=subprocess.DEVNULL if data is None else None,
            capture_output=True,
            check=False,
            timeout=100,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    def qops(self, *words: str, data: bytes | None = None, **environment: str) -> Outcome:
        """The program, to its end."""
        return self.run(PROGRAM, *words, data=data, **environment)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """The program, going on, at the head of a process group of its own."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            (PROGRAM, *words),
            cwd=self.root,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
            start_new_session=True,
        )

    def typed(self, line: str, **environment: str) -> Outcome:
        """A line typed into bash, where pipes and redirections are."""
        return self.run("bash", "-c", line, **environment)

    def git(self, *words: str) -> str:
        return self._done("git", *words)

    def dvc(self, *words: str) -> str:
        return self._done(sys.executable, "-P", "-m", "dvc", *words)

    def clean(self) -> bool:
        """Whether git sees no change."""
        return self.git("status", "--porcelain") == ""

    def _done(self, *words: str) -> str:
        done = self.run(*words)
        assert done.code == 0, f"{words}: {done}"
        return done.out


def copied(source: Lab, root: Path) -> Lab:
    """All of a lab's directory in another place."""
    shutil.copytree(source.root, root, symlinks=True)
    return Lab(root, source.home)


def recorded(root: Path, home: Path) -> Lab:
    """The small project as a git and DVC repository, with one snapshot, everything committed."""
    lab = Lab(root, home)
    for path, text in FILES.items():
        lab.write(path, text)
    for words in (("init", "--quiet", "."), ("config", "commit.gpgSign", "false")):
        lab.git(*words)
    assert lab.qops("init").code == 0
    lab.git("add", "--all")
    lab.git("commit", "--quiet", "--message=Sources")
    assert lab.qops("snapshot", "-m", "First").code == 0
    assert lab.clean()
    return lab


def objects(lab: Lab) -> Mapping[str, Path]:
    """The files of DVC's cache by their MD5."""
    found = (lab.root / ".dvc" / "cache" / "files" / "md5").glob("*/*")
    return {place.parent.name + place.name: place for place in found}


def unprivileged(*words: str) -> tuple[str, ...]:
    """The command such that the modes of files bind it; root is bound only without its capabilities."""
    return words if os.geteuid() else ("setpriv", "--bounding-set=-dac_override,-dac_read_search", *words)
