"""strace: which system calls a process makes that change something, and how one of them is made to fail or to kill."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

CHANGING = (
    "write pwrite64 writev rename renameat renameat2 unlink unlinkat mkdir mkdirat rmdir link linkat symlink symlinkat"
    " chmod fchmod fchmodat truncate ftruncate fsync fdatasync syncfs utimensat flock copy_file_range sendfile"
).split()
"""Besides these, `openat` of a file that is to be written."""

TRACED = ",".join(f"?{name}" for name in (*CHANGING, "openat"))
KILL = "SIGKILL"
INTERRUPT = "SIGINT"
ERRORS = ("ENOSPC", "EIO", "EACCES", "EMFILE")
ERRORS_OF_READING = ("EIO", "EMFILE")

_LINE = re.compile(r"(\w+)\((.*)\) += (-?\d+|\?)")
_TO_WRITE = re.compile(r"O_WRONLY|O_RDWR|O_CREAT")
_NO_FILE = re.compile(r"\d+<(pipe|socket|anon_inode|/dev/(?!shm/))")
_DEVICE = re.compile(r'"/dev/(?!shm/)')


class Call(NamedTuple):
    """The call number `number` of this name, counted from 1 in its process; `about` is for people."""

    name: str
    number: int
    about: str


class Fault(NamedTuple):
    """What happens instead of a call: an error by its name, or `SIGKILL`; or at it: `SIGINT`, as by Ctrl-C."""

    call: Call
    kind: str

    @property
    def sort(self) -> str:
        """`kill`, `interrupt` or `error`."""
        return {KILL: "kill", INTERRUPT: "interrupt"}.get(self.kind, "error")

    @property
    def injection(self) -> str:
        """The value of strace's `-e`."""
        what = f"error={self.kind}" if self.sort == "error" else f"signal={self.kind}"
        return f"inject={self.call.name}:{what}:when={self.call.number}"


@cache
def refusal() -> str:
    """Why strace cannot be used here; empty if it can."""
    if shutil.which("strace") is None:
        return "there is no strace: `make .venv/strace` installs it, as root on Debian"
    words = ("strace", "-qq", "-o", "/dev/null", "-e", "inject=getpid:error=EIO", sys.executable, "-c", "")
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return f"strace may not trace here: {done.stderr.strip()}" if done.returncode else ""


def changing(log: str) -> list[Call]:
    """The calls of one process that change something, from what `strace -y` wrote of it."""
    return [call for call, line in _numbered(log) if _changes(call.name, line)]


def reading(log: str, root: Path) -> list[Call]:
    """The calls that open a file of the repository only to read it: they change nothing, but they may fail."""
    inside = re.compile(rf'"({re.escape(str(root))}/|[^/])')
    return [
        call
        for call, line in _numbered(log)
        if call.name == "openat" and inside.search(line) and not _TO_WRITE.search(line)
    ]


def every(logs: Iterable[str]) -> list[Call]:
    """The calls that change something in any of several processes, each place once."""
    found = {(call.name, call.number): call for log in logs for call in changing(log)}
    return [found[key] for key in sorted(found)]


def _numbered(log: str) -> Iterator[tuple[Call, str]]:
    counts: Counter[str] = Counter()
    for line in log.splitlines():
        if match := _LINE.match(line):
            counts[match[1]] += 1
            yield Call(match[1], counts[match[1]], match[2][:120]), match[2]


def _changes(name: str, arguments: str) -> bool:
    if name == "openat":
        return bool(_TO_WRITE.search(arguments)) and not _DEVICE.search(arguments)
    return name in CHANGING and not (name.startswith(("write", "pwrite")) and _NO_FILE.match(arguments))
