"""Where a repository's git is set up: attributes, its own configuration, and hooks, in linked worktrees too."""

import os
import shlex
from functools import cached_property
from pathlib import Path

from qops.errors import EnvironmentFault
from qops.vault import atomic, disk
from qops.vault.git_locks import at_work
from qops.vault.git_process import Git


class LocalGitSetup:
    """The setup of the git around the work tree at `root`."""

    def __init__(self, root: Path) -> None:
        self._root = Path(os.path.realpath(root))
        self._git = Git(self._root)

    def read(self, kind: str, name: str) -> bytes | None:
        """What is at a place: a `file`, a `section` of the configuration or a `hook`; None for nothing."""
        if kind == "section":
            return self._section(name)
        path = self._path(kind, name)
        with disk.faults("read", path):
            return path.read_bytes() if path.exists() else None

    def write(self, kind: str, name: str, data: bytes | None) -> None:
        """Make this be there; None removes it. A hook becomes executable."""
        if kind == "section":
            self._write_section(name, (data or b"").decode())
            return
        path = self._path(kind, name)
        with disk.faults("write", path):
            if data is None:
                path.unlink(missing_ok=True)
                return
            path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, data)
        if kind == "hook" and not self.runs(name):
            with disk.faults("make executable", path):
                path.chmod(path.stat().st_mode | 0o111)

    def runs(self, hook: str) -> bool:
        """Whether git would run the hook: it is there, and executable."""
        return os.access(self._hooks / hook, os.X_OK)

    @property
    def hooks(self) -> str:
        """The directory of hooks: its path from the top directory, or absolute where it is not in the work tree."""
        inside = self._hooks.is_relative_to(self._root)
        return self._hooks.relative_to(self._root).as_posix() if inside else str(self._hooks)

    @property
    def hooks_are_shared(self) -> bool:
        """Whether the hooks lie outside of this repository, where others may use them."""
        common = self._asked("--git-common-dir")
        return not (self._hooks.is_relative_to(self._root) or self._hooks.is_relative_to(common))

    @cached_property
    def _hooks(self) -> Path:
        return self._asked("--git-path", "hooks")

    def _asked(self, *question: str) -> Path:
        return Path(os.path.realpath(self._root / self._git.run("rev-parse", *question).text))

    def _path(self, kind: str, name: str) -> Path:
        return self._hooks / name if kind == "hook" else self._root / name

    def _section(self, name: str) -> bytes | None:
        words = ("--local", "--null", "--get-regexp", f"^{name.replace('.', '[.]')}[.]")
        answer = self._git.run("config", *words, accept=(0, 1)).output.decode("utf-8", "replace")
        settings = (entry.partition("\n") for entry in answer.split("\0")[:-1])
        return "".join(f"{key.rpartition('.')[2]} {value}\n" for key, _, value in settings).encode() or None

    def _write_section(self, name: str, lines: str) -> None:
        with at_work(self._git):
            if self._section(name) is not None:
                self._git.run("config", "--local", "--remove-section", name)
            for line in lines.splitlines():
                key, _, value = line.partition(" ")
                self._git.run("config", "--local", f"{name}.{key}", value)
            if (self._section(name) or b"").decode() != lines:  # git may end with 0 where it could not write
                raise EnvironmentFault(
                    f"git config did not change the section {name}",
                    hint=f"`df -h {shlex.quote(str(self._root))}` says whether the disk is full; then run this again",
                )
