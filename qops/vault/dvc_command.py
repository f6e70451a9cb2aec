"""The `dvc` command of this interpreter's environment, for what only DVC itself can do."""

import subprocess
from pathlib import Path

from qops import world
from qops.errors import EnvironmentFault
from qops.vault import disk
from qops.vault.git_process import environment

_REMEDIES = (
    ("no remote specified", "tell DVC where to keep it: `dvc remote add --default NAME URL`"),
    ("Unable to acquire lock", "another DVC command is running; run this again when it is done"),
    ("No module named", "install DVC beside qops: `pip install dvc`"),
    ("is already tracked by SCM", "take it out of git, keeping the files: `git rm -r --cached DIRECTORY`"),
    ("missing cache files", "`dvc pull`"),
)


def dvc(directory: Path, *words: str) -> None:
    """Run `dvc WORDS…` in `directory`.

    Raises:
        EnvironmentFault: it failed; the cause is DVC's own.
    """
    command = (world.interpreter(), "-P", "-m", "dvc", *words)
    with disk.faults("run DVC in", directory):
        done = subprocess.run(
            command,
            cwd=directory,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    if done.returncode:
        complaint = (done.stderr or done.stdout).decode("utf-8", "replace")
        raise _fault(words, done.returncode, complaint)


def _fault(words: tuple[str, ...], code: int, complaint: str) -> EnvironmentFault:
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    marked = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    first = next(iter(marked or reversed(lines)), f"it ended with code {code} and said nothing")
    typed = " ".join(("dvc", *words))
    remedy = next((remedy for sign, remedy in _REMEDIES if sign in complaint), f"`{typed} -v` says more")
    return EnvironmentFault(f"`{typed}` failed: {_whole_sentences(first)}", hint=remedy)


def _whole_sentences(line: str) -> str:
    """The line, less a last sentence that goes on below it."""
    return line if line.endswith(".") else line.rpartition(". ")[0] or line
