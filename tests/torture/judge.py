"""What has to hold in a repository after a command was cut off, after it was refused, and after it was run again."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from end_to_end.lab import Lab

from qops.errors import QopsError
from qops.formats.dvc_files import object_path, read_pointer

State = Mapping[str, str]
_NOT_WORK = re.compile(r"(^|/)(\.git|\.qops|\.dvc/tmp|\.dvc/cache)/")
_LEFTOVERS = ("*.lock", "*.qops-tmp", "qops.tmp", ".qops-*", "*.tmp")
_APPENDED = "/counts.csv"
"""A file that a run adds to, block by block."""
_LOCKS_THAT_STAY = {"qops.lock", "rwlock.lock"}


def files(root: Path) -> dict[str, str]:
    """Every file of the work tree, and of what git keeps beside it that people write, by its path."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not _NOT_WORK.search(name):
            found[name] = _content(path)
    for place in (root / ".git" / "config", *sorted((root / ".git" / "hooks").glob("*"))):
        if place.is_file():
            found[place.relative_to(root).as_posix()] = f"{place.stat().st_mode:o} {_content(place)}"
    return found


def state(lab: Lab) -> State:
    """All that a command is about: the files, and what git has of them, here and on its remote."""
    found = files(lab.root)
    found["history"] = lab.git("log", "--all", "--format=%H %D")
    found["index"] = lab.git("ls-files", "--stage")
    found["status"] = lab.git("status", "--porcelain")
    origin = lab.root.parent / "origin.git"
    if origin.exists():
        found["origin"] = lab.git("--git-dir", str(origin), "for-each-ref")
    remote = lab.root.parent / "dvc-remote"
    if remote.exists():
        found["remote"] = " ".join(path.name for path in sorted(remote.rglob("*")) if path.is_file())
    if (pilot := lab.root / "pilot" / ".git").exists():
        found["pilot"] = lab.git("--git-dir", str(pilot), "log", "--format=%H")
    return found


def lost(now: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Files that are neither as they were nor as they are to be.

    Of git's settings, which change one by one, lines; of a file that is added to, what is neither nor on the way.
    """
    for path in sorted({*now, *before}):
        if path.startswith(".git/"):
            missing = {*_lines(before, path)} & {*_lines(after, path)} - {*_lines(now, path)}
            yield from (f"{path} has lost the line {line!r}" for line in missing)
        elif path.endswith(_APPENDED) and after[path].startswith(now.get(path, "")) and _kept(path, now, before):
            continue
        elif now.get(path) not in {before.get(path), after.get(path)} and not _is_leftover(Path(path)):
            yield f"{path} is neither as it was nor as it is to be"


def _kept(path: str, now: Mapping[str, str], before: Mapping[str, str]) -> bool:
    return now.get(path, "").startswith(before.get(path, ""))


def broken(lab: Lab) -> Iterator[str]:
    """Objects that a version at hand or committed names, and that the store does not have intact."""
    for source, data in _pointers(lab):
        with suppress(QopsError):
            pointer = read_pointer(data, "artifacts.dvc")
            listing = _object(lab, pointer.md5)
            if listing is None:
                yield f"the list of {source} is missing or damaged"
                continue
            for entry in json.loads(listing):
                if _object(lab, entry["md5"]) is None:
                    yield f"{entry['relpath']} of {source} is missing or damaged"


def leftovers(lab: Lab) -> Iterator[str]:
    """Files that nobody needs and that a command that ended by itself must have cleared away."""
    for path in sorted(lab.root.rglob("*")):
        if path.is_file() and _is_leftover(path) and ".dvc/tmp" not in path.as_posix():
            yield f"{path.relative_to(lab.root)} is left over"


def _is_leftover(path: Path) -> bool:
    return path.name not in _LOCKS_THAT_STAY and any(path.match(pattern) for pattern in _LEFTOVERS)


def _pointers(lab: Lab) -> Iterator[tuple[str, bytes]]:
    place = lab.root / "artifacts.dvc"
    if place.exists():
        yield "the work tree", place.read_bytes()
    committed = lab.run("git", "show", "HEAD:artifacts.dvc")
    if committed.code == 0:
        yield "HEAD", committed.out.encode()


def _object(lab: Lab, digest: str) -> bytes | None:
    place = lab.root / ".dvc" / "cache" / object_path(digest)
    data = place.read_bytes() if place.exists() else b""
    return data if hashlib.md5(data, usedforsecurity=False).hexdigest() == digest.removesuffix(".dir") else None


def _lines(files: Mapping[str, str], path: str) -> list[str]:
    return files.get(path, "").partition(" ")[2].splitlines()


def _content(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "backslashreplace")
