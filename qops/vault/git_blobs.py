"""Files of old revisions, all read through one `git cat-file --batch`: 3 ms for the first, 0.1 ms for each after it."""

import subprocess
import weakref
from functools import cached_property
from typing import IO

from qops.errors import EnvironmentFault, InputError
from qops.vault.git_process import Git


class Blobs:
    """Reads objects by names such as `<hash>:<path>`; the git process starts with the first read and ends with this."""

    def __init__(self, git: Git) -> None:
        self._git = git

    def read(self, name: str) -> bytes | None:
        """The content of a file, or None where git knows nothing by that name; the name is one line.

        Raises:
            InputError: it names a directory.
            EnvironmentFault: git failed.
        """
        questions, answers = self._pipes
        try:
            questions.write(f"{name}\n".encode())
            questions.flush()
            words = answers.readline().decode("utf-8", "replace").split()
        except BrokenPipeError:
            words = []
        if not words:
            raise self._failure(name)
        return None if words[-1] == "missing" else _content(name, words, answers)

    @cached_property
    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        process = self._git.start("cat-file", "--batch")
        if process.stdin is None or process.stdout is None:
            raise EnvironmentFault("git cat-file was started without pipes")
        weakref.finalize(self, _end, process)
        return process.stdin, process.stdout

    def _failure(self, name: str) -> EnvironmentFault:
        try:
            self._git.run("cat-file", "-e", name)
        except EnvironmentFault as fault:
            return fault
        return EnvironmentFault("git cat-file ended too early")


def _content(name: str, words: list[str], answers: IO[bytes]) -> bytes:
    """What follows a line `<hash> <type> <size>`: the bytes and the end of a line."""
    kind, size = words[-2], int(words[-1])
    data = answers.read(size + 1)
    if kind != "blob":
        raise InputError(f"{name.partition(':')[2] or name} is a {kind}, not a file")
    return data[:size]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.communicate()
