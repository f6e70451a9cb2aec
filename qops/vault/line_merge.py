"""git's own line merge and line diff, of texts that are in no repository."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qops.vault import disk
from qops.vault.git_process import Git

_HUNK = re.compile(rb"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_PLAIN = ("--no-index", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--unified=0")


class GitLines:
    """Lines as git compares them, with its settings for conflict markers.

    Args:
        git: git in the repository whose settings hold.
        marker: the length of conflict markers.
    """

    def __init__(self, git: Git, marker: int = 7) -> None:
        self._git = git
        self._marker = marker

    def merge(self, ours: bytes, base: bytes, theirs: bytes) -> tuple[bytes, int]:
        """The merged text and the number of conflicts that are marked in it.

        Raises:
            EnvironmentFault: git could not, for example because a text is binary.
        """
        options = ("--stdout", "--quiet", f"--marker-size={self._marker}")
        names = ("-L", "ours", "-L", "base", "-L", "theirs")
        with _files(ours, base, theirs) as files:
            answer = self._git.run("merge-file", *options, *names, *files, accept=range(128))
        return answer.output, answer.code

    def changes(self, old: bytes, new: bytes) -> list[tuple[int, int, int, int]]:
        """What leads from one text to the other, in order.

        Each change is two half-open ranges of lines, counted from zero: start and end of what goes, of what comes.
        """
        with _files(old, new) as files:
            output = self._git.run("diff", *_PLAIN, "--", *files, accept=(0, 1)).output
        return [_ranges(*(int(group or b"1") for group in found.groups())) for found in _HUNK.finditer(output)]


def _ranges(start: int, count: int, new_start: int, new_count: int) -> tuple[int, int, int, int]:
    """The ranges as git says them: lines counted from one, and of an empty range the line before it."""
    first, second = start - bool(count), new_start - bool(new_count)
    return first, first + count, second, second + new_count


@contextmanager
def _files(*contents: bytes) -> Iterator[list[str]]:
    place = Path(tempfile.gettempdir())
    with disk.faults("write into", place), tempfile.TemporaryDirectory(prefix="qops-") as directory:
        paths = [Path(directory) / str(number) for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        yield list(map(str, paths))
