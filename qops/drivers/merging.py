"""What all merge drivers do: read what git hands them, write the merged file over ours, and answer for git.

Called as `merge-… %A %O %B %L %P`: the files with ours, the base and theirs, the length of conflict markers, and the
path from the repository's top directory. Exit code 0 is a clean merge and 1 a conflict; 2 asks for git's own merge.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from qops import world
from qops.drivers.boundary import guarded, say
from qops.errors import ExitCode
from qops.hooks.three_way import Merged
from qops.vault import atomic, disk
from qops.vault.root import find_root
from qops.vault.slot import Slot


class Sides(msgspec.Struct, frozen=True):
    """A file on both sides and on their common ancestor, empty where there was none; `root` is where git runs."""

    ours: bytes
    base: bytes
    theirs: bytes
    marker: int
    path: str
    root: Path


def run(arguments: Sequence[str], merge: Callable[[Sides], Merged]) -> int:
    """Merge one file as git asks for it; the exit code."""
    return guarded(lambda: _run(arguments, merge), ExitCode.INPUT)


def _run(arguments: Sequence[str], merge: Callable[[Sides], Merged]) -> int:
    target, base, theirs = map(Path, arguments[:3])
    marker, path = arguments[3:]
    ours, old, other = map(disk.read_or_empty, (target, base, theirs))
    merged = merge(Sides(ours, old, other, int(marker), path, find_root(world.current_directory())))
    with disk.faults("write", target):  # whole or not at all: where it fails, git merges what is there by lines
        slot = Slot(atomic.beside(target))
        slot.clear()
        slot.place(target, merged.data)
    if merged.note:
        say(f"{path}: {merged.note}")
    return ExitCode.OK if merged.clean else ExitCode.FINDING
